"""Readers of customers: suggestions while somebody types, and what is known of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.orders.models import Contact, Customer, Order
from aftersign.orders.queries.people import ENDED
from aftersign.orders.unit import visible_customers, visible_orders

SUGGESTED = 12


@dataclass(frozen=True)
class CustomerFacts:
    """What helps while an order of a customer is being written: running orders, a contact, the last order."""

    customer: Customer
    running: int
    shown: Order | None
    contact: Contact | None
    last: Order | None


def get_for(actor: Actor, number: str) -> Customer:
    """A customer by number; raises `Http404` when there is none."""
    return load(visible_customers(actor), number=number)


def listed_for(actor: Actor) -> QuerySet[Customer]:
    """All customers with how many orders they have and when the last was signed."""
    found = visible_customers(actor)
    return found.annotate(running=Count("orders", ~Q(orders__stage__in=ENDED)), signed_on=Max("orders__signed_on"))


def suggested(text: str) -> list[Customer]:
    """Customers whose name, code or number contains a text; without one, those of the latest orders."""
    if not text.strip():
        latest = Order.objects.order_by("-signed_on", "-id").values_list("customer_id", flat=True)[: SUGGESTED * 4]
        order = {pk: place for place, pk in reversed(list(enumerate(latest)))}
        return sorted(Customer.objects.filter(pk__in=order), key=lambda each: order[each.pk])[:SUGGESTED]
    said = text.strip()
    found = Customer.objects.filter(Q(name__icontains=said) | Q(code__icontains=said) | Q(number__iexact=said))
    return list(found.order_by("name")[:SUGGESTED])


def resembling(name: str) -> list[Customer]:
    """Customers listed under a name like this one, so that nobody is listed twice by a slip of the pen."""
    said = name.strip()
    if len(said) < 2:
        return []
    parts = Q(name__icontains=said) | Q(name__istartswith=said[:4])
    return list(Customer.objects.filter(parts).exclude(name__iexact=said).order_by("name")[:5])


def facts_of(customer: Customer | None, actor: Actor) -> CustomerFacts | None:
    """What is known of a customer; three queries, none without a customer. Only a visible order is shown."""
    if customer is None:
        return None
    orders = list(
        customer.orders.order_by("-signed_on", "-id").only("id", "number", "title", "kind", "currency", "stage")
    )
    running = [order for order in orders if order.stage not in ENDED]
    shown = visible_orders(actor).filter(pk=running[0].pk).first() if running else None
    contact = customer.contacts.order_by("-decides", "pk").first()
    return CustomerFacts(customer, len(running), shown, contact, orders[0] if orders else None)
