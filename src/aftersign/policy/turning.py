"""What a change of the calendar would move: the cases concerned, read with it and without, and written nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min

from aftersign.kernel.journal import queries
from aftersign.policy import engine
from aftersign.policy.cards import Card, cards
from aftersign.policy.engine import Case, Fact, World, read_case
from aftersign.policy.engine.names import CALENDAR
from aftersign.policy.models import Duty
from aftersign.policy.moments import moment
from aftersign.policy.preview import would_state
from aftersign.policy.standing import DERIVED, engine_fact, world
from aftersign.policy.waking import due_after, first_change

MOST, SHOWN = 300, 20
"""How many cases are read for a page, those with something due soonest in front, and how many duties it lists."""

_RELATED = ("order__customer", "owner", "owner_department", "edition")


@dataclass(frozen=True)
class Moved:
    """A duty that would be due at another time; `is_late` where that has passed already."""

    card: Card
    was: datetime
    is_late: bool


@dataclass(frozen=True)
class Moving:
    """What a change would move: `first` are listed, overdue ones in front. Of `cases` concerned so many were `read`."""

    first: tuple[Moved, ...] = ()
    earlier: int = 0
    later: int = 0
    late: int = 0
    cases: int = 0
    read: int = 0

    @property
    def total(self) -> int:
        """How many duties would move, among the cases that were read."""
        return self.earlier + self.later

    @property
    def unread(self) -> int:
        """How many cases with something due later were left out."""
        return self.cases - self.read


@dataclass(frozen=True)
class _Move:
    key: UUID
    was: int
    due: int


def moving(changed: Mapping[str, Any]) -> Moving:
    """What would move if the calendar were changed now, as `general.calendar_changed` says it; few queries."""
    company, _seen = world()
    first = first_change(company, changed)
    if first is None:
        return Moving()
    owed = due_after(first).order_by()
    nearest = owed.values_list("order").annotate(soonest=Min("due_at")).order_by("soonest", "order")
    wanted = [order for order, _soonest in nearest[:MOST]]
    cases = len(wanted) if len(wanted) < MOST else owed.values("order").distinct().count()
    turn = would_state(CALENDAR, {}, **changed)
    until = turn.entered
    moves = sorted(_moves(company, turn, wanted), key=lambda each: (each.due > until, each.due))
    earlier = sum(each.due < each.was for each in moves)
    return Moving(
        first=tuple(_shown(moves[:SHOWN], until)),
        earlier=earlier,
        later=len(moves) - earlier,
        late=sum(each.due <= until for each in moves),
        cases=cases,
        read=len(wanted),
    )


def _moves(company: World, turn: Fact, orders: Sequence[UUID | None]) -> Iterator[_Move]:
    after, until = company.turned(turn), turn.entered
    for facts in queries.of_orders(orders).values():
        read = [engine_fact(fact) for fact in facts if fact.name not in DERIVED]
        stood = _unfinished(read_case(company, read, until))
        for name, duty in _unfinished(read_case(after, read, until)).items():
            was = stood[name].due if name in stood else None
            if was is not None and duty.due is not None and duty.due != was:
                yield _Move(UUID(duty.key), was, duty.due)


def _unfinished(case: Case) -> dict[tuple[str, str], engine.Duty]:
    return {(duty.name, duty.opened_by): duty for duty in case.duties if duty.is_unfinished}


def _shown(moves: Sequence[_Move], until: int) -> Iterator[Moved]:
    rows = Duty.objects.select_related(*_RELATED).defer("edition__files").in_bulk([each.key for each in moves])
    known = [each for each in moves if each.key in rows]
    for each in known:
        rows[each.key].due_at = moment(each.due)
    for each, card in zip(known, cards(rows[each.key] for each in known), strict=True):
        yield Moved(card, moment(each.was), each.due <= until)
