"""What somebody may do to a duty, from its page to the page of whoever decides, with what each is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.tests.exceptions import ask_extension, ask_waiver, duty_of, order_of, stated
from aftersign.demo.scenes import actor
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, newcomer, person, read
from aftersign.policy.models import Duty
from tests.firm import Firm, at

Later = Callable[[str], AbstractContextManager[object]]
MOST_QUERIES = 26
SENT = {
    "hand-on": {"to": "", "reason": "出差两周"},
    "waiver": {"until": "2026-09-30", "reason": "客户已另行确认"},
    "extension": {"day": "2026-09-11", "reason": "客户资料还没有到"},
}


@pytest.fixture
def duty(firm: Firm) -> Duty:
    """To submit the handover form, owed by the salesperson."""
    return duty_of(firm.register(), "2.1.1.a")


def send(account: str, duty: Duty, page: str, **other: str) -> object:
    """Send the form of a page."""
    said = SENT[page] | {"to": str(person("lujian").pk)} if page == "hand-on" else SENT[page]
    return browser(account).post(f"/duties/{duty.pk}/{page}/", said | other, follow=True)


def test_the_page_of_a_duty_offers_what_its_owner_may_do(duty: Duty) -> None:
    page = read(browser("wumin"), f"/duties/{duty.pk}/")
    for act in ("提交交接单", "转交义务", "申请延期", "申请豁免"):
        assert act in page, act
    other = read(browser("linxiaolan"), f"/duties/{duty.pk}/")
    assert "申请延期" not in other
    assert "由 吴敏 承担" in other


@pytest.mark.parametrize("page", SENT)
def test_whoever_may_not_is_told_who_may(duty: Duty, page: str) -> None:
    for method in ("get", "post"):
        answer = getattr(browser("linxiaolan"), method)(f"/duties/{duty.pk}/{page}/")
        assert answer.status_code == 403
        assert "由 吴敏 承担" in answer.content.decode()
    assert newcomer().get(f"/duties/{duty.pk}/{page}/").status_code == 404
    assert not Request.objects.exists()


def test_a_duty_is_handed_on_and_waits_for_its_new_owner(duty: Duty) -> None:
    due = duty.due_at
    send("wumin", duty, "hand-on")
    duty.refresh_from_db()
    assert (duty.owner, duty.due_at) == (person("lujian"), due)
    assert stated()[-1] == "general.duty_handed_on"
    assert "提交交接单" in read(browser("lujian"), "/?tab=mine")
    assert "已转交" in read(browser("lujian"), f"/duties/{duty.pk}/")
    activity = read(browser("wumin"), f"/orders/{order_of(duty).number}/activity/")
    assert "由 吴敏 转给 陆建" in activity
    assert "出差两周" in activity


@pytest.mark.parametrize("page", SENT)
def test_a_reason_is_asked_for(duty: Duty, page: str) -> None:
    facts = len(stated())
    answer = browser("wumin").post(f"/duties/{duty.pk}/{page}/", SENT[page] | {"reason": " "})
    assert answer.status_code == 422
    assert "理由" in answer.content.decode()
    assert len(stated()) == facts


def test_an_extension_from_the_duty_to_the_approver_and_back(duty: Duty) -> None:
    page = read(browser("wumin"), f"/duties/{duty.pk}/extension/")
    assert "陆建" in page
    send("wumin", duty, "extension")
    request = Request.objects.get()
    work = read(browser("lujian"), "/")
    assert "等我审批 1 项" in work
    assert "客户资料还没有到" in work
    page = read(browser("lujian"), f"/requests/{request.pk}/")
    for said in ("申请延期", "提交交接单", "2.1.1", "吴敏", "09-08", "09-11", "+3 天", "批准延期", "退回申请"):
        assert said in page, said
    answer = browser("lujian").post(
        f"/requests/{request.pk}/approve/", {"_form": "ApprovalForm", "_version": request.version}, follow=True
    )
    assert "已批准" in answer.content.decode()
    duty.refresh_from_db()
    assert duty.due_at == at("2026-09-12 00:00")
    page = read(browser("wumin"), f"/duties/{duty.pk}/")
    for said in ("已延期", "客户资料还没有到", "陆建", "批准"):
        assert said in page, said
    assert "等我审批" not in read(browser("lujian"), "/")


def test_an_approver_refuses_with_a_reason_that_is_read(duty: Duty) -> None:
    request = ask_waiver(duty)
    client = browser("lujian")
    answer = client.post(f"/requests/{request.pk}/refuse/", {"_form": "RefusalForm", "reason": ""})
    assert answer.status_code == 422
    client.post(f"/requests/{request.pk}/refuse/", {"_form": "RefusalForm", "reason": "客户没有书面确认"})
    page = read(browser("wumin"), f"/requests/{request.pk}/")
    assert "已退回" in page
    assert "客户没有书面确认" in page
    assert "已退回" in read(browser("wumin"), "/requests/?tab=mine")
    assert "已退回" in read(client, "/requests/?tab=answered")


def test_whoever_asked_takes_it_back(duty: Duty) -> None:
    request = ask_waiver(duty)
    answer = browser("lujian").post(f"/requests/{request.pk}/take-back/", {"_form": "TakingBackForm"})
    assert answer.status_code == 403
    assert "吴敏" in answer.content.decode()
    browser("wumin").post(f"/requests/{request.pk}/take-back/", {"_form": "TakingBackForm"})
    assert "已撤回" in read(browser("wumin"), f"/requests/{request.pk}/")


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_whoever_may_not_decide_is_told_who_can(duty: Duty, verb: str) -> None:
    request = ask_extension(duty)
    answer = browser("wangqiming").post(f"/requests/{request.pk}/{verb}/", {"reason": "不同意"})
    assert answer.status_code == 403
    assert "陆建" in answer.content.decode()
    assert "可由 陆建 审批" in read(browser("wumin"), f"/requests/{request.pk}/")
    assert newcomer().get(f"/requests/{request.pk}/").status_code == 404


def test_the_second_of_two_who_answer_is_told_so(duty: Duty) -> None:
    """Both have the page open; exactly one fact comes of it."""
    request, sent = ask_extension(duty), {"_form": "ApprovalForm", "_version": 1}
    first, second = browser("lujian"), browser("lujian")
    first.post(f"/requests/{request.pk}/approve/", sent | {"_key": "one"})
    answer = second.post(f"/requests/{request.pk}/approve/", sent | {"_key": "two"})
    assert answer.status_code == 409
    assert stated().count("general.duty_extended") == 1


def test_a_press_that_is_repeated_answers_alike(duty: Duty) -> None:
    request, sent = ask_extension(duty), {"_form": "ApprovalForm", "_version": 1, "_key": "one"}
    for _again in range(2):
        assert browser("lujian").post(f"/requests/{request.pk}/approve/", sent).status_code == 303
    assert stated().count("general.duty_extended") == 1


def test_a_request_about_a_duty_that_has_ended_is_shown_as_void(duty: Duty, firm: Firm) -> None:
    request = ask_waiver(duty)
    firm.send(order_of(duty))
    for account in ("wumin", "lujian"):
        page = read(browser(account), f"/requests/{request.pk}/")
        assert "已失效" in page
        assert "approve" not in browser(account).get(f"/requests/{request.pk}/").content.decode()
    assert "已失效" in read(browser("wumin"), f"/duties/{duty.pk}/")


def test_an_extension_that_comes_too_late_is_void(duty: Duty, later: Later) -> None:
    request = ask_extension(duty)
    with later("2026-09-09 09:00"):
        assert "期限已过" in read(browser("lujian"), f"/requests/{request.pk}/")
        assert "申请延期" not in read(browser("wumin"), f"/duties/{duty.pk}/").partition("例外申请")[0]
        answer = browser("wumin").post(f"/duties/{duty.pk}/extension/", SENT["extension"] | {"day": "2026-09-20"})
        assert answer.status_code == 422
        assert "延期须在到期之前" in answer.content.decode()
        assert 'href="/clauses/1.3.3/"' in answer.content.decode()


def test_an_hour_may_be_chosen_only_where_the_clause_counts_hours(duty: Duty) -> None:
    assert 'name="clock"' not in browser("wumin").get(f"/duties/{duty.pk}/extension/").content.decode()


def test_exceptions_stand_beside_the_figures_of_the_clause_and_of_the_order(duty: Duty) -> None:
    request = ask_waiver(duty)
    browser("lujian").post(f"/requests/{request.pk}/approve/", {"_form": "ApprovalForm"})
    clause = read(browser("wumin"), "/clauses/2.1.1/")
    for said in ("1 已批准豁免", "例外", "客户已另行确认", "陆建", "吴敏"):
        assert said in clause, said
    tab = read(browser("wumin"), f"/orders/{order_of(duty).number}/duties/")
    for said in ("已批准豁免 1", "例外", "客户已另行确认"):
        assert said in tab, said


@pytest.mark.parametrize("account", ["wumin", "lujian", "chenli"])
def test_the_pages_ask_the_database_little(duty: Duty, account: str) -> None:
    request = ask_extension(duty)
    ask_waiver(duty)
    pages = {"/requests/", f"/requests/{request.pk}/", "/requests/?tab=mine", f"/duties/{duty.pk}/"}
    pages |= {f"/duties/{duty.pk}/{page}/" for page in SENT} if account == "wumin" else set()
    for page in sorted(pages):
        queries, size = cost(browser(account), page)
        assert queries <= MOST_QUERIES, page
        assert size <= MOST_BYTES, page


def test_many_requests_cost_no_more(duty: Duty, firm: Firm) -> None:
    ask_waiver(duty)
    few, _size = cost(browser("lujian"), "/requests/")
    for number in range(5):
        ask_waiver(duty_of(firm.register(f"第 {number} 单"), "2.1.1.a"))
    many, _size = cost(browser("lujian"), "/requests/")
    assert many == few


def test_names_of_sixty_characters_stand_on_the_pages(duty: Duty) -> None:
    request = ask_extension(duty)
    lengthen_names()
    for page in ("/requests/", f"/requests/{request.pk}/", "/"):
        assert LONG in read(browser("lujian"), page)


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "变了什么"), ("zh-hant", "變了什麼"), ("en", "What would change")]
)
def test_three_languages(duty: Duty, language: str, said: str) -> None:
    request = ask_extension(duty)
    reader = person("lujian")
    reader.language = language
    reader.save()
    assert said in read(browser("lujian"), f"/requests/{request.pk}/")


def test_a_duty_does_not_pass_to_somebody_who_could_never_do_it(duty: Duty) -> None:
    answer = browser("wumin").post(f"/duties/{duty.pk}/hand-on/", SENT["hand-on"] | {"to": str(person("hejing").pk)})
    assert answer.status_code == 422
    problem = answer.content.decode().partition('href="#id_to"')[2].partition("</li>")[0]
    assert "何静" in problem
    assert "提交交接单" in problem
    duty.refresh_from_db()
    assert duty.owner == person("wumin")


def test_what_its_owner_cannot_do_either_passes_to_anybody_who_works_here(duty: Duty) -> None:
    Duty.objects.filter(pk=duty.pk).update(owner=person("linxiaolan"))
    duty.refresh_from_db()
    acts.hand_on_duty(duty, to=person("hejing"), reason="项目完成", by=actor("linxiaolan"))
    duty.refresh_from_db()
    assert duty.owner == person("hejing")


def test_a_day_that_is_not_later_is_the_fault_and_the_present_deadline_is_named(duty: Duty) -> None:
    facts = len(stated())
    answer = browser("wumin").post(f"/duties/{duty.pk}/extension/", SENT["extension"] | {"day": "2026-09-08"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "2026-09-08" in page.partition('id="id_day_error"')[2].partition("</div>")[0]
    assert len(stated()) == facts


def test_an_extension_that_lapsed_waits_nowhere(duty: Duty, later: Later) -> None:
    ask_extension(duty)
    page, leaving = f"/duties/{duty.pk}/extension/", f"/settings/people/{person('wumin').pk}/leave/"
    person("lujian").__class__.objects.filter(account="lujian").update(is_administrator=True)
    assert "项申请待批准" in read(browser("lujian"), leaving)
    assert "正在等待答复" in read(browser("wumin"), page)
    with later("2026-09-09 09:00"):
        assert "项申请待批准" not in read(browser("lujian"), leaving)
        shown = browser("wumin").get(page).content.decode()
        assert "期限已过" in shown
        assert "等待答复" not in shown
        assert 'name="day"' not in shown
        assert 'form="ask"' not in shown


@pytest.mark.parametrize("page", ["", "hand-on/"])
def test_a_due_day_that_the_words_say_is_not_said_again(duty: Duty, page: str) -> None:
    assert "明天 09-08" in read(browser("wumin"), f"/duties/{duty.pk}/{page}")
    Duty.objects.filter(pk=duty.pk).update(due_at=at("2026-09-13 00:00"))
    said = read(browser("wumin"), f"/duties/{duty.pk}/{page}")
    assert "周六 09-12" in said
    assert "09-12 09-12" not in said
