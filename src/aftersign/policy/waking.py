"""Facts of the company that change duties in many cases: they wake the cases concerned, for a worker to derive anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aftersign.kernel.clock import now
from aftersign.kernel.journal.chain import Pending
from aftersign.kernel.journal.models import Entry
from aftersign.policy.engine import World
from aftersign.policy.engine.names import CALENDAR, LEARNED, PERSON_LEFT, POST_NAMED, WITHDRAWN
from aftersign.policy.models import UNFINISHED, CaseClock, Duty, DutyState

CHANGES_OF_POLICY = frozenset({"policy.took_effect", "policy.was_replaced", "policy.room_installed"})
"""Facts after which the company's own case is read anew, because they change the policy that reads it."""

WAKING = CHANGES_OF_POLICY | {CALENDAR, PERSON_LEFT, POST_NAMED, WITHDRAWN}
"""Facts of the company after which duties that nobody touched stand otherwise."""


def wake(facts: Iterable[Pending], world: World) -> None:
    """Have the cases that these facts of the company concern derived anew by whichever worker comes first."""
    waking = [fact for fact in facts if fact.name in WAKING]
    if waking and not CaseClock.objects.filter(order=None).update(next_step_at=now()):
        CaseClock.objects.create(order=None, next_step_at=now())
    for fact in waking:
        if fact.name not in CHANGES_OF_POLICY:
            _wake(_concerned(fact, world))


def waking_since(seen: int) -> QuerySet[Entry]:
    """The facts that wake cases which the company has stated after a place in the journal."""
    return Entry.objects.filter(order_id=None, sequence__gt=seen, fact__in=WAKING)


def _wake(clocks: QuerySet[CaseClock]) -> None:
    """One statement; rows are locked in one order, so that two such facts never wait for each other."""
    locked = clocks.order_by("pk").select_for_update(of=("self",)).values("pk")
    CaseClock.objects.filter(pk__in=locked).update(next_step_at=now())


def _concerned(fact: Pending, world: World) -> QuerySet[CaseClock]:
    """The clocks of the orders whose unfinished duties a fact of the company changes."""
    clocks = CaseClock.objects.all()
    if fact.name == PERSON_LEFT:
        owed = Duty.objects.filter(owner_id=UUID(fact.unit_id), state__in=UNFINISHED)
        return clocks.filter(order__in=owed.exclude(order=None).values("order"))
    if fact.name == POST_NAMED:
        owed = Duty.objects.filter(without_owner=True, state__in=UNFINISHED)
        return clocks.filter(order__in=owed.exclude(order=None).values("order"))
    if fact.name == CALENDAR:
        return _counting_across(world, fact.payload)
    told = Entry.objects.filter(id=fact.units.get("fact", ""), fact__in=LEARNED)
    return clocks if told.exists() else clocks.none()


def _counting_across(world: World, changed: Mapping[str, Any]) -> QuerySet[CaseClock]:
    """The clocks of the cases in which something open is due on or after the first day that is changed."""
    first = first_change(world, changed)
    if first is None:
        return CaseClock.objects.none()
    owed = due_after(first).exclude(order=None)
    return CaseClock.objects.filter(Q(next_step_at__gt=first) | Q(order__in=owed.values("order")))


def first_change(world: World, changed: Mapping[str, Any]) -> datetime | None:
    """A moment before the first day on which a change of the calendar makes a difference; None where it makes none."""
    days = world.calendar().differing(world.calendar_with(changed))
    if not days:
        return None
    return datetime.combine(date.fromordinal(days[0] - 1), time.min, UTC)  # early enough in every time zone


def due_after(first: datetime) -> QuerySet[Duty]:
    """The open duties that a change of the calendar from such a moment on may move."""
    return Duty.objects.filter(state=DutyState.OPEN, due_at__gt=first)
