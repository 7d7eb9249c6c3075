"""The list of orders: its columns, filters and search, and the columns that higher floors add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock.days import day_in
from aftersign.kernel.shell import marks
from aftersign.kernel.shell.dates import short_day
from aftersign.kernel.shell.lists import Column, Filter, List
from aftersign.kernel.shell.markup import markup
from aftersign.kernel.shell.money import formatted
from aftersign.kernel.units import words
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.finding import asked_of_each, narrowed
from aftersign.orders.models import Customer, Order
from aftersign.orders.queries.columns import Column as Offered
from aftersign.orders.queries.columns import columns as offered_columns
from aftersign.orders.unit import visible_orders

COUNTED_OF_MANY = 1000
"""How many orders are counted of a word that nearly every one has."""
TONES = {"completed": "ok", "closed": "ok", "suspended": "warn", "terminated": "bad", "warranty": "wait", "signed": ""}


def label(sort: str, name: str) -> str:
    """A word of the policy in the reader's language."""
    return words.label(sort, name, get_language() or "zh-hans") if name else ""


def stage_chip(order: Order) -> SafeString:
    """The stage of an order; an order that no policy has read yet has none."""
    if not order.stage:
        return SafeString("")
    tone = TONES.get(order.stage, "info")
    return markup('<span class="chip {}">{}</span>', tone, label("stage", order.stage))


def _name(order: Order) -> SafeString:
    address = address_of("orders:order", order.number)
    return markup('<a class="b" href="{}">{}</a> <span class="s t3 n">{}</span>', address, order.title, order.number)


def _amount(order: Order) -> str:
    return formatted(order.amount, order.currency) if order.amount is not None else "—"


def _day(value: date | None) -> SafeString | str:
    return marks.time(value, short_day(value)) if value else "—"


COLUMNS = (
    Column(
        "title", _("Order"), cell=_name, sort="title", kind="wide", text=lambda order: f"{order.number} {order.title}"
    ),
    Column("customer", _("Customer"), cell=lambda order: order.customer_name, sort="customer__name", kind="plain"),
    Column(
        "stage",
        _("Stage"),
        cell=stage_chip,
        sort="stage",
        text=lambda order: label("stage", order.stage),
        kind="plain end",
    ),
    Column("grade", _("Grade"), cell=lambda order: order.grade or "—", sort="grade", kind="desk"),
    Column(
        "delivery_on", _("Delivery due"), cell=lambda order: _day(order.delivery_on), sort="delivery_on", kind="n desk"
    ),
    Column(
        "sales_owner",
        _("Sales owner"),
        cell=lambda order: order.owner_name,
        sort="sales_owner__name",
        kind="n desk",
    ),
    Column("amount", _("Amount"), cell=_amount, sort="amount_base", number=True, kind="n plain"),
    Column(
        "signed_on", _("Signed on"), cell=lambda order: _day(order.signed_on), sort="signed_on", kind="n", hidden=True
    ),
    Column("kind", _("Kind"), cell=lambda order: label("word", order.kind), sort="kind", hidden=True),
    Column("contract_no", _("Contract number"), cell=lambda order: order.contract_no, sort="contract_no", hidden=True),
)


def _of(field: str) -> Callable[[QuerySet[Any], list[str]], QuerySet[Any]]:
    return lambda rows, values: rows.filter(**{f"{field}__in": values})


def _words(sort: str, *parameters: str) -> Callable[[HttpRequest], Iterable[tuple[str, str]]]:
    return lambda request: [(name, label(sort, name)) for each in parameters for name in words.members(each)]


def _customers(request: HttpRequest) -> list[tuple[str, str]]:
    """Only those that the address names: there are too many to choose from a list."""
    chosen = Customer.objects.filter(number__in=request.GET.getlist("customer"))
    return [(each.number, each.name) for each in chosen] if "customer" in request.GET else []


def _days(name: str) -> Callable[[HttpRequest], list[tuple[str, str]]]:
    return lambda request: [(value, value) for value in request.GET.getlist(name) if day_in(value)]


def _bound(step: str) -> Callable[[QuerySet[Any], list[str]], QuerySet[Any]]:
    return lambda rows, values: rows.filter(**{f"signed_on__{step}": day for each in values if (day := day_in(each))})


