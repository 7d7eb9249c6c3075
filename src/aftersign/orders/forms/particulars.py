"""What an order says, as a form: shared by registering an order and by changing what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cached_property
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.fields import DayField, MoneyField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.rows import RowForms
from aftersign.kernel.shell.widgets import Chips
from aftersign.orders.entries import CriterionEntry, LineEntry, MilestoneEntry, PaperEntry, Particulars
from aftersign.orders.forms import papers
from aftersign.orders.forms.choices import currencies, order_kinds, secrecy_levels, tax_rates
from aftersign.orders.forms.rows import CRITERIA, LINES, MILESTONES, FigureField
from aftersign.orders.models import Order
from aftersign.orders.money import in_base
from aftersign.orders.queries.known import known_contract
from aftersign.orders.unit import visible_orders

TABLES: Mapping[str, Callable[..., Any]] = {
    "lines": LineEntry,
    "milestones": MilestoneEntry,
    "criteria": CriterionEntry,
}
FIELDS = tuple(each.name for each in fields(Particulars) if each.name not in TABLES)


_DATED = ("amount", "currency", "signed_on", "delivery_on")


class ParticularsForm(ActForm):
    """Fields and tables of what an order says; files that arrive with it are taken in at once."""

    row_forms: ClassVar[Mapping[str, RowForms]] = {
        papers.ROWS: papers.PAPER_ROWS,
        "lines": LINES,
        "milestones": MILESTONES,
        "criteria": CRITERIA,
    }

    title = forms.CharField(label=_("Name of the order"), max_length=120)
    contract_no = forms.CharField(label=_("Contract number"), max_length=60)
    repeat_reason = forms.CharField(label=_("Why the number is used again"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind of order"), choices=order_kinds, widget=Chips)
    amount = MoneyField(label=_("Total of the contract, tax included"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    rate = FigureField(label=_("Exchange rate"), max_digits=15, decimal_places=6, required=False)
    rate_on = DayField(label=_("Exchange rate of the day"), required=False)
    tax_rate = forms.TypedChoiceField(
        label=_("Tax rate"), choices=tax_rates, coerce=forms.DecimalField().to_python, empty_value=None, required=False
    )
    signed_on = DayField(label=_("Signed on"))
    delivery_on = DayField(label=_("Delivery by contract"), required=False)
    secrecy = forms.ChoiceField(label=_("Secrecy"), choices=secrecy_levels, required=False)

    def __init__(self, request: HttpRequest, unit: Any = None, **kwargs: Any) -> None:
        self.file_faults: list[str] = []
        if request.method == "POST":
            data, self.file_faults = papers.taken_in(request)
            kwargs |= {"data": self.proposed(request, data)}
        super().__init__(request, unit, **kwargs)
        for row in self.rows[papers.ROWS].forms:
            cast(papers.PaperRow, row).actor = request.actor  # type: ignore[attr-defined]

    @property
    def drop(self) -> SafeString:
        """The place for files: each is sent as it comes, and the papers that are there by then come back."""
        return papers.place_of(self.request.path)

    def is_multipart(self) -> bool:
        """Files come with it, though no field of the form is one."""
        return True

    def proposed(self, request: HttpRequest, data: Any) -> Any:
        """What was sent, with proposals where nothing was written."""
        return data

    def clean(self) -> dict[str, Any] | None:
        for fault in self.file_faults:
            self.add_error(None, fault)
        if any(cast(papers.PaperRow, row).file is None for row in self.rows[papers.ROWS].forms):
            self.add_error(None, papers.GONE)
        return super().clean()

    @cached_property
    def other_order(self) -> Order | None:
        """The order that has the contract number already."""
        number = str(self["contract_no"].value() or "")
        own = self.unit if isinstance(self.unit, Order) else None
        if not number.strip() or (own and own.contract_no == number.strip()):
            return None
        return known_contract(number, but=own)

    @property
    def may_open_other(self) -> bool:
        """Whether the order with the same contract number may be shown to whoever asks."""
        other = self.other_order
        return other is not None and visible_orders(self.actor).filter(pk=other.pk).exists()

    @property
    def sketch(self) -> dict[str, Any]:
        """What can be read of the order while it is still being written, as the fact of its signing would say it."""
        house = company()
        read = {name: self.read(name) for name in ("kind", "rate", *_DATED)}
        base = in_base(read["amount"], read["currency"] or "", house.base_currency, read["rate"])
        said = {"order_kind": read["kind"], "amount_base": base, **{name: read[name] for name in _DATED}}
        return {name: value for name, value in said.items() if value is not None}

    def read(self, name: str) -> Any:
        """What a field holds while the form is still being written; None as long as it cannot be read."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None

    def rows_so_far(self, name: str) -> tuple[Any, ...]:
        """The rows of a table where they have been checked and hold, else none."""
        rows = self.rows[name]
        return tuple(TABLES[name](**row) for row in rows.values) if rows.checked and rows.is_valid() else ()

    def said(self) -> dict[str, Any]:
        """What the form says of an order, ready for its entry; the form has been checked."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in FIELDS},
            **{name: tuple(kind(**row) for row in given[name]) for name, kind in TABLES.items()},
        }

    @property
    def papers(self) -> tuple[PaperEntry, ...]:
        """The papers that were sent with the form, now or before; the form has been checked."""
        return papers.entries(self.cleaned_data[papers.ROWS], self.actor)


class InformationForm(ParticularsForm):
    """Changing what an order says, and adding and voiding its papers."""

    draft = "order.change_information"

    def __init__(self, request: HttpRequest, order: Order, particulars: Particulars) -> None:
        rows = {name: [vars(row) for row in getattr(particulars, name)] for name in TABLES}
        shown = {name: getattr(particulars, name) for name in FIELDS}
        self.kept = list(order.papers.filter(voided_at=None))
        super().__init__(request, order, initial=shown | rows | {"tax_rate": _plain(particulars.tax_rate)})
        self.fields["voided"] = forms.MultipleChoiceField(
            choices=[(str(paper.pk), paper.name) for paper in self.kept], required=False
        )

    @property
    def changes(self) -> dict[str, Any]:
        """What the order is to say, and which papers come and go; the form has been checked."""
        given = self.cleaned_data
        return {
            "entry": Particulars(**self.said()),
            "repeat_reason": given["repeat_reason"],
            "papers": self.papers,
            "voided": tuple(UUID(pk) for pk in given["voided"]),
        }


def _plain(rate: Any) -> str:
    return f"{rate.normalize():f}" if rate is not None else ""
