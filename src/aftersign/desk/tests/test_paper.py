"""The audit paper, read back as a workbook: definition, rates, duties with their facts, exceptions, and no formula."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from aftersign.chapters.general import acts
from aftersign.chapters.general.tests.exceptions import ask_waiver, duty_of
from aftersign.demo import scenes
from aftersign.desk.queries.compliance import paper
from aftersign.desk.tests.desks import browser, newcomer
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Duty
from tests.firm import Firm

PAPER = "/compliance/paper/"
Sheets = dict[str, list[list[Any]]]


def sheets_of(client: Client, query: str = "") -> Sheets:
    """The sheets of the paper with their rows."""
    answer = client.get(PAPER + query)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows_of(sheets: Sheets, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet under their heads."""
    heads, *rows = sheets[name]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def definition(sheets: Sheets) -> dict[Any, Any]:
    """What the first sheet says."""
    return dict(sheets["说明"])


def test_years_are_counted_as_the_reader_wishes(firm: Firm) -> None:
    firm.send(firm.register())
    Person.objects.filter(account="fangzheng").update(language="zh-hant", years="roc")
    answer = browser("fangzheng").get(PAPER)
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    days = [each for each in cells if re.search(r"20\d\d-\d\d-\d\d|20\d\d ?年", each)]
    assert days == []
    assert any(re.fullmatch(r"民國115-\d\d-\d\d \d\d:\d\d", each) for each in cells)
    assert any("民國115 年第" in each for each in cells)


def test_of_nothing(firm: Firm) -> None:
    sheets = sheets_of(browser("fangzheng"))
    assert list(sheets) == ["说明", "按时率", "义务", "例外"]
    assert rows_of(sheets, "义务") == []


def test_it_says_what_it_is_about_and_where_the_journal_stood(firm: Firm) -> None:
    firm.send(firm.register(amount=1000))
    said = definition(sheets_of(browser("fangzheng"), "?grade=C&period=2026-Q3"))
    tail = Tail.objects.get()
    assert (said["事实记录总条数"], said["最后一条事实的校验值"]) == (tail.sequence, tail.hash)
    assert (said["期间"], said["等级"], said["订单"]) == ("2026 年第 3 季度", "C 级", 1)
    assert said["公司"] == "恒信科技有限公司"
    assert said["按时履约率"] == "100.0%"
    assert (said["另列：特批放行"], said["另列：撤销记录"]) == (0, 0)
    assert said["生成时间"] == "2026-09-07 10:00"


def test_one_row_a_duty_with_the_facts_behind_it(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    rows = rows_of(sheets_of(browser("fangzheng")), "义务")
    assert len(rows) == Duty.objects.filter(order=order).count()
    done = next(row for row in rows if row["条款"] == "2.1.3" and row["状态"] == "已完成")
    duty = Duty.objects.get(clause="2.1.3", state="done")
    assert duty.closed_by
    opening, closing = Entry.objects.get(id=duty.opened_by), Entry.objects.get(id=duty.closed_by)
    assert (done["触发序号"], done["触发校验值"]) == (opening.sequence, opening.hash)
    assert (done["证据序号"], done["证据校验值"]) == (closing.sequence, closing.hash)
    assert (done["订单"], done["义务"], done["责任人"]) == (order.number, "签收交接单", "项目部门")
    waiting = next(row for row in rows if row["条款"] == "2.1.3" and row["状态"] == "进行中")
    assert waiting["证据校验值"] == ""
    signed = next(row for row in rows if row["条款"] == "1.2.1")
    assert (signed["触发时间"], signed["到期"]) == ("2026-09-07 00:00", "2026-09-08")


def test_rates_with_their_denominator(firm: Firm) -> None:
    firm.send(firm.register())
    rates = {row["条款"]: row for row in rows_of(sheets_of(browser("fangzheng")), "按时率")}
    assert (rates["2.1.1"]["分母"], rates["2.1.1"]["按时履约率"]) == (1, 100)
    assert (rates["2.1.3"]["分母"], rates["2.1.3"]["进行中"]) == (0, 3)


def test_exceptions_stand_beside_their_duty_and_on_a_sheet_of_their_own(firm: Firm) -> None:
    order = firm.register()
    request = ask_waiver(duty_of(order, "2.2.1.a"))
    acts.waive_duty(request, by=scenes.actor("lujian"))
    sheets = sheets_of(browser("fangzheng"))
    row = next(row for row in rows_of(sheets, "义务") if row["条款"] == "2.2.1")
    assert row["状态"] == "已批准豁免"
    assert "客户已另行确认" in row["例外"]
    (granted,) = rows_of(sheets, "例外")
    assert (granted["条款"], granted["订单"], granted["申请人"]) == ("2.2.1", order.number, "吴敏")
    assert definition(sheets)["另列：已豁免"] == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(firm: Firm, text: str) -> None:
    firm.register()
    Order.objects.update(title=text)
    Customer.objects.update(name=text)
    rows = rows_of(sheets_of(browser("fangzheng")), "义务")
    assert {row["订单名称"] for row in rows} == {row["客户"] for row in rows} == {f"'{text}"}


def test_only_what_one_sees(firm: Firm) -> None:
    firm.send(firm.register())
    sheets = sheets_of(newcomer(), "?stage=any&period=all")
    assert (rows_of(sheets, "义务"), definition(sheets)["订单"]) == ([], 0)


def test_of_one_cell(firm: Firm) -> None:
    one, two = firm.register("一"), firm.register("二")
    rows = rows_of(sheets_of(browser("fangzheng"), f"?order={two.number}&clause=2.1.1"), "义务")
    assert [(row["条款"], row["订单"]) for row in rows] == [("2.1.1", two.number)]
    assert one.number != two.number


def test_more_than_a_paper_holds_is_refused_with_a_sentence(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    firm.register()
    monkeypatch.setattr(paper, "MOST", 1)
    answer = browser("fangzheng").get(f"{PAPER}?period=2026-09", follow=True)
    assert answer.redirect_chain == [("/compliance/?period=2026-09", 302)]
    assert re.search("选中的义务超过 .* 项，请缩短期间或少选订单", answer.content.decode())
