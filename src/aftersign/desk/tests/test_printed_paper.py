"""The audit paper as a PDF: what it says in three languages, matrix and lists at their size, and its proof."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aftersign.chapters.general import acts
from aftersign.chapters.general.tests.exceptions import ask_waiver, duty_of
from aftersign.demo import scenes
from aftersign.desk.compliance import printed
from aftersign.desk.tests.desks import browser, newcomer
from aftersign.kernel.clock import new_id
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.org.models import Person
from aftersign.kernel.print.tests.pages import pages_of, plain
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import Firm

PAPER = "/compliance/paper/?format=pdf&"


def pdf_of(client: Client, query: str = "") -> bytes:
    """The paper of a selection."""
    answer: Any = client.get(PAPER + query)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert re.fullmatch(r"attachment; filename\S*\.pdf\"?", answer.headers["Content-Disposition"])
    return b"".join(answer.streaming_content)


def test_of_nothing(firm: Firm) -> None:
    said = plain(pdf_of(browser("fangzheng")))
    assert "这些订单没有批准过例外" in said
    assert "=0÷(0+0+0)=—" in said


def test_years_are_counted_as_the_reader_wishes(firm: Firm) -> None:
    firm.send(firm.register())
    Person.objects.filter(account="fangzheng").update(language="zh-hant", years="roc")
    said = plain(pdf_of(browser("fangzheng")))
    assert "民國115年第3季" in said
    assert "民國115-09-" in said
    assert not re.search(r"(?<!\d)20\d\d(?:-\d\d-\d\d|年)", said)


def test_it_says_what_the_workbook_says(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    pdf = pdf_of(browser("fangzheng"))
    said, tail = plain(pdf), Tail.objects.get()
    for each in ("恒信科技有限公司", "条款合规审计底稿", "2026年第3季度", "方正", order.number, "按时完成", "验证码"):
        assert each in said, each
    assert "按时率=按时完成÷（按时完成+逾期后补+已逾期）" in said
    own = Duty.objects.filter(order=order)
    done, late, breached = (own.filter(state=each).count() for each in ("done", "done_late", "breached"))
    assert f"={done}÷({done}+{late}+{breached})={100 * done / (done + late + breached):.1f}%" in said
    assert f"共{tail.sequence}条，末条{tail.hash}" in said
    closed_by = Duty.objects.get(clause="2.1.3", state="done").closed_by
    assert closed_by
    closing = Entry.objects.get(id=closed_by)
    assert f"第{closing.sequence}条{closing.hash}" in said
    pages = pages_of(pdf)
    assert all(f"第 {at} 页，共 {len(pages)} 页" in page for at, page in enumerate(pages, 1))
    assert all(tail.hash in page.replace(" ", "") for page in pages)
    for each in ("角色", "签字", "复核", "批准人"):
        assert each in plain(pdf)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hant", ("條款合規審計底稿", "按時率=按時完成÷（按時完成+逾期後補+已逾期）", "進行中", "第1頁，共")),
        ("en", ("Auditpaperofcompliance", "On-timerate=doneontime÷(doneontime+donelate+overdue)", "Inprogress")),
    ],
)
def test_in_the_language_of_the_reader(firm: Firm, language: str, words: tuple[str, ...]) -> None:
    firm.send(firm.register())
    Person.objects.filter(account="fangzheng").update(language=language)
    said = plain(pdf_of(browser("fangzheng")))
    for each in words:
        assert each in said, each


def test_exceptions_stand_with_the_fact_that_granted_them(firm: Firm) -> None:
    order = firm.register()
    request = ask_waiver(duty_of(order, "2.2.1.a"))
    acts.waive_duty(request, by=scenes.actor("lujian"))
    request.refresh_from_db()
    assert request.ruling
    said = plain(pdf_of(browser("fangzheng")))
    ruling = Entry.objects.get(id=request.ruling)
    assert f"第{ruling.sequence}条{ruling.hash}" in said
    assert "客户已另行确认" in said
    assert "豁免1" in said.replace("已批准豁免1", "豁免1")


def test_only_what_one_sees(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    assert order.number not in plain(pdf_of(newcomer(), "stage=any&period=all"))


def test_of_one_cell(firm: Firm) -> None:
    one, two = firm.register("一"), firm.register("二")
    said = plain(pdf_of(browser("fangzheng"), f"order={two.number}&clause=2.1.1"))
    assert two.number in said
    assert one.number not in said
    assert "1.2.1" not in said


def test_names_of_sixty_characters_and_markup_stay_text(firm: Firm) -> None:
    firm.register()
    name = '#panic("x") *b* $x$ ' + "长" * 40
    Order.objects.update(title=name)
    Order.objects.get().customer.__class__.objects.update(name=name)
    assert name.replace(" ", "") in plain(pdf_of(browser("fangzheng")))


def test_twelve_orders_and_five_hundred_duties(firm: Firm) -> None:
    orders = [firm.register(f"第 {number} 份") for number in range(13)]
    pattern = Duty.objects.get(order=orders[0], term="1.2.1.a")
    for number in range(500):
        pattern.pk, pattern.period = new_id(), f"{number:04d}"
        pattern.due_at = pattern.due_at and pattern.due_at + timedelta(seconds=1)
        pattern.save(force_insert=True)
    pdf = pdf_of(browser("fangzheng"))
    pages, said = pages_of(pdf), plain(pdf)
    assert "条款与订单对照1–12/13" in said
    assert "条款与订单对照13–13/13" in said
    assert all(order.number in said for order in orders)
    of_list = [page for page in pages if "义务与证据" in page]
    assert len(of_list) > 10
    assert all("触发" in page and "证据" in page for page in of_list), "heads are repeated"


def test_the_same_paper_has_the_same_code_and_another_one_another(firm: Firm) -> None:
    firm.send(firm.register())
    first, again, other = (pdf_of(browser("fangzheng"), query) for query in ("", "", "clause=2.1.1"))
    assert first == again
    codes = {re.search(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}", plain(each)).group() for each in (first, other)}  # type: ignore[union-attr]
    assert len(codes) == 2
    assert hashlib.sha256(first).digest() != hashlib.sha256(other).digest()


def test_more_than_a_printed_paper_holds_is_refused_with_a_sentence(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm.register()
    monkeypatch.setattr(printed, "MOST", 1)
    answer = browser("fangzheng").get(f"{PAPER}period=2026-09", follow=True)
    assert re.search("选中的义务超过 1 项，请缩短期间或少选订单", answer.content.decode())
    monkeypatch.setattr(printed, "ACROSS", 0)
    monkeypatch.setattr(printed, "MOST", 2000)
    assert "选中的订单超过0个，逐项义务见下表" in plain(pdf_of(browser("fangzheng")))
