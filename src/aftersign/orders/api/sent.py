"""What programs send to register an order or to change what it says, and the entries that the acts take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.queries import company, people
from aftersign.kernel.shell.api.values import Day, Money, Sent, figure, words
from aftersign.orders.entries import (
    ContactEntry,
    CriterionEntry,
    CustomerEntry,
    LineEntry,
    MemberEntry,
    MilestoneEntry,
    Particulars,
    Registration,
)
from aftersign.orders.forms.choices import currencies, secrecy_levels, tax_rates
from aftersign.orders.models import Customer, Order
from aftersign.orders.queries.days import rules_began
from aftersign.orders.queries.known import customers_named, particulars_of
from aftersign.orders.rules import lacking

ACCOUNT = Annotated[str, words(60, 1)]
_TABLES = {"lines": LineEntry, "milestones": MilestoneEntry, "criteria": CriterionEntry}
_BESIDE = ("repeat_reason", "customer", "new_customer", "sales_owner", "team", "as_usual")


class LineSent(Sent):
    """One line of what was ordered; without an amount it is worked out."""

    name: Annotated[str, words(200, 1)]
    specification: Annotated[str, words(300)] = ""
    quantity: Annotated[Decimal, figure(15, 3)]
    measure: Annotated[str, words(20)] = ""
    unit_price: Annotated[Decimal, figure(15, 4)]
    discount: Annotated[Decimal, figure(5, 2)] = Decimal(0)
    amount: Money | None = None


class MilestoneSent(Sent):
    """A payment that the contract promises."""

    name: Annotated[str, words(60, 1)]
    percent: Annotated[Decimal, figure(5, 2)] | None = None
    amount: Money | None = None
    due_on: Day | None = None
    condition: Annotated[str, words(200)] = ""


class CriterionSent(Sent):
    """Something that the delivery will be judged by."""

    text: Annotated[str, words(500, 1)]
    source: Annotated[str, words(120)] = ""


class ContactSent(Sent):
    """A person at the customer."""

    name: Annotated[str, words(120, 1)]
    role: Annotated[str, words(120)] = ""
    phone: Annotated[str, words(60)] = ""
    decides: bool = False


class CustomerSent(Sent):
    """A customer to be listed."""

    name: Annotated[str, words(200, 1)]
    code: Annotated[str, words(60)] = ""
    credit_code: Annotated[str, words(40)] = ""
    address: Annotated[str, words(300)] = ""
    contacts: Annotated[list[ContactSent], Field(max_length=30)] = []


class MemberSent(Sent):
    """Who is proposed for a post of the team."""

    post: Annotated[str, words(40, 1)]
    account: ACCOUNT


class ParticularsSent(Sent):
    """What an order says."""

    delivery_on: Day | None = None
    amount: Money | None = None
    rate: Annotated[Decimal, figure(15, 6)] | None = None
    rate_on: Day | None = None
    tax_rate: Annotated[Decimal, figure(5, 2)] | None = None
    secrecy: Annotated[str, words(40)] = ""
    lines: Annotated[list[LineSent], Field(max_length=500)] = []
    milestones: Annotated[list[MilestoneSent], Field(max_length=50)] = []
    criteria: Annotated[list[CriterionSent], Field(max_length=50)] = []
    repeat_reason: Annotated[str, words(200, description="Why a contract number is used again.")] = ""


class RegistrationSent(ParticularsSent):
    """A signed order; the customer is listed already (`customer`: number or exact name) or new (`new_customer`)."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "海川水务三期",
                    "contract_no": "HT-2026-0236",
                    "kind": "project",
                    "customer": "海川水务集团有限公司",
                    "signed_on": "2026-09-04",
                    "delivery_on": "2027-02-26",
                    "amount": "1260000.00",
                    "currency": "CNY",
                    "tax_rate": "13",
                }
            ]
        },
    )

    title: Annotated[str, words(120, 1)]
    contract_no: Annotated[str, words(60, 1)]
    kind: Annotated[str, words(40, 1)]
    signed_on: Day
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    customer: Annotated[str, words(200)] = ""
    new_customer: CustomerSent | None = None
    sales_owner: Annotated[str, words(60, description="An account; whoever holds the token unless said.")] = ""
    team: Annotated[list[MemberSent], Field(max_length=30)] = []
    as_usual: Annotated[
        bool, Field(description="Register it though it was signed before the policy first took effect.")
    ] = False


