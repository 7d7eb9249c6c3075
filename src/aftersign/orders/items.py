"""What can be changed of an order or a customer, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ITEMS = {
    "title": gettext_lazy("Name of the order"),
    "contract_no": gettext_lazy("Contract number"),
    "repeat_reason": gettext_lazy("Why the number is used again"),
    "kind": gettext_lazy("Kind of order"),
    "signed_on": gettext_lazy("Signed on"),
    "delivery_on": gettext_lazy("Delivery by contract"),
    "amount": gettext_lazy("Total of the contract, tax included"),
    "currency": gettext_lazy("Currency"),
    "rate": gettext_lazy("Exchange rate"),
    "rate_on": gettext_lazy("Exchange rate of the day"),
    "tax_rate": gettext_lazy("Tax rate"),
    "secrecy": gettext_lazy("Secrecy"),
    "paper": gettext_lazy("Paper"),
    "name": gettext_lazy("Name"),
    "code": gettext_lazy("Code"),
    "credit_code": gettext_lazy("Unified credit code"),
    "address": gettext_lazy("Address"),
    "channel": gettext_lazy("Preferred way of contact"),
    "contacts": gettext_lazy("Contacts"),
}


def item_label(name: str) -> str:
    """An item in words; rows of a table by their number. An item without words stands for itself."""
    kind, _space, number = name.partition(" ")
    if number:
        rows = {
            "line": _("Line %(number)s"),
            "milestone": _("Payment %(number)s"),
            "criterion": _("Criterion %(number)s"),
        }
        return rows[kind] % {"number": number} if kind in rows else name
    return str(_ITEMS.get(name, name))
