"""The values that a table may give for an order, how its columns are called, and which column gives which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from aftersign.desk.importing.maps import ImportMap
from aftersign.kernel.org.models import Language

STAGE_COLUMN = "stage_column"


@dataclass(frozen=True)
class Value:
    """A value: section and key in a map, label, other heads of its column (between bars), and whether it is a must."""

    section: str
    key: str
    label: Any
    also: Any = ""
    is_needed: bool = False

    @property
    def name(self) -> str:
        """The name of its field; not that of the stage for all orders."""
        if self.key == "stage":
            return STAGE_COLUMN
        return self.key if self.section == "order" else f"{self.section}_{self.key}"


VALUES = (
    Value("order", "contract_no", _("Contract number"), _("contract no.|contract|number of the contract"), True),
    Value("order", "title", _("Title of the order"), _("order|title|name of the order|project")),
    Value("customer", "name", _("Customer"), _("client|name of the customer|customer's name"), True),
    Value("order", "kind", _("Kind of order"), _("kind|type|type of order"), True),
    Value("order", "signed_on", _("Signed on"), _("signed|day of signing|date of signing|date of the contract"), True),
    Value("order", "delivery_on", _("Delivery due"), _("delivery|due|date of delivery|day of delivery")),
    Value("order", "amount", _("Amount"), _("sum|total|value of the contract|amount of the contract")),
    Value("order", "currency", _("Currency"), _("money")),
    Value("order", "rate", _("Exchange rate"), _("rate")),
    Value("order", "tax_rate", _("Tax rate"), _("tax|percent of tax")),
    Value("sales_owner", "name", _("Sales owner"), _("seller|salesperson|sold by|sales"), True),
    Value("order", "stage", _("Stage"), _("state|progress|stage that the order has reached")),
    Value("order", "accepted_on", _("Accepted by the customer on"), _("accepted|day of acceptance|acceptance")),
    Value("customer", "credit_code", _("Credit code"), _("credit no.|unified social credit code")),
    Value("customer", "address", _("Address"), _("address of the customer")),
    Value("contacts", "name", pgettext_lazy("of a customer", "Contact"), _("contact person|name of the contact")),
    Value("contacts", "phone", _("Telephone"), _("phone|mobile|phone of the contact")),
)
BY_NAME = {each.name: each for each in VALUES}
_OF_FAULTS = {"customer": "customer_name", "sales_owner": "sales_owner_name", "stage": STAGE_COLUMN}


def label_of(name: str) -> str:
    """What a value is called where a fault names it; a value of no column stands for itself."""
    found = BY_NAME.get(_OF_FAULTS.get(name, name))
    return str(found.label) if found else name


def guessed(heads: Sequence[str]) -> dict[str, str]:
    """The column that each value has by its head, in whichever language; each column gives one value."""
    found: dict[str, str] = {}
    for head in heads:
        value = _meant(head)
        if value and value.name not in found:
            found[value.name] = head
    return found


def as_tables(chosen: Mapping[str, str]) -> dict[str, Any]:
    """The map, as its file would say it, that gives each value the text chosen for it."""
    tables: dict[str, Any] = {"order": {}, "customer": {}, "sales_owner": {}, "contacts": {}}
    for value in VALUES:
        if chosen.get(value.name):
            tables[value.section][value.key] = chosen[value.name]
    contact = tables.pop("contacts")
    if contact.get("name"):
        tables["customer"]["contacts"] = [contact]
    return tables


def chosen_in(chart: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen for each value, read back from such a map."""
    contacts: Mapping[str, str] = next(iter(chart.get("customer", {}).get("contacts", ())), {})
    tables = {**chart, "contacts": contacts}
    return {each.name: text for each in VALUES if (text := tables.get(each.section, {}).get(each.key))}


def needs(chart: ImportMap) -> set[str]:
    """The files that a map joins."""
    return {join.file for join in chart.joined.values()}


def _meant(head: str) -> Value | None:
    wanted = _folded(head)
    return next((each for each in VALUES if wanted in set(_heads(each))), None)


def _heads(value: Value) -> Iterator[str]:
    yield _folded(value.key if value.section == "order" else value.name)
    for language in Language.values:
        with override(language):
            yield _folded(str(value.label))
            yield from map(_folded, str(value.also).split("|"))


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()
