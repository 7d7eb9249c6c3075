"""The acts by which an order is done: the customer has accepted, and nothing more is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.orders import facts
from aftersign.orders.acts import rows
from aftersign.orders.acts.halting import lapse
from aftersign.orders.entries import PaperEntry
from aftersign.orders.models import Order
from aftersign.orders.queries.days import first_minute, today
from aftersign.orders.rules import lacking

ACCEPTANCE = "acceptance"


@act("order.complete", capability="order.complete")
def complete(
    order: Order,
    *,
    acceptance: PaperEntry,
    accepted_by: str,
    accepted_on: date,
    warranty_until: date | None = None,
    by: Actor,
) -> Order:
    """The customer has accepted the delivery; `acceptance` is the proof, kept among the order's papers.

    An acceptance of an earlier day counts from that day's first minute. Raises `Refused` naming the fields at fault.
    """
    house = company()
    found = tuple(_faults(order, acceptance, accepted_by, accepted_on, warranty_until, today(house)))
    if found:
        raise Refused(found)
    proof = rows.paper(order, acceptance, by.person)
    proof.kind = ACCEPTANCE
    proof.save(force_insert=True)
    lapse(order)
    state(
        facts.Completed(
            about=order,
            at=None if accepted_on == today(house) else first_minute(accepted_on, house),
            files=(proof.sha256,),
            acceptance=proof.sha256,
            accepted_by=accepted_by.strip(),
            accepted_on=accepted_on,
            warranty_until=warranty_until,
        )
    )
    return order


@act("order.close", capability="order.close")
def close(order: Order, *, by: Actor) -> Order:
    """Nothing more is to be done on the order; from now on it only keeps what was done."""
    lapse(order)
    state(facts.Closed(about=order, closed_by=cast(Person, by.person).pk))
    return order


def _faults(
    order: Order, acceptance: PaperEntry, by_whom: str, on: date, warranty: date | None, this_day: date
) -> Iterator[Refusal]:
    if not acceptance.sha256:
        yield lacking("acceptance", _("Attach the proof of acceptance."))
    if not by_whom.strip():
        yield lacking("accepted_by", _("Write who accepted for the customer."))
    if on > this_day:
        yield lacking("accepted_on", _("Check the day of acceptance: %(day)s has not come yet.") % {"day": on})
    elif on < order.signed_on:
        said = {"day": on, "signed": order.signed_on}
        yield lacking(
            "accepted_on", _("Check the day of acceptance: %(day)s is before the day of signing, %(signed)s.") % said
        )
    if warranty and warranty < on:
        said = {"until": warranty, "day": on}
        yield lacking("warranty_until", _("Check the warranty: %(until)s is before the acceptance, %(day)s.") % said)