class InformationSent(ParticularsSent):
    """What an order says from now on: only what is named changes; lines, payments and criteria change as a whole."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"delivery_on": "2027-03-31", "title": "海川水务三期"}]}
    )

    title: Annotated[str, words(120, 1)] = "-"
    contract_no: Annotated[str, words(60, 1)] = "-"
    kind: Annotated[str, words(40, 1)] = "-"
    signed_on: Day | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"


def registration_of(sent: RegistrationSent, by: Actor) -> Registration:
    """The entry of a new order; raises `Refused` with every name that means nobody or nothing here."""
    owner = sent.sales_owner or (by.person.account if by.person else "")
    wanted = {owner, *(each.account for each in sent.team)}
    ids = dict(people().filter(account__in=wanted).values_list("account", "pk"))
    listed = _listed(sent.customer)
    if faults := tuple(_faults_of(sent, ids, owner, listed)):
        raise Refused(faults)
    return Registration(
        **_said(sent),
        sales_owner=ids[owner],
        customer=listed.pk if listed else None,
        new_customer=_new(sent.new_customer) if sent.new_customer and not listed else None,
        repeat_reason=sent.repeat_reason,
        team=tuple(MemberEntry(post=each.post, person=ids[each.account]) for each in sent.team),
    )


def changed(order: Order, sent: InformationSent) -> Particulars:
    """What an order says now, with what was sent in its place; raises `Refused` for a word that is none."""
    if faults := tuple(_faults_of_words(sent)):
        raise Refused(faults)
    said = _said(sent)
    if said.get("signed_on", order.signed_on) is None:
        raise Refused((lacking("signed_on", _("Write the day of signing.")),))
    return replace(particulars_of(order), **said)


def _said(sent: ParticularsSent) -> dict[str, Any]:
    """The values that were sent, ready for an entry."""
    given = {name: getattr(sent, name) for name in sent.model_fields_set if name not in _BESIDE}
    tables = {name: tuple(kind(**row.dict()) for row in given[name]) for name, kind in _TABLES.items() if name in given}
    return given | tables


def _faults_of(sent: RegistrationSent, ids: dict[str, UUID], owner: str, listed: Customer | None) -> Iterator[Refusal]:
    yield from _faults_of_words(sent)
    if owner not in ids:
        yield lacking("sales_owner", _("Choose a sales owner who works here."))
    if any(each.account not in ids for each in sent.team):
        yield lacking("team", _("Propose people who work here."))
    if sent.customer and listed is None and sent.new_customer is None:
        yield lacking("customer", _("Choose the customer, or write the name of a new one."))
    began = rules_began(company())
    if began and sent.signed_on < began and not sent.as_usual:
        sentence = _("Signed before these rules first took effect on %(day)s: adopt the order, or tick below.")
        yield lacking("as_usual", sentence % {"day": began})


def _faults_of_words(sent: ParticularsSent) -> Iterator[Refusal]:
    """Words that are none of those that the form lets people choose from."""
    named = sent.model_fields_set
    if "currency" in named and getattr(sent, "currency", "") not in dict(currencies()):
        yield lacking("currency", _("Choose the currency."))
    if sent.secrecy not in dict(secrecy_levels()):
        yield lacking("secrecy", _("Choose the level of secrecy."))
    if sent.tax_rate is not None and f"{sent.tax_rate.normalize():f}" not in dict(tax_rates()):
        yield lacking("tax_rate", _("Choose the tax rate."))


def _listed(said: str) -> Customer | None:
    """The customer of a number, else of exactly this name."""
    if not said.strip():
        return None
    return Customer.objects.filter(number=said.strip()).first() or customers_named(said).first()


def _new(sent: CustomerSent) -> CustomerEntry:
    contacts = tuple(ContactEntry(**each.dict()) for each in sent.contacts)
    return CustomerEntry(**sent.dict(exclude={"contacts"}), contacts=contacts)
