"""What the fields, rows and choices of a handover form are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.clock import eras
from aftersign.kernel.units import words

Label = str | Promise

FIELDS: Mapping[str, Label] = {
    "contract_no": _("Contract number"),
    "order_kind": _("Kind of order"),
    "customer": _("Customer"),
    "credit_code": _("Credit code"),
    "address": _("Address"),
    "signed_on": _("Signed on"),
    "amount": _("Contract total"),
    "currency": _("Currency"),
    "tax_rate": _("Tax rate"),
    "delivery_on": _("Delivery date"),
    "sales_owner": _("Sales owner"),
    "contact": _("Contact"),
    "channel": _("Preferred channel"),
    "decision_maker": _("Decision maker"),
    "stakeholders": _("Stakeholders"),
    "subject": _("What was ordered"),
    "payment": _("Payment"),
    "invoice": _("Invoices"),
    "delivery": _("Place and manner of delivery"),
    "warranty": _("Warranty period"),
    "acceptance": _("Acceptance"),
    "success": _("Success for the customer"),
    "penalty": _("Penalties"),
    "statement": _("Requirement"),
    "source": _("Source"),
    "priority": _("Priority"),
    "criterion": _("Acceptance criterion"),
    "text": pgettext_lazy("special matter", "Matter"),
    "nature": _("Nature"),
    "owner": pgettext_lazy("of an open question", "Owner"),
    "key": _("Key point"),
    "none": pgettext_lazy("nothing to say", "None"),
    "file": _("File"),
    "version": _("Version"),
    "copies": _("Copies"),
    "holder": _("Kept by"),
}
PRIORITIES: Mapping[str, Label] = {
    "must": pgettext_lazy("priority", "Must"),
    "should": pgettext_lazy("priority", "Should"),
    "wish": pgettext_lazy("priority", "Wish"),
}
NATURES: Mapping[str, Label] = {
    "promise": _("Promise beyond the contract"),
    "assumption": _("Assumption or exclusion"),
    "dependency": _("Outside dependency"),
    "customer_supplied": _("Supplied by the customer"),
    "sensitivity": _("Sensitivity"),
    "concession": _("Concession"),
    "risk": _("Known risk"),
    "confidentiality": _("Confidentiality"),
    "open_question": _("Open question"),
}
DAYS = frozenset(["signed_on", "delivery_on"])
CHOICES: Mapping[str, Mapping[str, Label]] = {"priority": PRIORITIES, "nature": NATURES}
ORDINALS = (
    pgettext_lazy("part of a form", "1"),
    pgettext_lazy("part of a form", "2"),
    pgettext_lazy("part of a form", "3"),
    pgettext_lazy("part of a form", "4"),
    pgettext_lazy("part of a form", "5"),
    pgettext_lazy("part of a form", "6"),
    pgettext_lazy("part of a form", "7"),
    pgettext_lazy("part of a form", "8"),
)


def word(name: str) -> str:
    """A word of the policy as this chapter calls it, in the reader's language."""
    return words.label("word/handover", name, get_language() or "zh-hans")


def field(name: str) -> str:
    """What a field is called; a field of another edition stands for itself."""
    return str(FIELDS.get(name, name))


def value(name: str, said: str) -> str:
    """What a field says, with the choices and words of the policy in the reader's language."""
    if name == "order_kind":
        return word(said) if said else said
    if name in DAYS:
        return eras.rewritten(said)
    if name == "key":
        return str(FIELDS["key"]) if said == "yes" else ""
    return str(CHOICES.get(name, {}).get(said, said))


def item(reference: str) -> str:
    """What a place in the form is called: a part, a field of it, a row by its number, a kind of paper."""
    part, _dot, rest = reference.partition(".")
    if part == "documents":
        return word(rest.rpartition(".")[0])
    if not rest:
        return word(part)
    return str(FIELDS.get(rest, rest))


def ordinal(position: int) -> str:
    """The number of a part as it stands before its title, counted from one."""
    return str(ORDINALS[position - 1]) if position <= len(ORDINALS) else str(position)
