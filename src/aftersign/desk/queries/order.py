"""The duties of one order, for its case file: by chapter, what to do now, and how well each chapter was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from aftersign.chapters.general.queries import exceptions
from aftersign.chapters.general.queries.requests import Row
from aftersign.chapters.handover.queries import copies_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.prepared import Prepared
from aftersign.kernel.org.remembering import remembered
from aftersign.kernel.shell.markup import markup
from aftersign.kernel.shell.templatetags.shell import due as due_words
from aftersign.orders.models import Order
from aftersign.policy.cards import Card, cards
from aftersign.policy.figures import Figure, figure_from
from aftersign.policy.models import UNFINISHED, Duty, DutyState
from aftersign.policy.unit import visible_duties

NOW = 6


@dataclass(frozen=True)
class OrderDuties:
    """The duties of an order by chapter, and the exceptions from them that were granted."""

    chapters: list[Chapter]
    exceptions: list[Row]


@dataclass(frozen=True)
class Chapter:
    """The duties of one room on an order, with their figure."""

    room: str
    cards: tuple[Card, ...]
    figure: Figure


def of_order(actor: Actor, order: Order, *, only_open: bool) -> OrderDuties:
    """The duties of an order by chapter, in the order of the clauses."""
    found = visible_duties(actor).filter(order=order)
    if only_open:
        found = found.filter(state__in=UNFINISHED)
    rows = cards(
        found.select_related("order__customer", "owner__department", "owner_department").order_by("opened_at", "id")
    )
    rows.sort(key=lambda card: [int(part) if part.isdigit() else 0 for part in card.duty.clause.split(".")])
    by_room: dict[str, list[Card]] = {}
    for card in rows:
        by_room.setdefault(card.duty.room, []).append(card)
    found_exceptions = exceptions.of_order(order)
    return OrderDuties(
        [Chapter(room, tuple(each), _figure(room, each, found_exceptions)) for room, each in by_room.items()],
        found_exceptions,
    )


def _figure(room: str, found: list[Card], granted: list[Row]) -> Figure:
    """The figure of a chapter on an order, with the releases and withdrawals that stand beside it."""
    figure = figure_from((card.duty.state, card.duty.extended, 1) for card in found)
    return replace(figure, **exceptions.counted(granted, room))


def to_do(order: Order) -> tuple[list[Card], int]:
    """What to do now on an order, the most urgent first, and how many duties are under way in all."""
    open_duties = Duty.objects.filter(order=order, state__in=UNFINISHED)
    first = open_duties.select_related("owner__department", "owner_department").order_by("due_at", "id")
    rows = list(first[:NOW])
    for row in rows:
        row.order = order
    return cards(rows, copies_of(order)), running(order)


def by_chapter(order: Order) -> list[tuple[str, Figure]]:
    """The figure of each chapter on an order."""
    counted: dict[str, list[tuple[str, bool, int]]] = {}
    for room, state, extended, n in _counted(order):
        counted.setdefault(room, []).append((state, extended, n))
    return [(room, figure_from(each)) for room, each in counted.items()]


def _counted(order: Order) -> list[tuple[str, str, bool, int]]:
    """How many duties an order has by room, state and extension; read once a request."""
    return remembered(f"duties of {order.pk}", lambda: _counted_by_room(order))


def _counted_by_room(order: Order) -> list[tuple[str, str, bool, int]]:
    rows = Duty.objects.filter(order=order).order_by().values_list("room", "state", "extended")
    return list(rows.annotate(n=Count("pk")))


def next_due(orders: Sequence[UUID], actor: Actor) -> Mapping[UUID, str]:
    """When the next duty of each order is due, for the list of orders."""
    return {order: due_words(first) for order, first, _good, _whole in _kept(orders) if first}


def on_time(orders: Sequence[UUID], actor: Actor) -> Mapping[UUID, str]:
    """How many of the duties that count were done on time, for the list of orders."""
    return {order: markup("{}/{}", good, whole) for order, _first, good, whole in _kept(orders) if whole}


def _kept(orders: Sequence[UUID]) -> list[Any]:
    """What both columns of the list say of its orders, with one query, worked out once."""
    return remembered(f"kept {hash(tuple(orders))}", lambda: _counted_of.rows(tuple(orders)))


def _of(orders: tuple[UUID, ...]) -> QuerySet[Any]:
    running = Q(state__in=(DutyState.OPEN, DutyState.BREACHED))
    counts = {
        "first": Min("due_at", filter=running),
        "good": Count("pk", filter=Q(state=DutyState.DONE, extended=False)),
        "whole": Count("pk", filter=Q(state__in=(DutyState.DONE, DutyState.DONE_LATE, DutyState.BREACHED))),
    }
    return Duty.objects.filter(order__in=orders).order_by().values_list("order").annotate(**counts)


_counted_of = Prepared(_of)


def running(order: Order) -> int:
    """How many duties of an order are under way or overdue."""
    return sum(n for _room, state, _extended, n in _counted(order) if state in UNFINISHED)


def is_late(actor: Actor, order: Order) -> bool:
    """Whether a duty of an order is overdue."""
    return any(state == DutyState.BREACHED for _room, state, _extended, _n in _counted(order))
