"""What somebody leaves behind: everything that needs somebody else once they have gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q

from aftersign.chapters.general.queries.deputies import deputyships
from aftersign.kernel.org.models import Department, Deputyship, Person, Post
from aftersign.orders.models import Order, TeamMember
from aftersign.orders.rules import SALES
from aftersign.policy.models import UNFINISHED, Duty

OVER = ("closed", "terminated")
"""Stages of orders that need nobody any more."""


class Kind(StrEnum):
    """What can be left behind, in the order in which it is listed."""

    DUTY = "duty"
    ORDER = "order"
    STAND_IN = "stand_in"
    HEAD = "head"
    POST = "post"
    DEPUTY = "deputy"


@dataclass(frozen=True)
class Line:
    """One thing that needs a successor: `row` is the duty, the order, the department, the post or the deputyship.

    `post` is that of an order; `holder` whoever holds it, where the person only stands in there.
    """

    kind: Kind
    row: Any
    post: str = ""
    holder: Person | None = None
    deputy: UUID | None = None
    is_named: bool = True

    @property
    def key(self) -> str:
        """How the line is told from others in a form."""
        return ":".join(filter(None, (self.kind, str(self.row.pk), self.post)))

    @property
    def order_id(self) -> UUID | None:
        """The order that the line is about."""
        return self.row.pk if isinstance(self.row, Order) else getattr(self.row, "order_id", None)


def lines_of(person: Person) -> tuple[Line, ...]:
    """Everything that needs a successor when a person leaves, by kind; six queries."""
    return (*_duties(person), *_orders(person), *_heads(person), *_posts(person), *_deputyships(person))


def deputies_of(person: Person) -> tuple[Deputyship, ...]:
    """Those who act for a person or are to: that ends with the person's own rights, and needs nobody."""
    return tuple(deputyships().filter(person=person))


def _duties(person: Person) -> Iterator[Line]:
    found = Duty.objects.filter(owner=person, state__in=UNFINISHED).select_related("order__customer")
    for duty in found.order_by("due_at", "id"):
        yield Line(Kind.DUTY, duty)


def _orders(person: Person) -> Iterator[Line]:
    """Posts held on running orders, the sale of one among them, then those where the person stands in."""
    concerned = Q(person=person) | Q(deputy=person)
    rows = TeamMember.objects.filter(concerned).exclude(order__stage__in=OVER)
    held = list(rows.select_related("order__customer", "person").order_by("order__number", "post"))
    sold = Order.objects.filter(sales_owner=person).exclude(stage__in=OVER).select_related("customer")
    known = {(row.order_id, row.post) for row in held if row.person_id == person.pk}
    for order in sold.order_by("number"):
        if (order.pk, SALES) not in known:
            yield Line(Kind.ORDER, order, SALES)
    for row in held:
        if row.person_id == person.pk:
            yield Line(Kind.ORDER, row.order, row.post, deputy=row.deputy_id, is_named=row.is_named)
    for row in held:
        if row.person_id != person.pk:
            yield Line(Kind.STAND_IN, row.order, row.post, holder=row.person, is_named=row.is_named)


def _heads(person: Person) -> Iterator[Line]:
    for department in Department.objects.filter(head=person, closed_on=None).order_by("name"):
        yield Line(Kind.HEAD, department)


def _posts(person: Person) -> Iterator[Line]:
    for post in Post.objects.filter(holder=person).order_by("name"):
        yield Line(Kind.POST, post)


def _deputyships(person: Person) -> Iterator[Line]:
    for deputyship in deputyships().filter(deputy=person):
        yield Line(Kind.DEPUTY, deputyship, holder=deputyship.person)
