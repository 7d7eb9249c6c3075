"""What follows from the facts of the handover outside of its acts: an accepted form is sealed by the worker."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.acts.sealing import ACCEPTED, standing_acceptance, state_sealed
from aftersign.chapters.handover.printing import print_form
from aftersign.kernel.access.actor import operating
from aftersign.kernel.journal import readers
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.seal import forms, waiting
from aftersign.kernel.seal.models import ToSeal
from aftersign.kernel.units.addresses import origin
from aftersign.orders.models import Order

CATEGORY = "project_papers"
"""The class of documents to which a sealed handover form belongs, in the policy's words."""
READER = "handover.sealing"


def register() -> None:
    """Offer the form to whoever seals, and listen for acceptances; called once, when the application starts."""
    forms.offer(FORM)
    readers.register(readers.Reader(name=READER, read=listen, facts=frozenset({ACCEPTED, WITHDRAWN}), private=False))


def listen(facts: Sequence[Recorded]) -> None:
    """Leave for each order concerned what is to be sealed now: the form of the acceptance that stands, or nothing."""
    for order_id in dict.fromkeys(fact.order_id for fact in facts if fact.order_id):
        cause = standing_acceptance(order_id)
        waiting.let_stand(queries.SEALED_FORM, ("order", str(order_id)), order_id=order_id, cause=cause)


def draw(asked: ToSeal, seal: str) -> forms.Drawn | None:
    """The accepted form on paper, with all its signatures; None when it is accepted no longer, or by another fact."""
    order = Order.objects.select_related("customer", "sales_owner__department").get(pk=asked.unit_id)
    standing = queries.standing(order)
    if standing.form is None or standing_acceptance(order.pk) != asked.cause:
        return None
    printed = print_form(standing, standing.form, origin=origin(), by=operating().name, seal=seal)
    return forms.Drawn(printed.pdf, standing.form.handover.number, standing.form.number)


def keep(asked: ToSeal, made: forms.Made) -> bool:
    """Keep the sealed file and state it; False when it is no longer what everybody has accepted."""
    return state_sealed(FORM, asked, made)


FORM = forms.Form(queries.SEALED_FORM, _("Order handover form"), CATEGORY, draw, keep)
