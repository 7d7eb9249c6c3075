"""What may follow beside the signatures: the original contract goes to records, an accepted handover is corrected."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.chapters.handover import facts
from aftersign.chapters.handover.acts.signing import signer_of
from aftersign.chapters.handover.models import Correction, Handover, Original
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.vault.taking import Kept
from aftersign.orders.models import Order


@act("handover.receive_original", capability="handover.receive_original")
def receive_original(order: Order, *, keeper: Person, place: str, receipt: Kept, by: Actor) -> Order:
    """Records take the original contract into their keeping and say where it lies."""
    if Original.objects.filter(order=order).exists():
        raise Refused.because(_("The original of this contract is in the keeping of records already."))
    Original.objects.create(
        order=order,
        keeper=keeper,
        place=place,
        receipt=receipt.file,
        receipt_name=receipt.name,
        sha256=receipt.sha256,
        received_at=now(),
    )
    state(
        facts.OriginalReceived(
            about=order, keeper=keeper.pk, place=place, receipt=receipt.sha256, files=(receipt.sha256,)
        )
    )
    return order


@act("handover.correct", capability="handover.correct")
def correct(order: Order, *, item: str, old: str, new: str, cause: str, by: Actor) -> Order:
    """Put right something of an accepted handover; the signed text stays as it is, the correction stands beside it."""
    handover = Handover.objects.filter(order=order).exclude(accepted_at=None).first()
    if handover is None:
        raise Refused.because(_("The handover is not complete yet: correct the form itself and send it again."))
    Correction.objects.create(
        order=order, handover=handover, item=item, old=old, new=new, cause=cause, by=signer_of(by), at=now()
    )
    state(facts.Corrected(about=order, item=item, old=old, new=new, cause=cause))
    return order
