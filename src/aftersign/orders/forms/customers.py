"""Listing a customer, and changing what is known of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.rows import RowForms
from aftersign.orders.entries import ContactEntry, CustomerEntry
from aftersign.orders.forms.rows import CONTACTS
from aftersign.orders.models import Customer

FIELDS = ("name", "code", "credit_code", "address", "channel")
CONTACT = ("name", "role", "phone", "email", "decides")


class CustomerForm(ActForm):
    """A customer with the people known there."""

    draft = "order.customer"
    row_forms: ClassVar[Mapping[str, RowForms]] = {"contacts": CONTACTS}

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(label=_("Code"), max_length=60, required=False)
    credit_code = forms.CharField(label=_("Unified credit code"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    channel = forms.CharField(label=_("Preferred way of contact"), max_length=40, required=False)

    def __init__(self, request: HttpRequest, customer: Customer | None = None) -> None:
        known = {name: getattr(customer, name) for name in FIELDS} if customer else {}
        contacts = customer.contacts.order_by("pk").values(*CONTACT) if customer else ()
        super().__init__(request, customer, initial=known | {"contacts": list(contacts)})

    @property
    def entry(self) -> CustomerEntry:
        """What is to be known of the customer; the form has been checked."""
        given = self.cleaned_data
        contacts = tuple(ContactEntry(**row) for row in given["contacts"])
        return CustomerEntry(**{name: given[name] for name in FIELDS}, contacts=contacts)
