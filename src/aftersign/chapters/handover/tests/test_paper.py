"""Forms signed by hand: the scan is matched by the code on it, and is the evidence for the acceptance of a copy."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover.models import PaperSigning, Signature
from aftersign.chapters.handover.printing import print_form
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.race import another_order
from aftersign.chapters.handover.tests.rig import PASSWORD, Firm
from aftersign.chapters.handover.tests.test_main_line import accept, give_back, hand_over, send_again, standing
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.print.codes import verification_code
from aftersign.kernel.shell.dates import today
from aftersign.kernel.vault.taking import Kept

DONE, FORBIDDEN, CONFLICT, UNPROCESSABLE, MISSING = 303, 403, 409, 422, 404
ORIGIN = "https://orders.example.com"


@pytest.fixture(autouse=True)
def _day_that_does_not_end() -> Iterator[None]:
    with frozen(now()):
        yield


def printed(firm: Firm, number: int = 0) -> bytes:
    """A version of the form as it comes out of the printer."""
    shown = queries.standing(firm.order)
    form = queries.form_of(shown, number) if number else firm.form
    return print_form(shown, form, origin=ORIGIN, by="吴敏").pdf


def photo(pdf: bytes, kind: str = "PNG", turned: float = 2) -> bytes:
    """The first page as somebody photographs it: without text, and not quite straight."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().rotate(turned, expand=True, fillcolor="white")
    written = io.BytesIO()
    page.convert("L").save(written, kind)
    return written.getvalue()


def entry(firm: Firm, scan: bytes | None, name: str = "scan.pdf", **changes: Any) -> dict[str, Any]:
    """The page as a browser sends it."""
    copy = firm.copy("finance")
    sent: dict[str, Any] = {
        "_form": "PaperForm",
        "_version": str(copy.version),
        "check_value": copy.form.check_value,
        "papers": "on",
        "changes": "on",
        "signer": str(firm.people["hejing"].pk),
        "signed_on": today().isoformat(),
        "keeper": str(firm.people["sunqian"].pk),
        "place": "A-12-03 柜",
        "responsibility": "按本版负责收款和开票。",
        "password": PASSWORD,
    }
    return sent | ({"scan": SimpleUploadedFile(name, scan)} if scan else {}) | changes


def send(client: Client, firm: Firm, sent: dict[str, Any]) -> Any:
    return client.post(address(firm, "finance/paper/"), sent, REMOTE_ADDR="10.0.0.9")


@pytest.mark.parametrize("kind", ["text", "picture", "typed"])
def test_a_scan_is_matched_and_states_the_acceptance(firm: Firm, kind: str) -> None:
    hand_over(firm)
    pdf = printed(firm)
    scan, name = {
        "text": (pdf, "签字件.pdf"),
        "picture": (photo(pdf), "签字件.png"),
        "typed": (b"%PDF-1.7 unreadable", "x.pdf"),
    }[kind]
    typed = {"code": verification_code(firm.form.check_value).lower()} if kind == "typed" else {}
    client = sign_in(firm, "hejing")

    answer = send(client, firm, entry(firm, scan, name, **typed))

    assert answer.status_code == DONE, text_of(answer)
    row = Signature.objects.get(role="receiver")
    assert (row.person, row.name, row.method, row.address) == (firm.people["hejing"], "何静", "paper", "10.0.0.9")
    paper = PaperSigning.objects.get(signature=row)
    digest = hashlib.sha256(scan).hexdigest()
    assert (paper.sha256, paper.place, paper.keeper.name, paper.signed_on) == (digest, "A-12-03 柜", "孙倩", today())
    assert firm.copy("finance").state == "accepted"
    accepted, stated = (
        journal.latest(firm.order.pk, f"handover.{name}") for name in ("copy_accepted", "signed_on_paper")
    )
    assert accepted is not None
    assert stated is not None
    assert accepted.files == stated.files == [digest]
    assert stated.payload["check_value"] == firm.form.check_value
    assert stated.payload["keeper"] == str(firm.people["sunqian"].pk)

    page = text_of(client.get(address(firm)))
    assert "原件由孙倩存于 A-12-03 柜" in page
    kept = client.get(address(firm, f"signatures/{row.pk}/scan/"))
    assert kept.getvalue() == scan
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in kept["Content-Disposition"]
    assert "纸上手签" in text_of(client.get(address(firm, f"signatures/{row.pk}/")))


def test_an_older_version_and_another_order_are_named_and_nothing_is_signed(firm: Firm) -> None:
    hand_over(firm)
    old = printed(firm)
    give_back(firm, "finance")
    send_again(firm)
    other = another_order(firm, 7)
    hand_over(other)
    strange = printed(other)
    before, client = standing(firm), sign_in(firm, "hejing")
    stale = send(client, firm, entry(firm, old))
    assert stale.status_code == UNPROCESSABLE
    assert "这张纸是第 1 版，应签的是第 2 版" in text_of(stale)
    foreign = text_of(send(client, firm, entry(firm, photo(strange), "x.png")))
    number = other.handover.number
    assert f"这张纸是订单 SO-2026-0007 的交接单 {number} 第 1 版，不是这一份" in foreign or "另一张订单" in foreign
    unknown = text_of(send(client, firm, entry(firm, b"%PDF-1.7 x", code="0123-4567-89AB-CDEF")))
    assert "没有校验码为 0123-4567-89AB-CDEF 的交接单" in unknown
    assert standing(firm) == before


