"""The company's keys as a page of settings: what signs the journal, what seals its forms, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator, auditor
from aftersign.kernel.clock import now
from aftersign.kernel.journal.proof import keys
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.seal import certificates
from aftersign.kernel.seal.certificates import Certificate
from aftersign.kernel.seal.faults import NoSeal
from aftersign.kernel.seal.wording import grouped
from aftersign.kernel.shell import settings_pages
from aftersign.kernel.shell.responses import page_or_part

READERS = administrator | auditor


@dataclass(frozen=True)
class Sealing:
    """A certificate as the page shows it; `fault` says why it seals nothing now."""

    certificate: Certificate
    fingerprint: str
    fault: str


@dataclass(frozen=True)
class Ring:
    """All keys, the newest first; a fault says what of them cannot be read."""

    journal: tuple[keys.Record, ...] = ()
    journal_fault: str = ""
    certificates: tuple[Sealing, ...] = ()
    certificate_fault: str = ""


@require_safe
@login_required
def ring(request: HttpRequest) -> HttpResponse:
    """The keys with their fingerprints, to be compared and taken out."""
    _only_readers(request)
    return page_or_part(request, "shell/keys.html", ring=_ring())


@require_safe
@login_required
def public_keys(request: HttpRequest) -> HttpResponse:
    """What everybody may know of the keys of the journal, one a line, as it is exported with it; the newest first."""
    _only_readers(request)
    text = "".join(f"{each.text}\n" for each in _ring().journal)
    return _file("journal-keys.jsonl", "application/jsonl", text.encode())


@require_safe
@login_required
def public_certificates(request: HttpRequest) -> HttpResponse:
    """The certificates with the chains of their issuers, the newest first; their keys stay where they are."""
    _only_readers(request)
    content = b"".join(each.certificate.path.read_bytes() for each in _ring().certificates)
    return _file("certificates.pem", "application/x-pem-file", content)


def may_read(actor: Actor) -> bool:
    """Whether somebody finds the keys among the settings."""
    return READERS.test(actor.standing, None)


def offer() -> None:
    """Put the keys among the settings."""
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.SECURITY,
            "shell:keys",
            gettext_lazy("Keys"),
            "shield",
            gettext_lazy("What signs the journal and seals the forms, since when, with fingerprints and public keys."),
            75,
            shown=may_read,
        )
    )


def _ring() -> Ring:
    journal: tuple[keys.Record, ...] = ()
    sealing: tuple[Sealing, ...] = ()
    journal_fault = certificate_fault = ""
    try:
        journal = tuple(reversed(keys.records()))
    except NoCheckpoint as fault:
        journal_fault = str(fault)
    try:
        sealing = tuple(_sealing(each) for each in reversed(certificates.kept()))
    except NoSeal as fault:
        certificate_fault = str(fault)
    return Ring(journal, journal_fault, sealing, certificate_fault)


def _sealing(each: Certificate) -> Sealing:
    fault = "" if each.is_valid(now()) else _("not valid today")
    try:
        certificates.key_of(each)
    except NoSeal:
        fault = _("its key is missing or cannot be read")
    return Sealing(each, grouped(each.fingerprint), fault)


def _file(name: str, kind: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _only_readers(request: HttpRequest) -> None:
    if not may_read(request.actor):  # type: ignore[attr-defined]
        raise PermissionDenied(_("Administrators and auditors look at the keys."))
