"""What a row of an import means: the order, its customer and who sells it, as the acts take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from aftersign.desk.importing import values
from aftersign.desk.importing.called import Called
from aftersign.desk.importing.maps import ImportMap, Reading, Unmatched
from aftersign.desk.importing.values import BadValue
from aftersign.orders.entries import ContactEntry, CustomerEntry, LineEntry
from aftersign.orders.money import HUNDRED, of_line, rounded

_DAYS = ("signed_on", "delivery_on", "rate_on", "accepted_on")
_NUMBERS = ("amount", "rate", "tax_rate")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, in which value of it (empty: in the row as a whole), and which clauses demand it."""

    value: str
    sentence: str
    clauses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.value}: {self.sentence}".removeprefix(": ")


@dataclass(frozen=True)
class Seller:
    """Who sells an order, as the file names them."""

    name: str
    account: str = ""
    title: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a row asks for; `said` are the particulars of the order that the map gives, by name.

    `accepted_on` is the day on which the customer accepted, for an order that is adopted after that; `stage` is the one
    at which the row itself says that it is adopted.
    """

    said: Mapping[str, Any]
    customer: CustomerEntry
    seller: Seller
    accepted_on: date | None = None
    stage: str = ""

    @property
    def contract_no(self) -> str:
        """The contract number, by which an order is known again; empty where the row has none."""
        return str(self.said.get("contract_no") or "")

    @property
    def registered(self) -> Wanted:
        """The same, were it registered in the usual way."""
        return replace(self, accepted_on=None, stage="")


class BadRow(Exception):
    """A row that cannot come in: its faults, and what it asks for as far as that can be read."""

    def __init__(self, faults: tuple[Fault, ...], asked: Wanted) -> None:
        super().__init__(*faults)
        self.faults, self.asked = faults, asked


def wanted(reading: Reading, chart: ImportMap, shift: int, called: Called) -> Wanted:
    """What a row asks for; days are moved by `shift`, words of the policy are found by `called`.

    Raises `BadRow` with every fault, and `BadMap`.
    """
    faults: list[Fault] = []
    said = {
        name: _value(faults, name, reading, template, _parser(name, shift, called))
        for name, template in chart.order.items()
    }
    if chart.lines:
        said["lines"] = tuple(_lines(faults, reading, chart.lines))
        if "amount" not in chart.order and said["lines"]:
            said["amount"] = _sum(said["lines"])
    customer = _texts(faults, "customer", reading, chart.customer)
    contacts = tuple(_contacts(faults, reading, chart))
    seller = _texts(faults, "sales_owner", reading, chart.sales_owner)
    wrong = {each.value for each in faults}
    faults += [each for each in _lacking(said, customer, seller) if each.value not in wrong]
    if faults:
        said.pop("lines", None)  # only some of them may have been read
    said["title"] = said.get("title") or said["contract_no"]
    accepted_on, stage = said.pop("accepted_on", None), said.pop("stage", None) or ""
    asked = Wanted(said, CustomerEntry(**customer, contacts=contacts), Seller(**seller), accepted_on, stage)
    if faults:
        raise BadRow(tuple(dict.fromkeys(faults)), asked)
    return asked


def _lacking(said: Mapping[str, Any], customer: Mapping[str, str], seller: Mapping[str, str]) -> Iterator[Fault]:
    empty = [name for name in ("contract_no", "signed_on") if name in said and not said[name]]
    yield from (Fault(name, _("is empty")) for name in empty)
    nameless = {"customer": customer, "sales_owner": seller}
    yield from (Fault(name, _("has no name")) for name, entry in nameless.items() if not entry["name"])


def _sum(lines: Iterable[LineEntry]) -> Decimal:
    """What lines come to together, rounded once, so that it may differ by a cent from the sum of rounded lines."""
    return rounded(sum((each.quantity * each.unit_price * (1 - each.discount / HUNDRED) for each in lines), Decimal(0)))


def _parser(name: str, shift: int, called: Called) -> Callable[[str], Any]:
    if name in _DAYS:
        return lambda text: values.day(text, shift)
    if name in called.words:
        return lambda text: called.meant(name, text)
    return values.number if name in _NUMBERS else str


def _value(faults: list[Fault], name: str, reading: Reading, template: str, parse: Callable[[str], Any]) -> Any:
    """The value of a template; what is wrong with it is added to the faults."""
    try:
        return parse(reading.fill(template))
    except (BadValue, Unmatched) as bad:
        faults.append(Fault(name, str(bad)))
        return None


def _texts(faults: list[Fault], what: str, reading: Reading, templates: Mapping[str, str]) -> dict[str, str]:
    return {key: _value(faults, what, reading, template, str) or "" for key, template in templates.items()}


def _contacts(faults: list[Fault], reading: Reading, chart: ImportMap) -> Iterator[ContactEntry]:
    for templates in chart.contacts:
        said = _texts(faults, "customer", reading, templates)
        if said.get("name"):
            yield ContactEntry(
                name=said["name"], role=said.get("role", ""), phone=said.get("phone", ""), email=said.get("email", "")
            )


def _lines(faults: list[Fault], reading: Reading, templates: Mapping[str, str]) -> Iterator[LineEntry]:
    for place, each in enumerate(reading.among(templates["from"]), 1):
        name = f"line {place}"
        numbers = {
            key: _value(faults, f"{name}: {key}", each, templates.get(key, ""), values.number)
            for key in ("quantity", "unit_price", "discount", "discount_fraction")
        }
        if numbers["quantity"] is None or numbers["unit_price"] is None:
            faults.append(Fault(name, _("needs a quantity and a price")))
            continue
        discount = numbers["discount"] or (numbers["discount_fraction"] or Decimal(0)) * HUNDRED
        yield LineEntry(
            **_texts(faults, name, each, {key: templates.get(key, "") for key in ("name", "specification", "measure")}),
            quantity=numbers["quantity"],
            unit_price=numbers["unit_price"],
            discount=discount,
            amount=of_line(numbers["quantity"], numbers["unit_price"], discount),
        )