def test_a_form_that_the_reader_may_not_see_is_not_named(firm: Firm) -> None:
    hand_over(firm)
    other = another_order(firm, 7)
    hand_over(other)
    firm.departments["finance"].works_on_orders = False
    firm.departments["finance"].save()
    said = queries.other_paper(firm.actor("hejing"), firm.copy("finance"), other.form.check_value)
    assert said == "这张纸是另一张订单的交接单。"


def test_an_unreadable_scan_asks_for_the_code_and_is_not_asked_for_again(firm: Firm) -> None:
    hand_over(firm)
    client, before = sign_in(firm, "hejing"), standing(firm)
    answer = send(client, firm, entry(firm, b"%PDF-1.7 blurred", "模糊.pdf"))
    page = text_of(answer)
    assert answer.status_code == UNPROCESSABLE
    assert "没能从扫描件读出校验码" in page
    assert "已收到 模糊.pdf" in page
    assert standing(firm) == before
    token = page.partition('name="kept" value="')[2].partition('"')[0]
    code = verification_code(firm.form.check_value)
    forged = text_of(send(client, firm, entry(firm, None, kept=token + "abc", code=code)))
    assert "请选择纸质签字件的扫描件或照片" in forged
    again = send(client, firm, entry(firm, None, kept=token, code=code))
    assert again.status_code == DONE, re.findall(r'class="em">.*?</div>', text_of(again), re.DOTALL)
    assert PaperSigning.objects.get().scan_name == "模糊.pdf"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signer": "wangqiming"}, "选择"),
        ({"signed_on": "tomorrow"}, "签字日期应在"),
        ({"signed_on": "2020-01-01"}, "签字日期应在"),
        ({"password": "wrong"}, "密码不对"),
        ({"place": ""}, "必填"),
        ({"papers": ""}, "核对"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_signed(firm: Firm, changes: dict[str, str], sentence: str) -> None:
    hand_over(firm)
    before = standing(firm)
    if changes.get("signer"):
        changes = {"signer": str(firm.people[changes["signer"]].pk)}
    if changes.get("signed_on") == "tomorrow":
        changes = {"signed_on": (today() + timedelta(days=1)).isoformat()}
    answer = send(sign_in(firm, "hejing"), firm, entry(firm, printed(firm), **changes))
    assert answer.status_code == UNPROCESSABLE
    assert standing(firm) == before
    assert PaperSigning.objects.count() == 0
    assert "em" in text_of(answer)
    if sentence not in ("选择", "必填"):
        assert sentence in text_of(answer)


def test_a_giver_has_signed_no_paper_as_its_receiver(firm: Firm) -> None:
    firm.departments["finance"].head = firm.people["wumin"]
    firm.departments["finance"].save()
    hand_over(firm)
    copy, before = firm.copy("finance"), standing(firm)
    kept = Kept("x.pdf", "papers/x", 1, "0" * 64)
    paper = acts.Paper(firm.people["wumin"], today(), copy.form.check_value, kept, firm.people["sunqian"], "A")
    said: dict[str, Any] = {"check_value": copy.form.check_value, "points": ()}
    with pytest.raises(Refused) as refused:
        acts.accept_on_paper(copy, **said, ceremony=acts.Ceremony("", paper=paper), by=firm.actor("hejing"))
    assert [each.check for each in refused.value.refusals] == ["giver_is_not_receiver"]
    assert standing(firm) == before


def test_only_the_department_enters_a_paper_and_only_while_it_waits(firm: Firm) -> None:
    hand_over(firm)
    for who, status in (("wumin", FORBIDDEN), ("linxiaolan", FORBIDDEN), ("sunqian", FORBIDDEN), ("hejing", 200)):
        assert sign_in(firm, who).get(address(firm, "finance/paper/")).status_code == status, who
    accept(firm, "finance")
    assert sign_in(firm, "hejing").get(address(firm, "finance/paper/")).status_code == FORBIDDEN
    row = Signature.objects.get(role="receiver")
    assert sign_in(firm, "hejing").get(address(firm, f"signatures/{row.pk}/scan/")).status_code == MISSING


def test_a_paper_page_that_was_overtaken_begins_anew(firm: Firm) -> None:
    hand_over(firm)
    sent = entry(firm, printed(firm))
    give_back(firm, "finance")
    send_again(firm)
    before = standing(firm)
    answer = send(sign_in(firm, "hejing"), firm, sent)
    assert answer.status_code == CONFLICT
    assert "页面打开期间已换第 2 版" in text_of(answer)
    assert standing(firm) == before
