"""The clock of the duty that a page is about: of a copy, or of the order's form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aftersign.desk.queries.duties import Tick, ticks_of
from aftersign.kernel.units import registry
from aftersign.policy.cards import Card, cards
from aftersign.policy.models import Duty


@dataclass(frozen=True)
class Clock:
    """A duty and its line of time."""

    card: Card
    ticks: tuple[Tick, ...]


def clock_of(unit: Any) -> Clock | None:
    """The clock of the latest duty about this very unit, None where it has none."""
    name = registry.kind_of(unit).name
    order = registry.root_of(unit)
    rows = Duty.objects.filter(order=order.pk, unit=name, unit_id=str(unit.pk), room="handover")
    rows = rows.exclude(due_at=None, left="")
    duty = rows.select_related("order", "owner__department", "owner_department").order_by("-opened_at", "term").first()
    if duty is None:
        return None
    card = cards([duty])[0]
    return Clock(card, ticks_of(card))
