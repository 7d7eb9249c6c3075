"""What a row of an import means: the order, its customer and who sells it, as the acts take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from aftersign.cli.importing import values
from aftersign.cli.importing.maps import ImportMap, Reading, Unmatched
from aftersign.cli.importing.values import BadValue
from aftersign.orders.entries import ContactEntry, CustomerEntry, LineEntry
from aftersign.orders.money import HUNDRED, of_line, rounded

_DAYS = ("signed_on", "delivery_on", "rate_on", "accepted_on")
_NUMBERS = ("amount", "rate", "tax_rate")


class BadRow(Exception):
    """A row that cannot come in; its arguments are the reasons."""


@dataclass(frozen=True)
class Seller:
    """Who sells an order, as the file names them."""

    name: str
    account: str = ""
    title: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a row asks for; `said` are the particulars of the order that the map gives, by name.

    `accepted_on` is the day on which the customer accepted, for an order that is adopted after that.
    """

    said: Mapping[str, Any]
    customer: CustomerEntry
    seller: Seller
    accepted_on: date | None = None

    @property
    def contract_no(self) -> str:
        """The contract number, by which an order is known again."""
        return str(self.said["contract_no"])


def wanted(reading: Reading, chart: ImportMap, shift: int) -> Wanted:
    """What a row asks for; days are moved by `shift`. Raises `BadRow` with every reason, and `BadMap`."""
    faults: list[str] = []
    said = {
        name: _value(faults, name, reading, template, _parser(name, shift)) for name, template in chart.order.items()
    }
    if chart.lines:
        said["lines"] = tuple(_lines(faults, reading, chart.lines))
        if "amount" not in chart.order and said["lines"]:
            said["amount"] = _sum(said["lines"])
    customer = _texts(faults, "customer", reading, chart.customer)
    contacts = tuple(_contacts(faults, reading, chart))
    seller = _texts(faults, "sales_owner", reading, chart.sales_owner)
    faults += [f"{name}: is empty" for name in ("contract_no", "signed_on") if name in said and not said[name]]
    faults += ["customer: has no name"] if not customer["name"] else []
    faults += ["sales_owner: has no name"] if not seller["name"] else []
    if faults:
        raise BadRow(*dict.fromkeys(faults))
    said["title"] = said.get("title") or said["contract_no"]
    accepted_on = said.pop("accepted_on", None)
    return Wanted(said, CustomerEntry(**customer, contacts=contacts), Seller(**seller), accepted_on)


def _sum(lines: Iterable[LineEntry]) -> Decimal:
    """What lines come to together, rounded once, so that it may differ by a cent from the sum of rounded lines."""
    return rounded(sum((each.quantity * each.unit_price * (1 - each.discount / HUNDRED) for each in lines), Decimal(0)))


def _parser(name: str, shift: int) -> Callable[[str], Any]:
    if name in _DAYS:
        return lambda text: values.day(text, shift)
    return values.number if name in _NUMBERS else str


def _value(faults: list[str], name: str, reading: Reading, template: str, parse: Callable[[str], Any]) -> Any:
    """The value of a template; what is wrong with it is added to the faults."""
    try:
        return parse(reading.fill(template))
    except (BadValue, Unmatched) as bad:
        faults.append(f"{name}: {bad}")
        return None


def _texts(faults: list[str], what: str, reading: Reading, templates: Mapping[str, str]) -> dict[str, str]:
    return {key: _value(faults, what, reading, template, str) or "" for key, template in templates.items()}


def _contacts(faults: list[str], reading: Reading, chart: ImportMap) -> Iterator[ContactEntry]:
    for templates in chart.contacts:
        said = _texts(faults, "customer", reading, templates)
        if said.get("name"):
            yield ContactEntry(
                name=said["name"], role=said.get("role", ""), phone=said.get("phone", ""), email=said.get("email", "")
            )


def _lines(faults: list[str], reading: Reading, templates: Mapping[str, str]) -> Iterator[LineEntry]:
    for place, each in enumerate(reading.among(templates["from"]), 1):
        name = f"line {place}"
        numbers = {
            key: _value(faults, f"{name}: {key}", each, templates.get(key, ""), values.number)
            for key in ("quantity", "unit_price", "discount", "discount_fraction")
        }
        if numbers["quantity"] is None or numbers["unit_price"] is None:
            faults.append(f"{name}: needs quantity and unit_price")
            continue
        discount = numbers["discount"] or (numbers["discount_fraction"] or Decimal(0)) * HUNDRED
        yield LineEntry(
            **_texts(faults, name, each, {key: templates.get(key, "") for key in ("name", "specification", "measure")}),
            quantity=numbers["quantity"],
            unit_price=numbers["unit_price"],
            discount=discount,
            amount=of_line(numbers["quantity"], numbers["unit_price"], discount),
        )
