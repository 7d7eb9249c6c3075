"""What the worker states once the form that everybody has accepted lies there as a sealed file."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover import facts
from aftersign.chapters.handover.models import FormVersion
from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.acts.withdrawing import offer_instead
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.seal import keeping
from aftersign.kernel.seal.forms import Form, Made
from aftersign.kernel.seal.models import ToSeal
from aftersign.orders.models import Order

ACCEPTED = "handover.accepted"


def offer() -> None:
    """Say what people do instead of withdrawing a seal; called once, when the application starts."""
    offer_instead("handover.sealed", _("Withdraw the acceptance for which the form was sealed; the file is then void."))


def standing_acceptance(order_id: UUID) -> UUID | None:
    """The fact by which the handover of an order is accepted, None while it is not; two queries."""
    fact = journal.latest(order_id, ACCEPTED)
    return fact.id if fact else None


def state_sealed(form: Form, asked: ToSeal, made: Made) -> bool:
    """Keep the sealed file and state it, in one transaction; False when it is no longer what everybody has accepted."""
    order = Order.objects.get(pk=asked.unit_id)
    with clockwork(order, by=CLOCK):
        latest = FormVersion.objects.filter(order=order).latest("number")
        if standing_acceptance(order.pk) != asked.cause or latest.number != made.drawn.version:
            return False
        sealed = keeping.keep(form, asked, made)
        state(
            facts.Sealed(
                about=order,
                form=latest.check_value,
                version=latest.number,
                file=sealed.sha256,
                certificate=sealed.certificate,
                files=(sealed.sha256,),
            )
        )
    return True
