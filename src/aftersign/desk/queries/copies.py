"""The clock of the duty that a page is about: of a copy, or of the order's form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, Value, When

from aftersign.desk.queries.duties import Tick, ticks_of
from aftersign.desk.queries.work.lists import departments_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.units import registry
from aftersign.policy.cards import Card, cards
from aftersign.policy.models import UNFINISHED, Duty


@dataclass(frozen=True)
class Clock:
    """A duty and its line of time."""

    card: Card
    ticks: tuple[Tick, ...]


def clock_of(actor: Actor, unit: Any) -> Clock | None:
    """The clock of a duty about this very unit: an unfinished one of the reader's, else of others, else the latest."""
    name = registry.kind_of(unit).name
    order = registry.root_of(unit)
    rows = Duty.objects.filter(order=order.pk, unit=name, unit_id=str(unit.pk), room="handover")
    rows = rows.exclude(due_at=None, left="").annotate(place=_place_for(actor))
    related = rows.select_related("order", "owner__department", "owner_department")
    duty = related.order_by("place", "-opened_at", "term").first()
    if duty is None:
        return None
    card = cards([duty])[0]
    return Clock(card, ticks_of(card))


def _place_for(actor: Actor) -> Case:
    """Where a duty stands for a reader: first what they or their departments owe still, then what others owe."""
    unfinished, person = Q(state__in=UNFINISHED), actor.principal
    others = When(unfinished, then=Value(1))
    if person is None:
        return Case(others, default=Value(2))
    departments = departments_of(person)
    theirs = Q(owner_department__in=departments) | Q(owner__department__in=departments)
    owes = unfinished & Q(owner=person)
    return Case(When(owes, then=Value(-1)), When(unfinished & theirs, then=Value(0)), others, default=Value(2))
