"""Writing a signature under a version of the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aftersign.chapters.handover.models import FormVersion, HandoverCopy, Signature
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Stale
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person


@dataclass(frozen=True)
class Ceremony:
    """What a signer declares, having proven who they are by `method`."""

    responsibility: str
    reservations: str = ""
    method: str = "password"


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
    person = signer_of(by)
    return Signature.objects.create(
        order_id=form.order_id,
        handover_id=form.handover_id,
        form=form,
        copy=copy,
        role=Signature.Role.RECEIVER if copy else Signature.Role.GIVER,
        person=person,
        on_behalf_of=by.on_behalf_of,
        department=copy.department if copy else (by.on_behalf_of or person).department,
        check_value=form.check_value,
        responsibility=ceremony.responsibility,
        reservations=ceremony.reservations,
        method=ceremony.method,
        address=by.address,
        device=by.device,
        signed_at=now(),
    )
