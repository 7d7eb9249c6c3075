"""My work: what waits for somebody with no, one and ten thousand duties, when each is due, and who hears next."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape

import pytest

from aftersign.demo import scenes
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, multiply, person, read
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
MOST_QUERIES = 15


def test_nobody_waits(firm: Firm) -> None:
    page = read(browser("zhaoping"), "/")
    assert "没有待办的义务" in page
    assert "赵平，上午好" in page
    assert "09月7日 周一" in page
    assert "部门没有待认领的义务" in read(browser("zhaoping"), "/?tab=department")
    assert "没有需要等他人办理的义务" in read(browser("zhaoping"), "/?tab=others")
    assert "部门没有逾期的义务" in read(browser("zhaoping"), "/?tab=below")


def test_a_duty_waits_with_the_page_of_its_act(firm: Firm) -> None:
    order = firm.register()
    client = browser("wumin")
    page = read(client, "/")
    assert "提交交接单" in page
    assert "2.1.1" in page
    assert "办理合同原件移交" in page
    assert f'href="/orders/{order.number}/handover/"' in client.get("/").content.decode()


def test_what_the_company_owes_waits_beside_what_orders_need(firm: Firm) -> None:
    firm.register()
    owed = {"order_id": None, "unit": "company", "unit_id": "company", "term": "6.2.2.a", "clause": "6.2.2"}
    multiply(Duty.objects.filter(term="2.1.1.a").get(), 1, room="documents", **owed)
    client, duty = browser("wumin"), Duty.objects.get(unit="company")
    for address in ("/", "/?group=order", f"/duties/{duty.pk}/"):
        assert "6.2.2" in read(client, address), address


def test_who_hears_next_stands_there_by_name(firm: Firm, later: Later) -> None:
    firm.register()
    assert "升级 陆建" in read(browser("wumin"), "/")
    with later("2026-09-30 10:00"):
        assert "已升级 陈立" in read(browser("wumin"), "/")


def test_a_quiet_day_names_what_comes_next(firm: Firm) -> None:
    assert "下一项" not in read(browser("wumin"), "/")
    firm.register()
    page = read(browser("wumin"), "/")
    assert "今天没有到期的义务。下一项在明天： 提交交接单 2.1.1" in page


def test_a_day_with_something_due_is_not_called_quiet(firm: Firm, later: Later) -> None:
    firm.register()
    with later("2026-09-08 09:00"):
        page = read(browser("wumin"), "/")
    assert "今天没有到期的义务" not in page
    assert "今天 1 项" in page


def test_a_department_may_take_what_nobody_has_taken(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    assert "部门有 1 项义务待认领" in read(browser("dengkai"), "/?tab=mine")
    for address in ("/", "/?tab=department"):
        assert "签收交接单" in read(browser("dengkai"), address)
    page = browser("dengkai").get("/").content.decode()
    assert f'href="/orders/{order.number}/handover/project/"' in page


def test_a_row_is_taken_without_leaving_the_list(firm: Firm) -> None:
    firm.send(firm.register())
    duty = Duty.objects.get(term="2.1.3.b", owner_department__code="project")
    client = browser("dengkai")
    answer = client.post(f"/duties/{duty.pk}/take/", {"next": "/?tab=department"}, follow=True)
    assert answer.redirect_chain == [("/?tab=department", 303)]
    assert "已认领，列入待办义务" in answer.content.decode()
    duty.refresh_from_db()
    assert duty.owner == person("dengkai")


def test_a_row_that_was_taken_meanwhile_is_refused(firm: Firm) -> None:
    firm.send(firm.register())
    duty = Duty.objects.get(term="2.1.3.b", owner_department__code="project")
    browser("linxiaolan").post(f"/duties/{duty.pk}/take/")
    facts = Entry.objects.count()
    part = {"HX-Request": "true", "HX-Target": "list-work"}
    answer = browser("dengkai").post(f"/duties/{duty.pk}/take/", {"next": "/?tab=department"}, headers=part)
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (200, "list:changed")
    assert "toast refused" in answer.content.decode()
    assert Entry.objects.count() == facts


def test_nobody_is_led_out_of_the_house(firm: Firm) -> None:
    firm.send(firm.register())
    duty = Duty.objects.get(term="2.1.3.b", owner_department__code="project")
    answer = browser("dengkai").post(f"/duties/{duty.pk}/take/", {"next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_salesperson_waits_for_the_departments(firm: Firm) -> None:
    firm.send(firm.register())
    assert read(browser("wumin"), "/?tab=others").count("签收交接单") == 3
    assert "签收交接单" not in read(browser("lujian"), "/?tab=others")


def test_a_head_begins_with_what_the_department_owes(firm: Firm, later: Later) -> None:
    firm.register()
    assert "部门逾期" not in read(browser("wumin"), "/")
    with later("2026-09-10 10:00"):
        page = read(browser("lujian"), "/")
        assert "部门逾期 2" in page
        assert page.count("吴敏") == 2
        assert "提交交接单" not in read(browser("xufang"), "/?tab=below")


def test_an_auditor_begins_with_the_clauses(firm: Firm) -> None:
    answer = browser("fangzheng").get("/", follow=True)
    assert answer.redirect_chain == [("/compliance/", 302)]
    assert 'href="/"' not in re.findall(r'<nav class="nav".*?</nav>', answer.content.decode(), re.DOTALL)[0]
    assert browser("fangzheng").get("/?tab=mine").status_code == 200


def test_what_is_overdue_stands_first_and_says_by_how_much(firm: Firm, later: Later) -> None:
    firm.register()
    with later("2026-09-10 10:00"):
        page = read(browser("wumin"), "/")
    assert page.index("已逾期 2 项") < page.index("提交交接单")
    assert "先处理 2 项逾期 已逾期" in page
    assert "逾期 2 天" in page
    assert "逾期 1 天" in page


def test_a_clock_of_hours_is_late_by_hours(firm: Firm) -> None:
    firm.register()
    Duty.objects.filter(term="2.1.1.a").update(due_at=now() - timedelta(hours=3))
    assert "逾期 3 小时" in read(browser("wumin"), "/")


def test_a_clock_that_stands_still_says_what_is_left(firm: Firm) -> None:
    firm.register()
    Duty.objects.filter(term="2.1.1.a").update(due_at=None, state="paused", left="1bd")
    page = read(browser("wumin"), "/")
    assert page.index("办理合同原件移交") < page.index("已暂停 1 项")
    assert "余 1 个工作日" in page


def test_the_rate_of_a_quarter_stands_beside_the_one_before(firm: Firm, later: Later) -> None:
    firm.register()
    rows = Duty.objects.filter(owner=person("wumin"))
    rows.filter(term="2.1.1.a").update(state="done", due_at=now() - timedelta(days=1))
    rows.filter(term="2.2.1.a").update(state="done_late", due_at=now() - timedelta(days=2))
    page = read(browser("wumin"), "/")
    assert "50.0% 1/2" in page
    assert "较上季" not in page
    rows.filter(term="2.2.1.a").update(due_at=now() - timedelta(days=80))
    assert "100.0% 1/1 较上季 +100.0" in read(browser("wumin"), "/")


def test_my_orders_say_how_many_run_late(firm: Firm, later: Later) -> None:
    firm.register("一单")
    assert "1 个在执行" in read(browser("wumin"), "/")
    with later("2026-09-10 10:00"):
        run_due()
        page = read(browser("wumin"), "/")
    assert "1 个有逾期" in page
    assert "逾期 2 项" in page


def test_ten_thousand_duties_make_one_page(firm: Firm) -> None:
    firm.register()
    multiply(Duty.objects.get(term="2.1.1.a"), 9_990)
    client = browser("wumin")
    queries, size = cost(client, "/")
    assert queries <= MOST_QUERIES
    assert size <= MOST_BYTES
    page = read(client, "/")
    assert "待办义务 9992" in page
    assert "显示 50 / 9992" in page
    assert "再显示 50 项" in page
    assert read(client, "/?pages=3").count("提交交接单") > read(client, "/?pages=2").count("提交交接单")
    assert read(client, "/?pages=nonsense") == page


def test_more_than_ten_thousand_are_not_counted_out(firm: Firm) -> None:
    firm.register()
    multiply(Duty.objects.get(term="2.1.1.a"), 10_010)
    client = browser("wumin")
    page = read(client, "/")
    assert "待办义务 1 万+" in page
    assert "显示 50 / 1 万+" in page
    assert "其余的请筛选后查看" in read(client, "/?pages=20")


@pytest.mark.parametrize("tab", ["mine", "department", "below", "others"])
def test_every_tab_asks_the_database_little(firm: Firm, tab: str) -> None:
    for number in range(3):
        firm.send(firm.register(f"第 {number} 单", points=1), points=1)
    scenes.accept(Order.objects.order_by("number")[0], "project")
    for account in ("wumin", "linxiaolan", "wangqiming", "chenli"):
        assert cost(browser(account), f"/?tab={tab}")[0] <= MOST_QUERIES, account


def test_names_of_sixty_characters_stand_on_the_page(firm: Firm) -> None:
    firm.send(firm.register())
    lengthen_names()
    assert LONG in read(browser("wumin"), "/")
    assert LONG in read(browser("linxiaolan"), "/?tab=department")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "待办义务"), ("zh-hant", "待辦義務"), ("en", "No duty is waiting for you")]
)
def test_three_languages(firm: Firm, language: str, said: str) -> None:
    reader = person("zhaoping")
    reader.language = language
    reader.save()
    assert said in read(browser("zhaoping"), "/")


def test_no_sentence_stands_there_untranslated(firm: Firm, later: Later) -> None:
    firm.send(firm.register())
    with later("2026-09-10 10:00"):
        for address in ("/", "/?tab=others", "/?tab=below", "/?group=order"):
            shown = unescape(read(browser("lujian"), address))
            assert not re.findall(r"[A-Z][a-z]+ [a-z]+", shown.replace("Ctrl Enter", "")), address
