"""Rows of derived duties: the difference between what a reading says and what the database holds, written in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q

from aftersign.kernel.clock import now
from aftersign.policy import engine
from aftersign.policy.editions import store
from aftersign.policy.engine import Case
from aftersign.policy.models import CaseClock, Duty, DutyState, ShownBreach
from aftersign.policy.moments import moment, moment_or_none
from aftersign.policy.told import untold
from aftersign.policy.waking import waking_since

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

NAMES = ("id", *FIELDS)
_PLACE = {name: place for place, name in enumerate(NAMES)}
_COLUMNS = {name: Duty._meta.get_field(name).name for name in FIELDS}

Values = tuple[Any, ...]
"""A duty as values of its columns: the id, then `FIELDS`."""

Came = Mapping[UUID | None, datetime | None]
"""The times of the clocks for which a worker takes these cases; it has told everything that has come."""


@dataclass(frozen=True)
class Difference:
    """What of the rows of some cases is other than their readings say."""

    fresh: list[Values]
    changed: list[tuple[Values, Values]]
    gone: list[Values]


def write(
    cases: Mapping[UUID | None, Case],
    *,
    seen: int | None = None,
    came: Came | None = None,
    found: Difference | None = None,
) -> None:
    """Make the rows of these cases equal to their readings: a handful of queries, however many cases.

    `found` is their difference, where that is known already, `seen` the place up to which the readings know the
    company. A case with something to tell, or which the company has woken since, is due now; one that is due already
    is left to the worker.
    """
    apply(found or difference(cases))
    _set_clocks(cases, {step.order_id for step in untold(cases)} if came is None else set(), came, seen)


def difference(cases: Mapping[UUID | None, Case]) -> Difference:
    """What would have to be written; one query."""
    before = {row[0]: row for row in Duty.objects.filter(of_cases(cases)).values_list(*NAMES)}
    fresh, changed = [], []
    for order_id, case in cases.items():
        for row in values(order_id, case):
            stood = before.pop(row[0], None)
            if stood is None:
                fresh.append(row)
            elif stood != row:
                changed.append((stood, row))
    return Difference(fresh, changed, list(before.values()))


def apply(found: Difference) -> None:
    """Write a difference with one statement, and of rows that stand no column in which none of them differs."""
    written = [_duty(row) for row in (*found.fresh, *(row for _stood, row in found.changed))]
    names = sorted({_COLUMNS[name] for stood, row in found.changed for name in differing(stood, row)})
    if names:
        Duty.objects.bulk_create(
            written, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=names
        )
    else:
        Duty.objects.bulk_create(written, batch_size=500)
    if found.gone:
        Duty.objects.filter(pk__in=[row[0] for row in found.gone]).delete()
    _note_shown_breaches([*found.changed, *((row, None) for row in found.gone)])


def differing(one: Values, other: Values) -> tuple[str, ...]:
    """Names of the columns in which two rows of one duty differ."""
    return tuple(name for name, left, right in zip(NAMES, one, other, strict=True) if left != right)


def derived(order_id: UUID | None, case: Case) -> list[Duty]:
    """The rows that a reading of a case calls for, not written."""
    return [_duty(row) for row in values(order_id, case)]


def _duty(row: Values) -> Duty:
    return Duty(**dict(zip(NAMES, row, strict=True)))


def values(
    order_id: UUID | None,
    case: Case,
    id_of: Callable[[str], Any] = UUID,
    moment_of: Callable[[int], Any] = moment,
) -> Iterator[tuple[Any, ...]]:
    """The same as values of the columns; ids and moments as whoever takes them wants them."""
    for duty in case.duties:
        yield _values(order_id, duty, id_of, moment_of)


def _values(
    order_id: UUID | None, duty: engine.Duty, id_of: Callable[[str], Any], moment_of: Callable[[int], Any]
) -> tuple[Any, ...]:
    owner, department = duty.owner, duty.owner_department
    term = store.rulebook_of(duty.edition).terms[duty.term]
    return (
        id_of(duty.key),
        order_id,
        id_of(duty.edition),
        duty.term,
        term.clause,
        term.room,
        term.severity,
        duty.unit_kind,
        duty.unit,
        duty.period or "",
        id_of(duty.opened_by),
        moment_of(duty.opened),
        None if duty.due is None else moment_of(duty.due),
        duty.left or "",
        duty.state,
        duty.extended,
        None if duty.closed is None else moment_of(duty.closed),
        id_of(duty.closed_by) if duty.closed_by else None,
        None if duty.breached is None else moment_of(duty.breached),
        id_of(owner) if owner else None,
        id_of(department) if department else None,
        duty.without_owner,
        duty.cause or "",
    )


def of_cases(cases: Mapping[UUID | None, Any]) -> Q:
    """The rows that belong to these cases."""
    found = Q(order__in=[order_id for order_id in cases if order_id])
    return found | Q(order=None) if None in cases else found


def _note_shown_breaches(changed: Iterable[tuple[Values, Values | None]]) -> None:
    """Where a later entry turns a shown breach into something else, or into nothing, keep when it was shown."""
    state, breached = _PLACE["state"], _PLACE["breached_at"]
    ShownBreach.objects.bulk_create(
        ShownBreach(duty_id=stood[0], from_at=stood[breached], until=now())
        for stood, row in changed
        if stood[state] == DutyState.BREACHED and stood[breached] and (row is None or row[breached] is None)
    )


def _set_clocks(
    cases: Mapping[UUID | None, Case], waiting: set[UUID | None], came: Came | None, seen: int | None
) -> None:
    clocks, is_woken = _clocks(cases, seen)
    fresh, moved = [], []
    for order_id, case in cases.items():
        at = now() if is_woken or order_id in waiting else moment_or_none(case.next_step_at)
        row = clocks.get(order_id)
        if row is None:
            fresh.append(CaseClock(order_id=order_id, next_step_at=at))
        elif row.next_step_at != at and not _is_for_others(row, came):
            row.next_step_at = at
            moved.append(row)
    CaseClock.objects.bulk_create(fresh)
    if len(moved) == 1:
        moved[0].save(update_fields=["next_step_at"])
    else:
        CaseClock.objects.bulk_update(moved, ["next_step_at"])


def _clocks(cases: Mapping[UUID | None, Case], seen: int | None) -> tuple[dict[UUID | None, CaseClock], bool]:
    """The clocks of these cases, and whether the company has woken any case after the place `seen`.

    Locked, so that a clock that the company sets meanwhile is seen here, or set after this.
    """
    rows = CaseClock.objects.select_for_update().filter(of_cases(cases)).order_by("pk")
    if seen is None:
        return {row.order_id: row for row in rows}, False
    known = list(rows.annotate(is_woken=Exists(waking_since(seen))))
    is_woken = known[0].is_woken if known else waking_since(seen).exists()
    return {row.order_id: row for row in known}, is_woken


def _is_for_others(clock: CaseClock, came: Came | None) -> bool:
    """Whether a worker must still come for what this clock says: an act leaves all that to it."""
    at = clock.next_step_at
    return at is not None and at <= now() and (came is None or came.get(clock.order_id) != at)
