"""Posts of orders that go from somebody who leaves to others: what an act of a higher floor does to orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from aftersign.kernel.acts.doing import state
from aftersign.kernel.org.models import Person
from aftersign.orders import facts
from aftersign.orders.models import Order, TeamMember
from aftersign.orders.rules import SALES


@dataclass(frozen=True)
class Move:
    """A post of an order that somebody takes over, or in which somebody stands in from now on."""

    order: Order
    post: str
    to: Person
    stands_in: bool = False


def hand_on_posts(leaver: Person, moves: Iterable[Move]) -> None:
    """Let others have what somebody holds on orders, each with its fact; a handful of queries, however many orders.

    The orders must be locked. Nobody is their own deputy: where the holder or the deputy takes over, the post has no
    deputy any more. Who was only proposed is replaced without a fact, for nothing was stated of them.
    """
    wanted = list(moves)
    rows = TeamMember.objects.filter(order__in={each.order.pk for each in wanted})
    by_post = {(row.order_id, row.post): row for row in rows}
    sold: dict[UUID, list[UUID]] = {}
    changed: dict[tuple[UUID, str], TeamMember] = {}
    for move in wanted:
        row = by_post.get((move.order.pk, move.post))
        if row is not None:
            _put(row, move)
            changed[move.order.pk, move.post] = row
        if move.post == SALES and not move.stands_in:
            sold.setdefault(move.to.pk, []).append(move.order.pk)
    for move in _once(wanted):
        _state(leaver, move, by_post.get((move.order.pk, move.post)))
    TeamMember.objects.bulk_update(changed.values(), ["person", "deputy"])
    for to, orders in sold.items():
        Order.objects.filter(pk__in=orders).update(sales_owner=to)
    Order.objects.filter(pk__in={each.order.pk for each in wanted}).update(version=F("version") + 1)


def _put(row: TeamMember, move: Move) -> None:
    if move.stands_in:
        row.deputy_id = None if move.to.pk == row.person_id else move.to.pk
    else:
        row.person_id = move.to.pk
        row.deputy_id = None if row.deputy_id == move.to.pk else row.deputy_id


def _once(moves: Iterable[Move]) -> Iterator[Move]:
    """One move for each post, however it was changed."""
    yield from {(each.order.pk, each.post): each for each in moves}.values()


def _state(leaver: Person, move: Move, row: TeamMember | None) -> None:
    is_sale = move.post == SALES and not move.stands_in
    if not is_sale and (row is None or not row.is_named):
        return
    holder = row.person_id if row else move.to.pk
    state(
        facts.PostHandedOn(
            about=move.order,
            post=move.post,
            from_person=holder if move.stands_in else leaver.pk,
            to_person=holder,
            deputy=row.deputy_id if row else None,
        )
    )
