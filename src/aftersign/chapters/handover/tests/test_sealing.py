"""The accepted form is sealed by the worker, once, with all its signatures; the page says how far that is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.readers.sealing import FORM, READER
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_main_line import RECEIVERS, accept, give_back, hand_over, send_again
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal import readers
from aftersign.kernel.journal.proof import files
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.org.models import Person
from aftersign.kernel.print.tests.pages import plain
from aftersign.kernel.seal import certificates, forms
from aftersign.kernel.seal.models import SealedForm, ToSeal
from aftersign.kernel.seal.tests.rig import is_sound, pdfsig
from aftersign.kernel.seal.working import seal_next
from aftersign.kernel.vault import places
from aftersign.orders.models import Order

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _operating(firm: Firm, certified: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's own account, under whose name the worker prints, and this room's reader alone."""
    Person.objects.create(account="operating", name="AfterSign", is_operating=True, is_active=False)
    monkeypatch.setattr(readers, "_readers", {READER: readers._readers[READER]})


def all_accept(firm: Firm) -> None:
    """Hand over, and let everybody sign."""
    hand_over(firm)
    for code in RECEIVERS:
        accept(firm, code)


def work() -> None:
    """What a worker does until nothing waits."""
    readers.run_readers()
    while seal_next():
        continue


def content_of(sealed: SealedForm) -> bytes:
    """The bytes that lie in the vault."""
    return places.path_of(str(sealed.file)).read_bytes()


def test_nothing_is_sealed_before_everybody_has_accepted(firm: Firm) -> None:
    hand_over(firm)
    accept(firm, "project")
    work()
    assert ToSeal.objects.count() == 0
    assert "签章" not in text_of(sign_in(firm, "wumin").get(address(firm)))


def test_the_accepted_form_is_sealed_with_all_signatures_and_stated(firm: Firm) -> None:
    all_accept(firm)
    work()
    sealed = SealedForm.objects.get()
    content = content_of(sealed)
    assert is_sound(content)
    paper = plain(content)
    assert "签字（第1版，已签4/4）" in paper
    for name in ("吴敏", "林晓岚", "周岩", "何静"):
        assert name in paper
    assert "本文件以公司自有证书（恒信科技有限公司）签章" in paper
    assert certificates.current().fingerprint.upper() in paper
    stated = journal.latest(firm.order.pk, "handover.sealed")
    assert stated is not None
    assert stated.payload == {
        "form": firm.form.check_value,
        "version": 1,
        "file": sealed.sha256,
        "certificate": sealed.certificate,
    }
    assert (stated.actor_kind, stated.files) == ("clock", [sealed.sha256])
    assert (sealed.number, sealed.version, sealed.category) == (firm.handover.number, 1, "project_papers")
    work()
    assert firm.facts("handover.sealed") == ["handover.sealed"]


