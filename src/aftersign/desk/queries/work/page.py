"""My work as one person finds it: lists, the duties of the open one in groups, figures, and their orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet, Window

from aftersign.desk.queries.hearers import Hearing, hearings_of
from aftersign.desk.queries.work import lists
from aftersign.desk.queries.work.away import Away, away_of
from aftersign.desk.queries.work.days import BEFORE, OVERDUE, THIS, TODAY, Ends
from aftersign.desk.queries.work.lists import AWAY, BELOW, DEPARTMENT, MINE
from aftersign.desk.queries.work.orders import MyOrders, orders_of
from aftersign.desk.queries.work.tally import Line, Tally, grouped, some, tally_of
from aftersign.desk.queries.work.waiting import remember
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.cards import Card, cards
from aftersign.policy.figures import Figure
from aftersign.policy.models import UNFINISHED, Duty, DutyState

MET = (DutyState.DONE, DutyState.DONE_LATE, DutyState.BREACHED)
DUE = F("due_at").asc(nulls_last=True)
_NOT_SHOWN = tuple(
    f"owner__{each.name}" for each in Person._meta.concrete_fields if each.name not in ("id", "name", "department")
)


@dataclass(frozen=True)
class Desk:
    """Somebody's lists with how many duties stand in each."""

    person: Person
    ends: Ends
    lists: Mapping[str, QuerySet[Duty]]
    tally: Tally

    def tab(self, asked: str) -> str:
        """The tab that was asked for, else the one where most is to be done for somebody of this role."""
        if asked in self.lists:
            return asked
        mine = self.tally.groups(MINE)
        if not mine[OVERDUE] and self.tally.total(BELOW):
            return BELOW
        return MINE if any(mine.values()) or not self.tally.total(DEPARTMENT) else DEPARTMENT


def desk_of(actor: Actor) -> Desk:
    """The desk of a person, counted with one query; raises `TypeError` for whoever is none."""
    person, ends = actor.principal, Ends.here()
    if person is None:
        raise TypeError("only a person has a desk")
    found = lists.lists_of(person, ends.now)
    counted = {name: some(rows) for name, rows in found.items()}
    met = Q(state__in=MET, due_at__gte=ends.quarter_before, due_at__lte=ends.now)
    counted[MINE] = Duty.objects.filter(lists.mine(person), Q(state__in=UNFINISHED) | met)
    tally = tally_of(counted, ends)
    remember(person, tally.total(MINE) + tally.total(DEPARTMENT))
    return Desk(person, ends, found, tally)


@dataclass(frozen=True)
class Asked:
    """What is asked of a list: the tab, the order of its rows, at most how many of them, and which of them."""

    tab: str
    by_order: bool = False
    size: int = 50
    narrow: Callable[[QuerySet[Duty]], QuerySet[Duty]] | None = None


@dataclass(frozen=True)
class Group:
    """Duties that are due alike, by the name of their group, or that belong to one order."""

    name: str
    cards: Sequence[Card]
    total: int
    order: Order | None = None


@dataclass(frozen=True)
class Work:
    """The page of one person."""

    desk: Desk
    asked: Asked
    groups: Sequence[Group]
    total: int
    hearings: Mapping[UUID, Hearing]
    orders: MyOrders
    away: Away | None

    @property
    def tab(self) -> str:
        """The open tab."""
        return self.asked.tab

    @property
    def is_to_do(self) -> bool:
        """Whether the person may do what the duties of the open tab ask for."""
        return self.tab in (MINE, DEPARTMENT)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many of the person's own duties are due when."""
        return self.desk.tally.groups(MINE)

    @cached_property
    def tabs(self) -> dict[str, int]:
        """How many duties stand in each list."""
        return {name: self.desk.tally.total(name) for name in self.desk.lists}

    @cached_property
    def figure(self) -> Figure:
        """How the person's own duties that came due this quarter were met."""
        return self.desk.tally.figure(MINE, THIS)

    @cached_property
    def change(self) -> float | None:
        """By how many points the rate is above that of the last quarter, None where one of them has none."""
        now, before = self.figure.rate, self.desk.tally.figure(MINE, BEFORE).rate
        return None if now is None or before is None else now - before

    @property
    def shown(self) -> int:
        """How many duties stand on the page."""
        return sum(len(group.cards) for group in self.groups)

    @property
    def first(self) -> Card | None:
        """The duty that is due first."""
        return self.groups[0].cards[0] if self.groups else None

    @property
    def is_calm(self) -> bool:
        """Whether nothing of the person's own is overdue or due today."""
        return not self.counts[OVERDUE] and not self.counts[TODAY]


def work_of(desk: Desk, asked: Asked) -> Work:
    """The page of a desk as it was asked for."""
    rows = desk.lists[asked.tab]
    lines = desk.tally.of(asked.tab)
    if asked.narrow is not None:
        rows = asked.narrow(rows)
        lines = tally_of({asked.tab: some(rows)}, desk.ends).of(asked.tab)
    groups = _by_order(rows, asked.size) if asked.by_order else _by_day(rows, asked.size, lines, desk.ends)
    hearings = hearings_of(card for group in groups for card in group.cards)
    away = away_of(desk.person) if asked.tab == AWAY else None
    return Work(desk, asked, groups, sum(line.number for line in lines), hearings, orders_of(desk.person), away)


def _by_day(rows: QuerySet[Duty], size: int, lines: Sequence[Line], ends: Ends) -> list[Group]:
    totals, shown = grouped(lines), cards(_related(rows).order_by(DUE, "id")[:size])
    found = groupby(shown, key=lambda card: ends.group(card.duty.due_at))
    return [Group(name, tuple(some), totals[name]) for name, some in found]


def _by_order(rows: QuerySet[Duty], size: int) -> list[Group]:
    """By order, the one first whose first duty is due first."""
    order = F("order")
    first_due, in_order = Window(Min("due_at"), partition_by=order), Window(Count("pk"), partition_by=order)
    counted = rows.annotate(first_due=first_due, in_order=in_order)
    first = F("first_due").asc(nulls_last=True)
    shown = cards(_related(counted).order_by(first, "order", DUE, "id")[:size])
    found = [tuple(some) for _order, some in groupby(shown, key=lambda card: card.duty.order_id)]
    return [Group("order", some, some[0].duty.in_order, some[0].duty.order) for some in found]  # type: ignore[attr-defined]


def _related(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """With the order, and of the owner no more than a row shows."""
    return duties.select_related("order", "owner", "owner_department").defer(*_NOT_SHOWN)
