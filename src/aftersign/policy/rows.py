"""Rows of derived duties: the difference between what a reading says and what the database holds, written in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from aftersign.kernel.clock import now
from aftersign.policy import engine
from aftersign.policy.editions import store
from aftersign.policy.engine import Case
from aftersign.policy.models import CaseClock, Duty, DutyState, ShownBreach
from aftersign.policy.moments import moment, moment_or_none
from aftersign.policy.told import untold
from aftersign.policy.waking import woken_since

FIELDS = (
    "order_id",
    "edition_id",
    "term",
    "clause",
    "room",
    "severity",
    "unit",
    "unit_id",
    "period",
    "opened_by",
    "opened_at",
    "due_at",
    "left",
    "state",
    "extended",
    "closed_at",
    "closed_by",
    "breached_at",
    "owner_id",
    "owner_department_id",
    "without_owner",
    "cause",
)

_COLUMNS = [Duty._meta.get_field(name).name for name in FIELDS]


Came = Mapping[UUID | None, datetime | None]
"""The times of the clocks for which a worker takes these cases; it has told everything that has come."""


def write(cases: Mapping[UUID | None, Case], *, seen: int | None = None, came: Came | None = None) -> None:
    """Make the rows of these cases equal to their readings: a handful of queries, however many cases.

    `seen` is the place up to which the readings know the company. A case with something to tell, or which the company
    has woken since, is due now; one that is due already is left to the worker.
    """
    before = {row.pk: row for row in Duty.objects.filter(of_cases(cases))}
    after = {row.pk: row for order_id, case in cases.items() for row in derived(order_id, case)}
    changed = [row for pk, row in after.items() if pk in before and differs(before[pk], row)]
    Duty.objects.bulk_create([row for pk, row in after.items() if pk not in before])
    if changed:
        Duty.objects.bulk_update(changed, _COLUMNS)
    if gone := before.keys() - after.keys():
        Duty.objects.filter(pk__in=gone).delete()
    _note_shown_breaches(before, after)
    waiting = {step.order_id for step in untold(cases)} if came is None else set()
    if seen is not None and woken_since(seen):
        waiting |= cases.keys()
    _set_clocks(cases, waiting, came)


def derived(order_id: UUID | None, case: Case) -> list[Duty]:
    """The rows that a reading of a case calls for."""
    return [_row(order_id, duty) for duty in case.duties]


def differs(one: Duty, other: Duty) -> list[str]:
    """Names of the columns in which two rows of one duty differ."""
    return [name for name in FIELDS if getattr(one, name) != getattr(other, name)]


def _row(order_id: UUID | None, duty: engine.Duty) -> Duty:
    term = store.rulebook_of(duty.edition).terms[duty.term]
    return Duty(
        id=engine.duty_key(duty.term, duty.unit, duty.opened_by, duty.period),
        order_id=order_id,
        edition_id=UUID(duty.edition),
        term=duty.term,
        clause=term.clause,
        room=term.room,
        severity=term.severity,
        unit=duty.unit_kind,
        unit_id=duty.unit,
        period=duty.period or "",
        opened_by=UUID(duty.opened_by),
        opened_at=moment(duty.opened),
        due_at=moment_or_none(duty.due),
        left=duty.left or "",
        state=duty.state,
        extended=duty.extended,
        closed_at=moment_or_none(duty.closed),
        closed_by=UUID(duty.closed_by) if duty.closed_by else None,
        breached_at=moment_or_none(duty.breached),
        owner_id=UUID(duty.owner) if duty.owner else None,
        owner_department_id=UUID(duty.owner_department) if duty.owner_department else None,
        without_owner=duty.without_owner,
        cause=duty.cause or "",
    )


def of_cases(cases: Mapping[UUID | None, Any]) -> Q:
    """The rows that belong to these cases."""
    found = Q(order__in=[order_id for order_id in cases if order_id])
    return found | Q(order=None) if None in cases else found


def _note_shown_breaches(before: Mapping[UUID, Duty], after: Mapping[UUID, Duty]) -> None:
    """Where a later entry turns a shown breach into something else, keep from when to when it was shown."""
    ShownBreach.objects.bulk_create(
        ShownBreach(duty_id=pk, from_at=old.breached_at, until=now())
        for pk, old in before.items()
        if old.state == DutyState.BREACHED and old.breached_at and pk in after and after[pk].breached_at is None
    )


def _set_clocks(cases: Mapping[UUID | None, Case], waiting: set[UUID | None], came: Came | None) -> None:
    """Locked, so that a clock that the company sets meanwhile is seen here, or set after this."""
    clocks = {row.order_id: row for row in CaseClock.objects.select_for_update().filter(of_cases(cases)).order_by("pk")}
    fresh, moved = [], []
    for order_id, case in cases.items():
        at = now() if order_id in waiting else moment_or_none(case.next_step_at)
        row = clocks.get(order_id)
        if row is None:
            fresh.append(CaseClock(order_id=order_id, next_step_at=at))
        elif row.next_step_at != at and not _is_for_others(row, came):
            row.next_step_at = at
            moved.append(row)
    CaseClock.objects.bulk_create(fresh)
    CaseClock.objects.bulk_update(moved, ["next_step_at"])


def _is_for_others(clock: CaseClock, came: Came | None) -> bool:
    """Whether a worker must still come for what this clock says: an act leaves all that to it."""
    at = clock.next_step_at
    return at is not None and at <= now() and (came is None or came.get(clock.order_id) != at)