FILTERS = (
    Filter("stage", _("Stage"), _words("stage", "stages", "stages_beside"), _of("stage")),
    Filter("kind", _("Kind"), _words("word", "order_kinds"), _of("kind")),
    Filter("grade", _("Grade"), lambda request: [(each, label("grade", each)) for each in "ABC"], _of("grade")),
    Filter("owner", _("Sales owner"), lambda request: (), _of("sales_owner__account")),
    Filter("customer", _("Customer"), _customers, _of("customer__number")),
    Filter("signed_from", _("Signed from"), _days("signed_from"), _bound("gte")),
    Filter("signed_to", _("Signed to"), _days("signed_to"), _bound("lte")),
)


# Of customers and owners a page needs the names: to make rows of them all takes a seventh of its time.
_NAMES = {
    "customer_name": F("customer__name"),
    "owner_name": F("sales_owner__name"),
    "owner_account": F("sales_owner__account"),
}


class OrderList(List):
    """The orders that an actor may see."""

    name = "orders"
    columns = COLUMNS
    filters = FILTERS
    sort = "-signed_on"
    empty_icon = "order"
    empty_title = _("No orders yet")
    empty_text = _("Register the first signed contract, and the policy lays out its duties.")

    def __init__(self, request: HttpRequest) -> None:
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        super().__init__(request, visible_orders(self.actor).annotate(**_NAMES))
        self.columns = (*COLUMNS, *(self._column(each) for each in offered_columns()))  # type: ignore[assignment,misc]
        if self.may_register:
            self.empty_action = (reverse("orders:register"), label("act", "order.register"))  # type: ignore[misc]

    @cached_property
    def may_register(self) -> bool:
        """Whether the actor may register orders."""
        return capabilities.allowed(self.actor, "order.register", None)

    @property
    def dates(self) -> list[tuple[str, Any, str]]:
        """The days between which orders were signed: name, label and what is set."""
        return [(each.name, each.label, self.state.get(each.name, "")) for each in FILTERS if "signed" in each.name]

    @property
    def kept_beside_dates(self) -> list[tuple[str, str]]:
        """State that the form of the days takes along."""
        return self._state_but("signed_from", "signed_to")

    @cached_property
    def choices(self) -> Any:
        """The filters that have something to choose from; owners are those on the page and those already chosen."""
        found = [(each, self._owners if each.name == "owner" else choices) for each, choices in super().choices]
        return [(each, choices) for each, choices in found if choices]

    @property
    def _owners(self) -> list[tuple[str, str, bool]]:
        chosen = self.state.getlist("owner")
        names = {row.owner_account: row.owner_name for row in self.page.rows}
        return [(each, names.get(each, each), each in chosen) for each in sorted({*names, *filter(None, chosen)})]

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By any part of number, contract number, name or customer: from the index, and the latest from the table."""
        answers = asked_of_each(text)
        if answers is not None:
            self.most = COUNTED_OF_MANY
        return narrowed(rows, text, answers)

    @cached_property
    def _answers(self) -> dict[str, Mapping[UUID, str]]:
        return {}

    def _column(self, offered: Offered) -> Column:
        def cell(order: Order) -> str:
            if offered.name not in self._answers:
                self._answers[offered.name] = offered.values([row.pk for row in self.page.rows], self.actor)
            return self._answers[offered.name].get(order.pk, "—")

        def texts(orders: Sequence[Order]) -> list[str]:
            return offered.exported([order.pk for order in orders], self.actor)

        return Column(offered.name, offered.label, cell=cell, number=offered.numeric, kind=offered.kind, texts=texts)


def _customer(customer: Customer) -> SafeString:
    return markup('<a class="b" href="{}">{}</a>', reverse("orders:customer", args=[customer.number]), customer.name)


def _running(customer: Any) -> SafeString | str:
    if not customer.running:
        return "0"
    address = f"{reverse('orders:list')}?customer={customer.number}"
    return markup('<a href="{}" title="{}">{}</a>', address, gettext("Orders of this customer"), customer.running)


class CustomerList(List):
    """The customers, with how many orders run and when the last was signed."""

    name = "customers"
    columns = (
        Column("name", _("Customer"), cell=_customer, sort="name", kind="wide"),
        Column("number", _("Customer number"), cell=lambda each: each.number, sort="number", kind="n"),
        Column("code", _("Code"), cell=lambda each: each.code, sort="code"),
        Column("running", _("Running orders"), cell=_running, sort="running", number=True),
        Column("signed_on", _("Last signed"), cell=lambda each: _day(each.signed_on), sort="signed_on", kind="n"),
    )
    sort = "name"
    empty_icon = "users"
    empty_title = _("No customers yet")
    empty_text = _("A customer is listed together with the first order, or here.")

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By name, code or number."""
        return rows.filter(Q(name__icontains=text) | Q(code__icontains=text) | Q(number__icontains=text))
