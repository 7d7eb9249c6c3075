"""Rows within the forms of an order: lines, payments, criteria, contacts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.kernel.shell.fields import DayField, MoneyField
from aftersign.kernel.shell.rows import RowForms


class FigureField(forms.DecimalField):
    """A number that may be typed with separators between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)


class LineRow(forms.Form):
    """One line of what was ordered."""

    name = forms.CharField(label=_("Product or service"), max_length=200)
    specification = forms.CharField(label=_("Specification"), max_length=300, required=False)
    quantity = FigureField(label=_("Quantity"), max_digits=15, decimal_places=3)
    measure = forms.CharField(label=_("Unit of measure"), max_length=20, required=False)
    unit_price = FigureField(label=_("Unit price"), max_digits=15, decimal_places=4)
    discount = FigureField(label=_("Discount %"), max_digits=5, decimal_places=2, required=False)

    def clean_discount(self) -> Decimal:
        """No discount is a discount of nothing."""
        return self.cleaned_data["discount"] or Decimal(0)


class MilestoneRow(forms.Form):
    """One payment that the contract promises."""

    name = forms.CharField(label=pgettext_lazy("payment", "Name"), max_length=60)
    percent = FigureField(label=_("Share %"), max_digits=5, decimal_places=2, required=False)
    amount = MoneyField(label=_("Amount"), required=False)
    due_on = DayField(label=_("Expected on"), required=False)
    condition = forms.CharField(label=_("Condition of payment"), max_length=200, required=False)


class CriterionRow(forms.Form):
    """One criterion of acceptance."""

    text = forms.CharField(label=_("Criterion"), max_length=500, widget=forms.Textarea(attrs={"rows": 1}))
    source = forms.CharField(label=_("Source"), max_length=120, required=False)


class ContactRow(forms.Form):
    """A person at the customer."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("Position held"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


LINES = RowForms(LineRow, _("Add a line"), most=500)
MILESTONES = RowForms(MilestoneRow, _("Add a payment"))
CRITERIA = RowForms(CriterionRow, _("Add a criterion"))
CONTACTS = RowForms(ContactRow, _("Add a contact"), most=30)
