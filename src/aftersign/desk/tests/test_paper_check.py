"""The page that verifies an audit paper: by its code, its line in the audit log, and the head of the chain."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from aftersign.desk.queries.compliance.made import Made, proof_of
from aftersign.desk.tests.desks import browser, cost, newcomer, person, read
from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.clock import now
from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.org.models import Person
from aftersign.kernel.print import codes
from aftersign.kernel.print.tests.pages import plain
from aftersign.kernel.vault.taking import take
from tests.firm import Firm

PAPER, CHECK = "/compliance/paper/", "/compliance/check/"
MADE = "带此验证码的底稿由本系统生成"
STILL, NO_LONGER = f"{MADE}，事实记录至今与其所载一致", f"{MADE}，但事实记录已与其所载不一致"


def file_of(client: Client, query: str) -> bytes:
    """A paper as it leaves the house."""
    answer: Any = client.get(PAPER + query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def definition(file: bytes) -> dict[Any, Any]:
    """What the first sheet of a workbook says."""
    rows: Any = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    return dict(rows)


def code_of(pdf: bytes) -> str:
    """The code on a printed paper."""
    found = re.search(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}", plain(pdf))
    assert found
    return found.group()


def head_is(digest: str) -> None:
    """Change the hash of the last entry behind the back of the triggers."""
    triggers.remove()
    Entry.objects.filter(pk=Tail.objects.get().sequence).update(hash=digest)
    triggers.install()


def test_a_printed_paper_leads_to_the_page_that_knows_it(firm: Firm) -> None:
    firm.send(firm.register())
    pdf = file_of(browser("fangzheng"), "?format=pdf&grade=C&period=2026-Q3")
    address = f"http://testserver{CHECK}?code={code_of(pdf)}"
    taken = take(ContentFile(pdf, "paper.pdf"))
    assert codes.read("paper.pdf", taken.sha256).pictures == (address,)
    page, tail = read(browser("fangzheng"), address), Tail.objects.get()
    assert STILL in page
    assert "全部一致" in page
    for said in (
        code_of(pdf),
        "方正",
        "期间 2026 年第 3 季度；等级 C 级",
        "纸质底稿",
        tail.hash,
        f"{tail.sequence} 条事实",
    ):
        assert said in page, said
    assert (
        f'href="{reverse("compliance")}?grade=C&amp;period=2026-Q3"' in browser("wumin").get(address).content.decode()
    )


def test_a_workbook_shows_its_code_and_is_known(firm: Firm) -> None:
    firm.send(firm.register())
    said = definition(file_of(browser("fangzheng"), "?period=2026-Q3"))
    assert said["校验值"].removeprefix("SHA-256 ")[:4].upper() == said["验证码"][:4]
    assert said["校验地址"] == f"http://testserver{CHECK}?code={said['验证码']}"
    page = read(browser("fangzheng"), said["校验地址"])
    assert (STILL in page, "工作簿" in page) == (True, True)


def test_a_code_is_typed_in_any_way(firm: Firm) -> None:
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    whole = Made(*_written()).check_value
    wide = code.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789ABCDEF-"})
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code}\n", wide, whole):
        assert MADE in read(browser("wumin"), f"{CHECK}?code={typed}"), typed


def _written() -> tuple[str, str, int, str, str]:
    check_value, form, sequence, digest, query = AuditEntry.objects.get(event=Event.EXPORTED).subject.split(" ")[2:]
    return check_value, form, int(sequence), digest, query


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "%", "compliance paper", "A" * 65, "12", "%00", "%25%25%25"])
def test_a_code_of_no_paper_is_said_plainly(firm: Firm, code: str) -> None:
    file_of(browser("fangzheng"), "?format=pdf")
    page = read(browser("fangzheng"), f"{CHECK}?code={code}")
    assert MADE not in page
    assert ("没有生成过验证码为" in page) == (code == "0000-0000-0000-0000")
    assert ("这不是验证码" in page) == (code not in ("0000-0000-0000-0000", "%00"))


def test_part_of_a_code_finds_nothing(firm: Firm) -> None:
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    assert "这不是验证码" in read(browser("fangzheng"), f"{CHECK}?code={code[:-1]}")
    wrong = "B" if Made(*_written()).check_value[len(code.replace("-", ""))].upper() == "A" else "A"
    assert "没有生成过验证码为" in read(browser("fangzheng"), f"{CHECK}?code={code}{wrong}")


def test_a_chain_that_was_changed_since_is_told(firm: Firm) -> None:
    firm.register()
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    head_is("f" * 64)
    page = read(browser("fangzheng"), f"{CHECK}?code={code}")
    assert (NO_LONGER in page, "不一致" in page) == (True, True)


def test_a_row_that_was_changed_under_its_hash_is_told(firm: Firm) -> None:
    firm.register()
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    triggers.remove()
    Entry.objects.filter(pk=Tail.objects.get().sequence).update(payload='{"amount":"1"}')
    triggers.install()
    assert NO_LONGER in read(browser("fangzheng"), f"{CHECK}?code={code}")


def test_an_entry_that_is_gone_is_told(firm: Firm) -> None:
    """As after a restore of an earlier archive."""
    check_value = "ab" * 32
    subject = Made(check_value, "pdf", Tail.objects.get().sequence + 9, "c" * 64, "period=2026-Q3").subject
    AuditEntry.objects.create(at=now(), event=Event.EXPORTED, person=person("fangzheng"), subject=subject)
    page = read(browser("fangzheng"), f"{CHECK}?code={check_value[:16]}")
    assert (NO_LONGER in page, "没有记录" in page) == (True, True)


def test_the_code_covers_the_head_that_the_paper_states(firm: Firm) -> None:
    """Two papers that say the same of their orders and state another head are two papers."""
    firm.send(firm.register())
    nothing = "?format=pdf&order=SO-1999-0001"
    first = code_of(file_of(browser("fangzheng"), nothing))
    firm.register("别的")
    assert code_of(file_of(browser("fangzheng"), nothing)) != first
    assert all(proof_of(each) for each in (first, first.lower()))


def test_the_period_stays_that_of_the_day_on_which_it_was_made(firm: Firm, later: Any) -> None:
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    with later("2027-02-01 10:00"):
        assert "期间 2026 年第 3 季度" in read(browser("fangzheng"), f"{CHECK}?code={code}")


def test_what_is_kept_is_never_changed(firm: Firm) -> None:
    file_of(browser("fangzheng"), "?format=pdf")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(event=Event.EXPORTED).update(subject="compliance paper")


def test_a_selection_that_is_too_long_is_left_out(firm: Firm) -> None:
    orders = "&".join(f"order=SO-2026-{number:04d}" for number in range(200))
    code = definition(file_of(browser("fangzheng"), f"?{orders}"))["验证码"]
    page = read(browser("fangzheng"), f"{CHECK}?code={code}")
    assert ("条件过长，未保存" in page, STILL in page) == (True, True)


@pytest.mark.parametrize(("language", "said"), [("zh-hant", "帶此驗證碼的底稿由本系統產生"), ("en", "was made here")])
def test_in_the_language_of_the_reader(firm: Firm, language: str, said: str) -> None:
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    Person.objects.filter(account="wumin").update(language=language)
    assert said in read(browser("wumin"), f"{CHECK}?code={code}")


def test_what_the_page_costs(firm: Firm) -> None:
    code = code_of(file_of(browser("fangzheng"), "?format=pdf"))
    AuditEntry.objects.bulk_create(
        AuditEntry(at=now() - timedelta(days=1), event=Event.EXPORTED, subject=f"compliance paper {number:064x} pdf")
        for number in range(500)
    )
    queries, size = cost(newcomer(), f"{CHECK}?code={code}")
    assert (queries <= 16, size < 20_000) == (True, True), (queries, size)


def test_the_audit_log_says_of_which_paper_it_speaks_and_keeps_it_whole(firm: Firm) -> None:
    firm.register()
    file_of(browser("fangzheng"), "?format=pdf")
    line = AuditEntry.objects.get(event=Event.EXPORTED)
    proof = proof_of(line.subject.split()[2])
    assert proof is not None
    page = browser("fangzheng").get("/settings/audit/").content.decode()
    assert f'href="{CHECK}?code={proof.code}"' in page
    assert proof.made.check_value not in page
    table: Any = browser("fangzheng").get("/settings/audit/?format=csv")
    assert line.subject in b"".join(table.streaming_content).decode()
