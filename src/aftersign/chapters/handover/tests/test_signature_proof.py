"""Verifying one signature: what is worked out anew, what is said when it holds, and what when something was changed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.handover.content import BASIC
from aftersign.chapters.handover.models import FormVersion, Signature
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_main_line import accept, hand_over
from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Entry

HOLDS, FAILS = "校验一致", "校验不一致"
MISSING = 404


@pytest.fixture
def row(firm: Firm) -> Signature:
    """A department's signature."""
    hand_over(firm, points=1)
    accept(firm, "project", points=("S1",))
    return Signature.objects.get(role="receiver")


def check(firm: Firm, row: Signature, **headers: str) -> str:
    """What the page of a signature says, or the part of it that htmx gets."""
    return text_of(sign_in(firm, "wumin").get(address(firm, f"signatures/{row.pk}/"), headers=headers))


def test_a_signature_that_holds_says_so_as_page_and_as_part(firm: Firm, row: Signature) -> None:
    page, part = check(firm, row), check(firm, row, HX_Request="true")
    for each in (page, part):
        assert HOLDS in each
        assert each.count(row.check_value) >= 2
    assert "<html" in page
    assert "<html" not in part
    giver = Signature.objects.get(role="giver")
    assert HOLDS in check(firm, giver)


def test_the_block_leads_to_it_with_and_without_a_script(firm: Firm, row: Signature) -> None:
    page = text_of(sign_in(firm, "linxiaolan").get(address(firm, "project/")))
    assert f'href="{address(firm, f"signatures/{row.pk}/")}" hx-get=' in page
    assert f'id="proof-{row.pk}"' in page


def test_a_text_changed_in_the_database_is_told_with_its_part(firm: Firm, row: Signature) -> None:
    text = row.form.text.replace("按需求书验收", "口头验收")
    FormVersion.objects.filter(pk=row.form_id).update(text=text)
    page = check(firm, row)
    assert FAILS in page
    assert "现存原文不是签字时的原文" in page
    assert f"“{BASIC}”与提交时不同" in page


def test_words_of_a_signature_changed_in_the_database_are_told(firm: Firm, row: Signature) -> None:
    Signature.objects.filter(pk=row.pk).update(responsibility="概不负责")
    page = check(firm, row)
    assert "“责任说明”与签字时不同" in page
    assert "自签收起，按本版负责执行。" in page


def test_a_signature_of_another_person_or_time_is_told(firm: Firm, row: Signature) -> None:
    Signature.objects.filter(pk=row.pk).update(person=firm.people["wangqiming"])
    assert "日志中没有林晓岚这次签字的记录" in check(firm, row)
    Signature.objects.filter(pk=row.pk).update(person=firm.people["linxiaolan"], signed_at="2026-01-01T00:00Z")
    assert "日志所记的签字时间不同" in check(firm, row)


def test_a_tampered_journal_is_told(firm: Firm, row: Signature) -> None:
    triggers.remove()
    Entry.objects.filter(fact="handover.copy_accepted").update(actor_kind="import")
    assert "被改动过" in check(firm, row)


def test_whoever_may_not_see_the_form_finds_no_signature(firm: Firm, row: Signature) -> None:
    for code in ("finance", "quality"):
        firm.departments[code].works_on_orders = False
        firm.departments[code].save()
    for who, status in (("hejing", 200), ("zhaoping", MISSING)):
        assert sign_in(firm, who).get(address(firm, f"signatures/{row.pk}/")).status_code == status


def test_verifying_asks_the_database_little(firm: Firm, row: Signature) -> None:
    client = sign_in(firm, "wumin")
    client.get(address(firm, f"signatures/{row.pk}/"))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(firm, f"signatures/{row.pk}/"), headers={"HX-Request": "true"})
    assert len(asked) <= 12, [each["sql"][:120] for each in asked.captured_queries]