@pytest.mark.pdfsig
def test_a_foreign_reader_accepts_the_form(firm: Firm, tmp_path: Path) -> None:
    all_accept(firm)
    work()
    said = pdfsig(content_of(SealedForm.objects.get()), tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said


def test_a_version_that_was_replaced_meanwhile_is_not_sealed(firm: Firm) -> None:
    hand_over(firm)
    give_back(firm, "finance")
    send_again(firm)
    for code in RECEIVERS:
        accept(firm, code)
    work()
    assert [each.version for each in SealedForm.objects.all()] == [2]
    assert "延迟不超过5秒" in plain(content_of(SealedForm.objects.get()))


def test_what_is_accepted_no_longer_is_not_sealed(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when that comes about between printing and keeping."""
    all_accept(firm)
    readers.run_readers()
    stands = journal.latest(firm.order.pk, "handover.accepted")
    assert stands is not None
    draw = FORM.draw

    def slow(asked: ToSeal, seal: str) -> forms.Drawn | None:
        drawn = draw(asked, seal)
        monkeypatch.setattr("aftersign.chapters.handover.acts.sealing.journal.latest", lambda *given: None)
        return drawn

    monkeypatch.setattr(forms, "_forms", {FORM.name: replace(FORM, draw=slow)})
    assert seal_next()
    assert SealedForm.objects.count() == 0
    assert firm.facts("handover.sealed") == []
    monkeypatch.setattr(forms, "_forms", {FORM.name: FORM})
    ToSeal.objects.update(next_at=now())
    assert seal_next()
    assert ToSeal.objects.get().state == "dropped"
    assert not seal_next()


def test_a_newer_version_under_the_same_acceptance_is_never_taken_for_it(firm: Firm) -> None:
    all_accept(firm)
    readers.run_readers()
    asked = ToSeal.objects.get()
    other = forms.Drawn(b"", firm.handover.number, 7)
    made = forms.Made(other, None, asked.claim, "", "", False, now())  # type: ignore[arg-type]
    assert FORM.keep(asked, made) is False
    assert SealedForm.objects.count() == 0


def test_the_page_says_how_far_the_seal_is_and_then_gives_the_file(firm: Firm) -> None:
    all_accept(firm)
    client = sign_in(firm, "wumin")
    for stage in (lambda: None, readers.run_readers):
        stage()
        page = text_of(client.get(address(firm)))
        assert "签章中" in page
        assert f'hx-get="{address(firm, "versions/1/seal/")}"' in page
        assert 'hx-trigger="every 2s"' in page
        assert "刷新" in page
    assert "签章中" in text_of(client.get(address(firm, "versions/1/seal/"), headers=HTMX))
    work()
    sealed = SealedForm.objects.get()
    for page in (
        text_of(client.get(address(firm))),
        text_of(client.get(address(firm, "versions/1/seal/"), headers=HTMX)),
    ):
        assert "已签章" in page
        assert sealed.sha256 in page
        assert "project_papers" in page
        assert address(firm, "versions/1/sealed.pdf") in page
        assert "hx-get" not in page.partition('id="seal"')[2].partition("</section>")[0]


def test_without_htmx_the_card_leads_to_the_page(firm: Firm) -> None:
    all_accept(firm)
    found = sign_in(firm, "wumin").get(address(firm, "versions/1/seal/"))
    assert (found.status_code, found.headers["Location"]) == (302, address(firm))


def test_a_reason_and_the_next_attempt_stand_on_the_page(firm: Firm) -> None:
    all_accept(firm)
    certificates.current().key_path.unlink()
    work()
    page = text_of(sign_in(firm, "wumin").get(address(firm)))
    assert "尚未签章" in page
    assert "公司证书的私钥缺失" in page
    assert 'hx-trigger="every 30s"' in page
    assert str(certificates.current().key_path) not in page
    assert firm.facts("handover.sealed") == []


def test_the_file_is_given_to_whoever_may_read_the_form(firm: Firm) -> None:
    all_accept(firm)
    assert sign_in(firm, "wumin").get(address(firm, "versions/1/sealed.pdf")).status_code == 404
    work()
    got = sign_in(firm, "linxiaolan").get(address(firm, "versions/1/sealed.pdf"))
    assert got.headers["Content-Disposition"] == f'attachment; filename="{firm.handover.number}-1.pdf"'
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(got) == content_of(SealedForm.objects.get())
    quality = firm.departments["quality"]
    quality.works_on_orders = False
    quality.save()
    stranger = sign_in(firm, "zhaoping")
    for page in ("versions/1/sealed.pdf", "versions/1/seal/"):
        assert stranger.get(address(firm, page)).status_code == 404
    document = f"/orders/documents/{SealedForm.objects.get().pk}/file/"
    assert stranger.get(document).status_code == 404
    assert sign_in(firm, "wumin").get(document).status_code == 200


def test_a_department_without_orders_gets_the_file_of_the_version_it_holds(firm: Firm) -> None:
    quality = firm.departments["quality"]
    quality.works_on_orders = False
    quality.save()
    hand_over(firm, recipients=(quality,))
    for code in RECEIVERS:
        accept(firm, code)
    accept(firm, "quality", by="zhaoping")
    work()
    client = sign_in(firm, "zhaoping")
    assert client.get(address(firm, "versions/1/sealed.pdf")).status_code == 200
    assert "已签章" in text_of(client.get(address(firm, "versions/1/seal/"), headers=HTMX))


def test_the_case_file_lists_the_document_with_its_class(firm: Firm) -> None:
    all_accept(firm)
    client, page = sign_in(firm, "wumin"), f"/orders/{firm.order.number}/"
    assert "系统生成的文档" not in text_of(client.get(page))
    work()
    sealed = SealedForm.objects.get()
    shown = text_of(client.get(page))
    for each in ("系统生成的文档", f"订单交接单 {firm.handover.number}", f"/orders/documents/{sealed.pk}/file/"):
        assert each in shown
    assert "已失效" not in shown
    SealedForm.objects.update(voided_at=now())
    assert "作废" in text_of(client.get(page))
    assert "签章中" in text_of(client.get(address(firm)))


def test_verify_looks_at_the_file(firm: Firm) -> None:
    all_accept(firm)
    work()
    sealed = SealedForm.objects.get()
    path, report = places.path_of(str(sealed.file)), Report()
    files.look(report, ())
    assert not [each for each in report.problems if str(sealed.file) in each.what]
    path.write_bytes(path.read_bytes() + b" ")
    changed = Report()
    files.look(changed, ())
    found = [each for each in changed.problems if str(sealed.file) in each.what]
    stated = journal.latest(firm.order.pk, "handover.sealed")
    assert stated is not None
    assert [(each.kind, each.sequence) for each in found] == [("file_changed", stated.sequence)]


def test_a_form_of_sixty_character_names_is_sealed(firm: Firm) -> None:
    Person.objects.filter(pk=firm.people["linxiaolan"].pk).update(name="林" * 60)
    all_accept(firm)
    work()
    assert is_sound(content_of(SealedForm.objects.get()))


def test_orders_that_were_accepted_before_are_sealed_too(firm: Firm) -> None:
    """A house that begins to seal tells its reader what was stated before."""
    all_accept(firm)
    readers.catch_up(READER)
    readers.start_again(READER)
    work()
    assert SealedForm.objects.count() == 1


def test_what_was_poured_in_is_passed_over(firm: Firm) -> None:
    all_accept(firm)
    readers.pass_over()
    work()
    assert ToSeal.objects.count() == 0
    assert readers.backlog(READER) == 0


def test_the_page_asks_the_database_once_more_for_the_seal(firm: Firm, django_assert_num_queries: object) -> None:
    all_accept(firm)
    work()
    order = Order.objects.get(pk=firm.order.pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        sealing = queries.sealing_of(order)
        assert sealing.sealed is not None
        assert (sealing.why_not, sealing.next_at) == ("", None)
