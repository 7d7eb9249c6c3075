"""Pages of editions: read, compared, drafted, issued and withdrawn without a script, by whoever may."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aftersign.chapters.final import acts
from aftersign.chapters.final.tests.test_revising import drafted, files, manager
from aftersign.demo.scenes import actor
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, multiply, person, read
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.queries import company
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, Edition, EditionState
from aftersign.policy.rulebook import DEFAULT, load
from tests.firm import Firm

LIST, PARAMETERS, FILES = "/settings/editions/", "/settings/editions/2/parameters/", "/settings/editions/2/files/"
TODAY = date(2026, 9, 7)
PAGES = [LIST, "/settings/editions/2/", "/settings/editions/3/?room=handover", "/settings/editions/3/compare/"]
MOST_QUERIES = 15


def form_of(client: Client, address: str) -> dict[str, str]:
    """What a browser would send of a form that is opened and sent as it stands."""
    html = client.get(address).content.decode().partition('<form class="st"')[2].partition("</form>")[0]
    sent: dict[str, str] = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else ""
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        sent[name] = body.strip("\n")
    return sent


def sentences(answer: Any) -> list[str]:
    """The sentences of the error summary."""
    summary = re.search(r'<div class="esum".*?</div>', answer.content.decode(), re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", summary[0]) if summary else []


def test_the_first_edition_stands_alone(firm: Firm) -> None:
    page = read(browser("wumin"), LIST)
    assert "版本 2 现行 09-01 起 AfterSign" in page
    assert "修改参数" not in page
    assert browser("wumin").get("/settings/editions/2/compare/").status_code == 404


def test_every_chapter_can_be_read_with_its_terms_in_words(firm: Firm) -> None:
    client = browser("wumin")
    for room in load(DEFAULT).rooms:
        page = read(client, f"/settings/editions/2/?room={room}")
        assert "个条目的说明" in page
    assert "违反属严重" in read(client, "/settings/editions/2/?room=handover")
    assert client.get("/settings/editions/2/?room=nowhere").status_code == 404
    assert client.get("/settings/editions/9/").status_code == 404


def test_a_parameter_is_changed_without_a_script(firm: Firm) -> None:
    client = browser("guting")
    sent = form_of(client, PARAMETERS) | {"p-handover_form_days_number": "3", "reason": "一天太紧"}
    answer = client.post(PARAMETERS, sent)
    assert (answer.status_code, answer["Location"]) == (303, "/settings/editions/3/")
    edition = Edition.objects.get(version="3")
    assert [row["name"] for row in edition.changes] == ["handover_form_days"]
    assert "已起草版本 3" in client.get("/settings/editions/3/").content.decode()


@pytest.mark.parametrize(
    ("change", "language", "said"),
    [
        ({"p-handover_form_days_number": "30"}, "zh-hans", "“填写交接单的期限”须在 0 个工作日 至 10 个工作日之间"),
        ({"p-handover_form_days_number": "30"}, "zh-hant", "「填寫交接單的期限」須在 0 個工作日 至 10 個工作日之間"),
        ({"p-handover_form_days_number": "30"}, "en", "must lie within 0 working days to 10 working days"),
        ({"p-handover_form_days_number": "一"}, "zh-hans", "用数字填写"),
        ({"p-customer_duty_target": "120%"}, "zh-hans", "须在 50% 至 100%之间"),
        ({"p-precedence": "法律法规\n天意"}, "zh-hans", "没有“天意”这个词"),
        ({"p-precedence": "法律法规\n法律法规"}, "zh-hans", "写了两次"),
        ({"p-precedence": ""}, "zh-hans", "填写适用次序"),
        ({}, "zh-hans", "至少改动一个值"),
        ({"version": "2", "p-handover_form_days_number": "3"}, "zh-hans", "版本 2 已经有了"),
        ({"version": "a b", "p-handover_form_days_number": "3"}, "zh-hans", "版本号只用"),
        ({"reason": "", "p-handover_form_days_number": "3"}, "zh-hans", "填写修订理由"),
    ],
)
def test_a_value_that_cannot_stand_is_refused_in_words(
    firm: Firm, change: dict[str, str], language: str, said: str
) -> None:
    reader = person("guting")
    reader.language = language
    reader.save()
    client, before = browser("guting"), Entry.objects.count()
    answer = client.post(PARAMETERS, form_of(client, PARAMETERS) | {"reason": "试"} | change)
    assert answer.status_code == 422
    assert any(said in each.replace("&#x27;", "'") for each in sentences(answer)), sentences(answer)
    assert (Entry.objects.count(), Edition.objects.count()) == (before, 1)


def test_words_are_written_as_the_edition_calls_them_in_the_order_that_counts(firm: Firm) -> None:
    client = browser("guting")
    sent = form_of(client, PARAMETERS)
    assert sent["p-precedence"].split("\n")[0] == "法律法规"
    lines = sent["p-precedence"].split("\n")
    turned = "\r\n".join([lines[1], lines[0], *lines[2:]])
    assert client.post(PARAMETERS, sent | {"p-precedence": turned, "reason": "试"}).status_code == 303
    book = store.rulebook_of(Edition.objects.get(version="3").pk)
    assert book.params["precedence"].value == ("customer_contract", "law", "this_policy", "other_rules")


def test_a_broken_rulebook_is_told_by_file_and_line_and_changes_nothing(firm: Firm) -> None:
    client, before = browser("guting"), Entry.objects.count()
    text = load(DEFAULT).files["handover.zh-Hans.md"].replace('owner     = "sales"', 'owner     = "seller"', 1)
    sent = form_of(client, FILES) | {"file": "handover.zh-Hans.md", "text": text, "reason": "试"}
    answer = client.post(FILES, sent)
    assert answer.status_code == 422
    assert sentences(answer) == ["handover.zh-Hans.md:13: 2.1.1.a: role seller is not declared"]
    assert (Entry.objects.count(), store.current()) == (before, Edition.objects.get())


def test_many_faults_are_shown_as_far_as_they_can_be_read(firm: Firm) -> None:
    client = browser("guting")
    text = load(DEFAULT).files["facts.toml"].replace("zh_hant", "zh_hanx")
    answer = client.post(FILES, form_of(client, FILES) | {"file": "facts.toml", "text": text, "reason": "试"})
    shown = sentences(answer)
    assert len(shown) == 31
    assert re.fullmatch(r"另有 \d+ 处错误。", shown[-1])


def test_a_zip_that_was_fetched_comes_back_changed(firm: Firm) -> None:
    client = browser("guting")
    fetched = client.get("/settings/editions/2/rulebook.zip")
    assert fetched["Content-Disposition"] == 'attachment; filename="default-2.zip"'
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode().replace("随交接单送达", "随交接单一并送达")
            new.writestr(f"ours/{name}", text)
    sent = form_of(client, FILES) | {"sent": SimpleUploadedFile("ours.zip", held.getvalue()), "reason": "措辞"}
    assert client.post(FILES, sent).status_code == 303
    page = client.get("/settings/editions/3/compare/").content.decode()
    assert "<ins>一并</ins>" in page


def test_single_files_take_the_place_of_those_of_the_same_name(firm: Firm) -> None:
    client = browser("guting")
    loose = [
        SimpleUploadedFile(name, text.replace("## 2.2.3 ", "## 2.2.4 ").encode())
        for name, text in load(DEFAULT).files.items()
        if name.startswith("handover.")
    ]
    assert client.post(FILES, form_of(client, FILES) | {"sent": loose, "reason": "改号"}).status_code == 303
    page = read(client, "/settings/editions/3/compare/")
    assert "2.2.3 → 2.2.4 报价单、谈判记录等 改号" in page
    assert "只是改了编号" in page


@pytest.mark.parametrize("sent", [{}, {"file": "acts.toml", "text": ""}])
def test_nothing_sent_is_no_draft(firm: Firm, sent: dict[str, str]) -> None:
    client = browser("guting")
    answer = client.post(FILES, form_of(client, FILES) | {"reason": "试"} | sent)
    assert sentences(answer) == ["上传制度文本，或贴上其中一个文件的内容"]
    unreadable = SimpleUploadedFile("a.zip", b"no zip")
    answer = client.post(FILES, form_of(client, FILES) | {"reason": "试", "sent": unreadable})
    assert sentences(answer) == ["制度文本：a.zip 不是能打开的 zip。"]


def test_the_general_manager_issues_what_somebody_else_drafted(firm: Firm) -> None:
    firm.register()
    drafted()
    client = browser("chenli")
    page = read(client, "/settings/editions/3/issue/")
    assert "填写交接单的期限 1 个工作日 → 3 个工作日" in page
    assert "项在办义务仍适用版本 2" in page
    sent = form_of(client, "/settings/editions/3/issue/")
    answer = client.post("/settings/editions/3/issue/", sent)
    assert sentences(answer) == ["勾选“我已读过与现行版本的差别”"]
    assert client.post("/settings/editions/3/issue/", sent | {"read": "on"}).status_code == 303
    edition = Edition.objects.get(version="3")
    assert (edition.state, edition.effective_on) == (EditionState.ISSUED, TODAY + timedelta(days=1))
    assert "已发布，待施行 09-08" in read(client, LIST)


def test_a_day_that_is_past_is_refused_at_its_field(firm: Firm) -> None:
    drafted()
    client, before = browser("chenli"), Entry.objects.count()
    sent = form_of(client, "/settings/editions/3/issue/") | {"read": "on", "effective_on": "2026-09-06"}
    answer = client.post("/settings/editions/3/issue/", sent)
    assert sentences(answer) == ["施行日只能是今天或以后。"]
    assert 'href="#id_effective_on"' in answer.content.decode()
    assert Entry.objects.count() == before


def test_whoever_may_not_reads_who_may(firm: Firm) -> None:
    drafted()
    assert "顾婷" in browser("chenli").get(PARAMETERS).content.decode()
    assert "陈立" in browser("guting").get("/settings/editions/3/issue/").content.decode()
    assert browser("guting").get("/settings/editions/3/issue/").status_code == 403


def test_a_draft_is_withdrawn_with_a_reason(firm: Firm) -> None:
    drafted()
    client, address = browser("guting"), "/settings/editions/3/withdraw/"
    assert sentences(client.post(address, form_of(client, address))) == ["填写理由"]
    assert client.post(address, form_of(client, address) | {"reason": "写错了"}).status_code == 303
    assert "已撤回" in read(client, LIST)


def test_a_form_that_is_sent_twice_makes_one_draft(firm: Firm) -> None:
    client = browser("guting")
    sent = form_of(client, PARAMETERS) | {"p-handover_form_days_number": "3", "reason": "一天太紧"}
    assert [client.post(PARAMETERS, sent)["Location"] for _time in range(2)] == ["/settings/editions/3/"] * 2
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("address", [*PAGES, PARAMETERS, FILES])
def test_ten_thousand_duties_and_long_names_cost_no_more(firm: Firm, address: str) -> None:
    order = firm.register()
    firm.send(order)
    acts.issue(drafted(), effective_on=TODAY, by=manager())
    multiply(Duty.objects.filter(term="2.1.3.b")[0], 10_000)
    lengthen_names()
    Edition.objects.update(reason=LONG)
    queries, size = cost(browser("guting"), address)
    assert queries <= MOST_QUERIES
    assert size <= MOST_BYTES


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "制度版本"), ("zh-hant", "制度版本"), ("en", "Edition")])
@pytest.mark.parametrize("address", [*PAGES, PARAMETERS, FILES, "/settings/editions/3/withdraw/"])
def test_three_languages(firm: Firm, address: str, language: str, said: str) -> None:
    drafted()
    reader = person("guting")
    reader.language = language
    reader.save()
    assert said in read(browser("guting"), address)


def test_two_editions_that_differ_in_everything_stand_side_by_side(firm: Firm) -> None:
    sent = files()
    handover = str(sent["handover.zh-Hans.md"])
    changed = handover.replace('evidence  = ["keeper", "place", "receipt"]', 'evidence  = ["keeper", "place"]')
    changed = changed.replace('act       = "order.complete"', 'act       = ["order.complete", "order.name_team"]', 1)
    acts_toml = str(sent["acts.toml"]).replace('zh_hans = "登记订单"', 'zh_hans = "登记签单"', 1)
    sent |= {"handover.zh-Hans.md": changed, "acts.toml": acts_toml}
    acts.draft(company(), files=sent, reason="多处", by=actor("guting"))
    page = read(browser("wumin"), "/settings/editions/3/compare/?room=handover")
    assert "a 办理合同原件移交 有改动" in page
    assert "证据 保管人、存放位置、收据 保管人、存放位置" in page
    assert "动作 改动：登记签单" in page
