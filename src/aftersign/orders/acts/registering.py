"""The act that opens everything: a signed order is registered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.numbers.giving import next_number
from aftersign.kernel.org.models import Company
from aftersign.kernel.org.queries import people
from aftersign.kernel.org.remembering import remembered
from aftersign.kernel.units import words
from aftersign.orders import facts, money
from aftersign.orders.acts import rows
from aftersign.orders.acts.customers import list_customer
from aftersign.orders.entries import CustomerEntry, MemberEntry, Registration
from aftersign.orders.models import Criterion, Customer, Line, Milestone, Order, Paper, TeamMember
from aftersign.orders.queries.days import first_minute, today
from aftersign.orders.queries.known import known_contract
from aftersign.orders.rules import faults, lacking, repeated_contract


@act("order.register", capability="order.register")
def register(company: Company, *, registration: Registration, by: Actor) -> Order:
    """A signed order is registered under the next number of the year of its signing, with its papers and proposed team.

    States that it was signed, at the moment of signing, and that it was registered, now. A new customer is listed by
    the same act. Raises `Refused` with every fault of the entry, each naming its field.
    """
    entry = stripped(registration)
    if found := tuple(faults_of(company, entry)):
        raise Refused(found)
    return enter(company, entry, by)


def stripped(entry: Registration) -> Registration:
    """An entry without blanks around what it is known by."""
    return replace(entry, contract_no=entry.contract_no.strip(), title=entry.title.strip())


def enter(company: Company, entry: Registration, by: Actor) -> Order:
    """The order with everything that belongs to it, signed and registered; the entry holds no fault."""
    order = _found_order(company, entry, _customer(company, entry, by))
    Line.objects.bulk_create(rows.lines(order, entry.lines))
    Milestone.objects.bulk_create(rows.milestones(order, entry.milestones))
    Criterion.objects.bulk_create(rows.criteria(order, entry.criteria))
    Paper.objects.bulk_create(rows.paper(order, each, by.person) for each in entry.papers)
    TeamMember.objects.bulk_create(_proposed(order, each) for each in entry.team)
    _state(company, entry, order)
    return order


def faults_of(company: Company, entry: Registration) -> Iterator[Refusal]:
    """What stands against an entry, each fault naming its field."""
    yield from faults(entry, today=today(company), kinds=words.members("order_kinds"))
    if entry.customer is None and entry.new_customer is None:
        yield lacking("customer", _("Choose the customer, or write the name of a new one."))
    elif entry.customer is not None and _listed(entry.customer) is None:
        yield lacking("customer", _("This customer is no longer listed."))
    if not people().filter(pk=entry.sales_owner).exists():
        yield lacking("sales_owner", _("Choose a sales owner who works here."))
    proposed = {person for each in entry.team for person in (each.person, each.deputy) if person}
    if people().filter(pk__in=proposed).count() < len(proposed):
        yield lacking("team", _("Propose people who work here."))
    other = known_contract(entry.contract_no) if entry.contract_no else None
    if other and not entry.repeat_reason.strip():
        yield lacking("repeat_reason", repeated_contract(other))


def _listed(customer: UUID) -> Customer | None:
    """A customer by id, read once in an act; None where nobody is listed under it."""
    return remembered(f"customer {customer}", Customer.objects.filter(pk=customer).first)


def _customer(company: Company, entry: Registration, by: Actor) -> Customer:
    if entry.customer is not None:
        return cast(Customer, _listed(entry.customer))
    return list_customer(company, entry=cast(CustomerEntry, entry.new_customer), by=by)


def _found_order(company: Company, entry: Registration, customer: Customer) -> Order:
    foreign = entry.currency != company.base_currency
    order = Order(
        number="",
        title=entry.title,
        customer=customer,
        contract_no=entry.contract_no,
        kind=entry.kind,
        signed_on=entry.signed_on,
        delivery_on=entry.delivery_on,
        amount=entry.amount,
        currency=entry.currency,
        rate=entry.rate if foreign else None,
        rate_on=(entry.rate_on or entry.signed_on) if foreign and entry.rate else None,
        amount_base=money.in_base(entry.amount, entry.currency, company.base_currency, entry.rate),
        tax_rate=entry.tax_rate,
        secrecy=entry.secrecy,
        sales_owner_id=entry.sales_owner,
    )
    order.number = next_number("SO", entry.signed_on.year)
    rows.cleaned(order).save(force_insert=True)
    return order


def _proposed(order: Order, entry: MemberEntry) -> TeamMember:
    return TeamMember(order=order, post=entry.post, person_id=entry.person, deputy_id=entry.deputy)


def _state(company: Company, entry: Registration, order: Order) -> None:
    customer = {"customer": str(order.customer_id)}
    state(
        facts.Signed(
            about=order,
            at=entry.signed_at or first_minute(order.signed_on, company),
            carries=customer,
            customer=order.customer.name,
            contract_no=order.contract_no,
            order_kind=order.kind,
            signed_on=order.signed_on,
            amount=order.amount,
            currency=order.currency,
            amount_base=order.amount_base,
            delivery_on=order.delivery_on,
            sales_owner=order.sales_owner_id,
        )
    )
    state(
        facts.Registered(
            about=order,
            carries=customer,
            files=tuple(each.sha256 for each in entry.papers if each.sha256),
            customer=order.customer.name,
            contract_no=order.contract_no,
            order_kind=order.kind,
            signed_on=order.signed_on,
            repeat_reason=entry.repeat_reason.strip() or None,
        )
    )
