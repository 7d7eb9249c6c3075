"""The orders that somebody answers for, and which of them run late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from aftersign.desk.queries.work.lists import my_orders
from aftersign.desk.queries.work.tally import MOST
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.units import words
from aftersign.orders.models import Order
from aftersign.policy.models import UNFINISHED, Duty

SHOWN = 6


@dataclass(frozen=True)
class Health:
    """An order with the number of its overdue duties, and how much of its way it has gone in percent."""

    order: Order
    overdue: int
    gone: int


@dataclass(frozen=True)
class MyOrders:
    """The orders signed last, how many there are in all, and how many of them have overdue duties."""

    shown: Sequence[Health]
    total: int
    late: int


def orders_of(person: Person) -> MyOrders:
    """The running orders of a person; two queries."""
    mine = my_orders(person)
    some = Order.objects.filter(pk__in=mine.order_by().values("pk")[:MOST])
    counted = some.aggregate(total=Count("pk"), late=Count("pk", filter=Q(Exists(_overdue()))))
    if not counted["total"]:
        return MyOrders((), 0, 0)
    number = Subquery(_overdue().order_by().values("order").annotate(n=Count("pk")).values("n"))
    overdue = Coalesce(number, Value(0), output_field=IntegerField())
    first = list(mine.select_related("customer").annotate(overdue=overdue).order_by("-signed_on", "-id")[:SHOWN])
    stages = list(words.members("stages"))
    shown = tuple(Health(order, order.overdue, _gone(order.stage, stages)) for order in first)
    return MyOrders(shown, counted["total"], counted["late"])


def _overdue() -> QuerySet[Duty]:
    return Duty.objects.filter(order=OuterRef("pk"), state__in=UNFINISHED, due_at__lte=now())


def _gone(stage: str, stages: Sequence[str]) -> int:
    """The share of the stages that are behind an order; a stage beside the way counts as its beginning."""
    return 100 * (stages.index(stage) + 1) // len(stages) if stage in stages else 0
