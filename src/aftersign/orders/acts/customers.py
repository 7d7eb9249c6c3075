"""Acts on customers: listing them and changing what is known of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.numbers.giving import next_number
from aftersign.kernel.org.models import Company
from aftersign.orders import facts
from aftersign.orders.acts.rows import cleaned
from aftersign.orders.entries import ContactEntry, CustomerEntry
from aftersign.orders.models import Contact, Customer
from aftersign.orders.queries.days import today
from aftersign.orders.queries.known import customers_named
from aftersign.orders.rules import lacking

_ITEMS = ("name", "code", "credit_code", "address", "channel")


@act("order.list_customer", capability="order.list_customer")
def list_customer(company: Company, *, entry: CustomerEntry, by: Actor) -> Customer:
    """A customer is listed, with the people known there; raises `Refused` when the name or code is taken."""
    _refuse_taken(entry)
    said = {item: getattr(entry, item).strip() for item in _ITEMS}
    customer = Customer(number=next_number("C", today(company).year), **said)
    cleaned(customer).save(force_insert=True)
    _write_contacts(customer, entry.contacts)
    state(
        facts.CustomerListed(
            about=customer,
            name=customer.name,
            code=customer.code or None,
            contacts=_table(entry.contacts) or None,
        )
    )
    return customer


@act("order.change_customer", capability="order.change_customer")
def change_customer(customer: Customer, *, entry: CustomerEntry, by: Actor) -> Customer:
    """What is known of a customer is changed; every item that differs is stated with what stood there before."""
    _refuse_taken(entry, but=customer)
    for item in _ITEMS:
        old, new = getattr(customer, item), getattr(entry, item).strip()
        if old != new:
            setattr(customer, item, new)
            state(facts.CustomerChanged(about=customer, item=item, old=old, new=new))
    cleaned(customer).save(update_fields=_ITEMS)
    _change_contacts(customer, entry.contacts)
    return customer


def _refuse_taken(entry: CustomerEntry, but: Customer | None = None) -> None:
    others = Customer.objects.exclude(pk=but.pk) if but else Customer.objects.all()
    if not entry.name.strip():
        raise Refused((lacking("customer", _("Write the customer's name.")),))
    if namesake := others.filter(pk__in=customers_named(entry.name)).first():
        said = {"name": namesake.name, "number": namesake.number}
        raise Refused((lacking("customer", _("%(name)s is listed already as %(number)s.") % said),))
    if entry.code.strip() and (holder := others.filter(code=entry.code.strip()).first()):
        said = {"code": holder.code, "name": holder.name}
        raise Refused((lacking("code", _("The code %(code)s belongs to %(name)s.") % said),))


def _change_contacts(customer: Customer, entries: tuple[ContactEntry, ...]) -> None:
    before = tuple(
        ContactEntry(name=each.name, role=each.role, phone=each.phone, email=each.email, decides=each.decides)
        for each in customer.contacts.order_by("pk")
    )
    if before != entries:
        customer.contacts.all().delete()
        _write_contacts(customer, entries)
        state(facts.CustomerChanged(about=customer, item="contacts", old=_text(before), new=_text(entries)))


def _write_contacts(customer: Customer, entries: tuple[ContactEntry, ...]) -> None:
    Contact.objects.bulk_create(
        cleaned(Contact(customer=customer, **asdict(each)), f"contacts-{place}-") for place, each in enumerate(entries)
    )


def _table(entries: tuple[ContactEntry, ...]) -> list[dict[str, Any]]:
    return [{key: value for key, value in asdict(each).items() if value} for each in entries]


def _text(entries: tuple[ContactEntry, ...]) -> str:
    return "; ".join(" ".join(filter(None, (each.name, each.role, each.phone, each.email))) for each in entries)
