"""Writing a signature under a version of the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from aftersign.chapters.handover.models import FormVersion, HandoverCopy, PaperSigning, Signature
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Stale
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.vault.taking import Kept


@dataclass(frozen=True)
class Paper:
    """A form signed by hand: who signed it and on which day, the code on it, its scan, and who keeps it where."""

    signer: Person
    signed_on: date
    code: str
    scan: Kept
    keeper: Person
    place: str


@dataclass(frozen=True)
class Ceremony:
    """What a signer declares, having proven who they are, and which parts of the text they have seen.

    With a `paper` it was signed by hand, and whoever has proven who they are enters it.
    """

    responsibility: str
    reservations: str = ""
    read: tuple[str, ...] = ()
    paper: Paper | None = None


def signer_of(by: Actor) -> Person:
    """The person who signs; raises `TypeError` for an actor that is nobody in person."""
    if by.person is None:
        raise TypeError("only a person signs")
    return by.person


def sign_under(
    form: FormVersion, *, check_value: str, ceremony: Ceremony, by: Actor, copy: HandoverCopy | None = None
) -> Signature:
    """Sign a version, for a copy as its receiver; raises `Stale` unless `check_value` (of what was read) is its own."""
    if check_value != form.check_value or not form.holds:
        raise Stale.because(_("There is a newer version of this form. Read what has changed, then sign that one."))
    paper = ceremony.paper
    person, for_whom = (paper.signer, None) if paper else (signer_of(by), by.on_behalf_of)
    parts = form.content.parts
    signature = Signature.objects.create(
        order_id=form.order_id,
        handover_id=form.handover_id,
        form=form,
        copy=copy,
        role=Signature.Role.RECEIVER if copy else Signature.Role.GIVER,
        person=person,
        name=person.name,
        on_behalf_of=for_whom,
        department=copy.department if copy else (for_whom or person).department,
        check_value=form.check_value,
        responsibility=ceremony.responsibility,
        reservations=ceremony.reservations,
        method=_method(ceremony, by),
        address=by.address,
        device=by.device,
        received_at=copy.received_at if copy else None,
        parts_read=len(set(ceremony.read) & set(parts)),
        parts=len(parts) if copy and not paper else 0,
        signed_at=now(),
    )
    if paper:
        _keep(paper, signature, by)
    return signature


def _method(ceremony: Ceremony, by: Actor) -> str:
    """How it was shown who signs."""
    if ceremony.paper:
        return Signature.Method.PAPER
    return Signature.Method.CODE if by.proof == Signature.Method.CODE else Signature.Method.PASSWORD


def _keep(paper: Paper, signature: Signature, by: Actor) -> None:
    PaperSigning.objects.create(
        order_id=signature.order_id,
        signature=signature,
        signed_on=paper.signed_on,
        keeper=paper.keeper,
        place=paper.place,
        scan=paper.scan.file,
        scan_name=paper.scan.name,
        sha256=paper.scan.sha256,
        entered_by=signer_of(by),
    )
