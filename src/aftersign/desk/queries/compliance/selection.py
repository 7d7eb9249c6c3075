"""A selection of orders and of their duties: what somebody asks for, and what of it they may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries.exceptions import granted
from aftersign.desk.queries.compliance.periods import Period
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.orders.models import Customer, Order
from aftersign.orders.queries.people import ENDED
from aftersign.orders.unit import visible_orders
from aftersign.policy.cards import SOON
from aftersign.policy.models import UNFINISHED, Duty, DutyState

RUNNING, ANY_STAGE = "running", "any"
Counted = tuple[str, str, bool, int]
"""A clause, a state as people see it, whether extended, and how many."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks for; an empty list asks for everything, no stage and no order for those that run."""

    period: Period
    stages: Sequence[str] = ()
    kinds: Sequence[str] = ()
    grades: Sequence[str] = ()
    customers: Sequence[str] = ()
    orders: Sequence[str] = ()
    departments: Sequence[str] = ()
    owners: Sequence[str] = ()
    chapters: Sequence[str] = ()
    clauses: Sequence[str] = ()
    states: Sequence[str] = ()
    text: str = ""
    only_abnormal: bool = False


@dataclass(frozen=True)
class Selection:
    """What an actor gets of what they ask for: only orders that they may see, and only the duties of those."""

    actor: Actor
    asked: Asked

    @property
    def orders(self) -> QuerySet[Order]:
        """The orders; with owners or departments those on which they owe something in the period."""
        asked, rows = self.asked, visible_orders(self.actor)
        for field, wanted in (
            ("kind", asked.kinds),
            ("grade", asked.grades),
            ("customer__number", asked.customers),
            ("number", asked.orders),
        ):
            rows = rows.filter(**{f"{field}__in": wanted}) if wanted else rows
        if asked.text:
            rows = rows.filter(_named(asked.text))
        if not asked.stages and not asked.text and not asked.orders:
            rows = rows.exclude(stage__in=ENDED)
        elif asked.stages and ANY_STAGE not in asked.stages:
            rows = rows.filter(_staged(asked.stages))
        if asked.owners or asked.departments or asked.only_abnormal:
            owed = self._owed.filter(abnormal()) if asked.only_abnormal else self._owed
            rows = rows.filter(Exists(owed.filter(order=OuterRef("pk"))))
        return rows

    @property
    def _owed(self) -> QuerySet[Duty]:
        """The duties of all orders that are asked for by when, by whom and under which clause."""
        asked, rows = self.asked, Duty.objects.filter(self.asked.period.holds)
        if asked.owners:
            rows = rows.filter(owner__account__in=asked.owners)
        if asked.departments:
            rows = rows.filter(Q(owner_department__in=asked.departments) | Q(owner__department__in=asked.departments))
        if asked.chapters:
            rows = rows.filter(room__in=asked.chapters)
        if asked.clauses:
            rows = rows.filter(clause__in=asked.clauses)
        return rows

    def duties_on(self, orders: Sequence[UUID]) -> QuerySet[Duty]:
        """The duties on some orders of the selection."""
        return self._owed.filter(order__in=orders)

    @property
    def duties(self) -> QuerySet[Duty]:
        """All duties of the selection, one state or another when asked for."""
        rows = self._owed.filter(order__in=self.orders.order_by().values("pk"))
        if self.asked.only_abnormal:
            rows = rows.filter(abnormal())
        return as_shown(rows).filter(showing(self.asked.states)) if self.asked.states else rows

    def counted(self) -> list[Counted]:
        """How many duties of the whole selection stand how, by clause, healthy ones too; one query."""
        rows = (
            as_shown(self._owed.filter(order__in=self.orders.order_by().values("pk")))
            .order_by()
            .values_list("clause", "shown", "extended")
        )
        return list(rows.annotate(n=Count("pk")))

    def exceptions(self, orders: Sequence[UUID] | None = None) -> QuerySet[Request]:
        """The releases and withdrawals that stand, on some orders or on all of the selection."""
        rows = granted().filter(kind__in=(Kind.RELEASE, Kind.WITHDRAWAL))
        if orders is not None:
            return rows.filter(order__in=orders)
        return rows.filter(order__in=self.orders.order_by().values("pk"))


def abnormal() -> Q:
    """Duties that are overdue, were done late, or fall due within a day."""
    # The states together first: an order's duties are found by them, and most are none of these.
    could_be = Q(state__in=(DutyState.BREACHED, DutyState.DONE_LATE, DutyState.OPEN))
    return could_be & (~Q(state=DutyState.OPEN) | Q(due_at__lte=now() + SOON))


def showing(states: Sequence[str]) -> Q:
    """Duties that people see in one of these states now, said so that an index can find them."""
    moment = now()
    is_open, passed, soon = Q(state=DutyState.OPEN), Q(due_at__lte=moment), Q(due_at__lte=moment + SOON)
    at_work = Q(state__in=UNFINISHED)
    seen_as = {
        DutyState.BREACHED: at_work & (Q(state=DutyState.BREACHED) | (is_open & passed)),
        "due_soon": at_work & is_open & soon & Q(due_at__gt=moment),
        DutyState.OPEN: at_work & is_open & (Q(due_at=None) | Q(due_at__gt=moment + SOON)),
    }
    return reduce(or_, (seen_as.get(each, Q(state=each)) for each in states))


def as_shown(rows: QuerySet[Duty]) -> QuerySet[Any]:
    """Duties with their state as people see it now in `shown`."""
    moment = now()
    cases = (
        When(state=DutyState.OPEN, due_at__lte=moment, then=Value(DutyState.BREACHED.value)),
        When(state=DutyState.OPEN, due_at__lte=moment + SOON, then=Value("due_soon")),
    )
    return rows.annotate(shown=Case(*cases, default=F("state"), output_field=CharField()))


def _staged(stages: Sequence[str]) -> Q:
    found = Q(stage__in=stages)
    return found | ~Q(stage__in=ENDED) if RUNNING in stages else found


def _named(text: str) -> Q:
    customers = Customer.objects.filter(name__icontains=text).values("pk")
    named = Q(number__icontains=text) | Q(title__icontains=text) | Q(contract_no__icontains=text)
    return named | Q(customer__in=customers)
