"""Kinds and grades of orders: what the edition says of them, and other conditions as a draft."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.final.queries.kinds import kinds_of
from aftersign.chapters.final.tests.test_pages import form_of, sentences
from aftersign.chapters.final.tests.test_questions import owner
from aftersign.desk.tests.desks import browser, read
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import DEFAULT, load
from tests.firm import Firm

PAGE, CHANGE = "/settings/kinds/", "/settings/editions/2/grades/"
QUERIES = 12


def test_the_page_says_how_orders_are_graded_and_in_what_grades_differ(firm: Firm) -> None:
    found = kinds_of(load(DEFAULT), "zh-hans")
    assert found.grades == ("A", "B", "C")
    assert len(found.kinds) == 7
    assert [step.grade for step in found.steps] == ["A", "C", "A", "C", "B"]
    by_title = {each.title: each.by_grade for each in found.differences if each.is_value}
    assert ("5 个工作日", "5 个工作日", "2 个工作日") in by_title.values()
    assert ("yes", "yes", "") in {each.by_grade for each in found.differences}
    page = read(browser("wumin"), PAGE)
    for text in ("金额不少于", "500,000", "框架协议订单", "其余订单"):
        assert text in page
    client = browser("wumin")
    assert CHANGE not in client.get(PAGE).content.decode(), "only whoever drafts editions finds the way there"
    assert CHANGE in browser(owner()).get(PAGE).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)
    assert len(asked) <= QUERIES


def test_other_amounts_and_kinds_become_a_draft_and_nothing_changes_until_it_is_issued(firm: Firm) -> None:
    client = browser(owner())
    sent: dict[str, Any] = dict(form_of(client, CHANGE))
    sent |= {"g-0-amount_base": "800,000", "g-2-order_kind": ["project", "rental"], "reason": "大额订单变多"}
    answer = client.post(CHANGE, sent)
    assert answer.status_code == 303, sentences(answer)
    edition = Edition.objects.exclude(version="2").get()
    grades = store.rulebook_of(edition.pk).grades
    assert [dict(each.when) for each in grades][:3] == [
        {"amount_base": ">= 800000"},
        {"amount_base": "< 50000"},
        {"order_kind": ("project", "rental")},
    ]
    assert store.current().version == "2"  # type: ignore[union-attr]
    assert "金额不少于" in read(client, PAGE)
    assert "800,000" not in read(client, PAGE)


def test_nothing_changed_is_no_draft_and_nobody_else_drafts(firm: Firm) -> None:
    client = browser(owner())
    sent: dict[str, Any] = {**form_of(client, CHANGE), "reason": "试试", "g-2-order_kind": ["project"]}
    sent |= {"g-3-order_kind": ["maintenance", "call_off"]}
    assert client.post(CHANGE, sent).status_code == 422
    assert client.post(CHANGE, sent | {"g-0-amount_base": "很多"}).status_code == 422
    assert Edition.objects.count() == 1
    assert browser("wumin").get(CHANGE).status_code == 403
    assert browser("wumin").post(CHANGE, sent).status_code == 403
