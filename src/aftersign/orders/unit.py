"""The units of the spine: customers, orders, and changes of what an order says."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org import among  # noqa: F401  (importing teaches querysets `among`)
from aftersign.kernel.org.queries import departments_under
from aftersign.kernel.org.remembering import remembered
from aftersign.kernel.units.addresses import address_of
from aftersign.kernel.units.registry import UnitKind
from aftersign.orders.models import Customer, InformationChange, Order, Paper, TeamMember


def visible_orders(actor: Actor | None) -> QuerySet[Order]:
    """The orders that an actor may see.

    Those of their team posts and their own; heads those of the people below them; departments that work on orders, the
    general manager, auditors and the house's own hands all of them. Worked out once a request.
    """
    if actor is None:
        return Order.objects.none()
    standing = actor.standing
    return remembered(f"orders for {standing.kind} {standing.id}", lambda: _visible(standing)).all()


def _visible(actor: Actor) -> QuerySet[Order]:
    person = actor.person
    if actor.kind == "person" and not actor.is_person:
        return Order.objects.none()
    if person is None or actor.kind != "person" or person.is_auditor or person.held_posts:
        return Order.objects.all()
    if person.department and person.department.works_on_orders and person.department.code != "sales":
        return Order.objects.all()
    mine = Q(person=person) | Q(deputy=person)
    own = Q(sales_owner=person)
    if headed := departments_under(person):
        mine |= Q(person__department__in=headed)
        own |= Q(sales_owner__department__in=headed)
        return Order.objects.filter(own | Q(pk__in=TeamMember.objects.filter(mine).values("order")))
    # Of a hundred thousand orders somebody sells some hundreds: they are looked up, not looked for among all.
    named = TeamMember.objects.filter(mine).order_by().values("order")
    return Order.objects.filter(pk__among=Order.objects.filter(own).order_by().values("pk").union(named))


def visible_customers(actor: Actor | None) -> QuerySet[Customer]:
    """The customers that an actor may see: everybody of the company sees them all."""
    known = actor is not None and (actor.is_person or actor.kind != "person")
    return Customer.objects.all() if known else Customer.objects.none()


def visible_papers(actor: Actor | None) -> QuerySet[Paper]:
    """The papers that an actor may see: those of the orders that they may see."""
    orders = visible_orders(actor)
    return Paper.objects.filter(order__in=orders) if orders.query.where else Paper.objects.all()


def _departments(order: Order) -> set[UUID]:
    found = set(order.team.values_list("person__department_id", flat=True))
    return {each for each in found | {order.sales_owner.department_id} if each}


KINDS = (
    UnitKind(
        name="customer",
        model=Customer,
        title=lambda customer: customer.name,
        address=lambda customer: reverse("orders:list") + f"?customer={customer.number}",
        visible_to=visible_customers,
    ),
    UnitKind(
        name="order",
        model=Order,
        title=lambda order: f"{order.number} {order.title}",
        address=lambda order: address_of("orders:order", order.number),
        visible_to=visible_orders,
        departments=_departments,
    ),
    UnitKind(
        name="information_change",
        model=InformationChange,
        title=lambda change: change.item,
        address=lambda change: reverse("orders:order", args=[change.order.number]),
        parent=lambda change: change.order,
        visible_to=lambda actor: InformationChange.objects.filter(order__in=visible_orders(actor)),
        related=("order",),
    ),
    UnitKind(
        name="paper",
        model=Paper,
        title=lambda paper: paper.name,
        address=lambda paper: address_of("orders:paper", paper.pk),
        parent=lambda paper: paper.order,
        visible_to=visible_papers,
        related=("order",),
    ),
)
