"""The page of samples: every component in the states that it can have, to be looked at and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import departments, matching, people
from aftersign.kernel.shell import marks
from aftersign.kernel.shell.fields import DayField, FilesField, MoneyField, PersonField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.lists import Column, Filter, List
from aftersign.kernel.shell.responses import done
from aftersign.kernel.shell.rows import RowForms
from aftersign.kernel.shell.states import STATES
from aftersign.kernel.shell.widgets import Chips, Ticks

KINDS = [
    ("sale", pgettext_lazy("kind of order", "Sale")),
    ("service", pgettext_lazy("kind of order", "Service")),
    ("project", pgettext_lazy("kind of order", "Project")),
]
POINTS = [
    ("original", _("One original contract, three copies")),
    ("requirements", _("Requirements document, version 2")),
]
ICONS = (
    "at", "bang", "bell", "cal", "cd", "chart", "chat", "circle", "cl", "clip", "clock", "coin", "cols", "cr", "dots",
    "down", "filter", "flag", "folder", "gantt", "gauge", "gear", "globe", "half", "head", "inbox", "key", "link",
    "lock", "menu", "minus", "moon", "ok", "order", "out", "pause", "pen", "plus", "print", "risk", "search",
    "shield", "stamp", "star", "sun", "swap", "trash", "truck", "undo", "up", "user", "users", "x",
)  # fmt: skip

CELLS = (
    ("done", "ok"),
    ("done_late", "late"),
    ("open", "info"),
    ("due_soon", "warn"),
    ("breached", "bad"),
    ("waived", "waive"),
    ("todo", "todo"),
    ("not_applicable", "na"),
)


@dataclass(frozen=True)
class Stage:
    """A stage of the sample order."""

    name: str
    label: object
    note: str
    share: int = 0


class PaymentRow(forms.Form):
    """A payment of the sample order."""

    name = forms.CharField(label=_("Payment"))
    amount = MoneyField(label=_("Amount"))
    on = DayField(label=_("Expected on"), required=False)


class SampleForm(ActForm):
    """A form with one field of every kind; it keeps nothing."""

    draft = "sample"
    row_forms = {"payments": RowForms(PaymentRow, add=_("Add a payment"), blank=2)}

    customer = forms.CharField(label=_("Customer"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind of order"), choices=KINDS, widget=Chips)
    amount = MoneyField(label=_("Contract total"))
    delivery_on = DayField(label=_("Delivery date"))
    owner = PersonField(label=_("Sales owner"))
    matters = forms.CharField(label=_("Special matters"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    points = forms.MultipleChoiceField(label=_("Points to check"), choices=POINTS, widget=Ticks, required=False)
    papers = FilesField(label=_("Papers"), required=False, accept=(".pdf", ".docx", ".xlsx", ".png", ".jpg"))
    agreed = forms.BooleanField(label=_("Read and understood"), required=False)

    def check(self) -> None:
        """Refuse what a policy would refuse, so that a refusal can be looked at."""
        if not self.cleaned_data["matters"]:
            sentence = str(_("Name the special matters, or say that there are none."))
            raise Refused((Refusal(sentence, terms=("2.1.1.parts",), missing=("matters",)),))


class SampleList(List):
    """Everybody who works here, with all that a list can do."""

    name, title = "sample", _("List")
    sort, size, selectable = "name", 25, True
    columns = (
        Column("name", _("Name"), cell=lambda row: marks.avatar(row, named=True), sort="name"),
        Column("department", _("Department"), cell=lambda row: row.department or "", sort="department__name"),
        Column("title", _("Position"), cell=lambda row: row.title, sort="title"),
        Column("account", _("Account"), cell=lambda row: row.account, kind="desk", hidden=True),
    )
    filters = (
        Filter(
            "department",
            _("Department"),
            choices=lambda request: [(str(each.pk), each.name) for each in departments()],
            apply=lambda rows, values: rows.filter(
                department__in=[each for each in departments() if str(each.pk) in values]
            ),
        ),
    )

    def search(self, rows: QuerySet[Person], text: str) -> QuerySet[Person]:
        """People by name or account."""
        return rows & matching(text)


@login_required
def samples(request: HttpRequest) -> HttpResponseBase:
    """All components on one page, with a form that can be sent."""
    form = SampleForm(request, initial={"customer": _("Haichuan Water"), "amount": Decimal(1260000), "kind": "project"})
    if form.does(form.check):
        return done(request, request.path, _("Checked. Samples keep nothing."))
    return SampleList(request, people()).response(
        "shell/samples.html", status=form.status, form=form, **_shown(request)
    )


def _shown(request: HttpRequest) -> dict[str, Any]:
    """What stands on the page beside the form and the list."""
    faulty = SampleForm(request, data={"customer": "", "amount": "twelve", "kind": "sale"}, auto_id="faulty_%s")
    return {
        "faulty": faulty,
        "states": STATES,
        "cells": [(name, kind, STATES[name]) for name, kind in CELLS],
        "icons": ICONS,
        "times": _times(),
        "signed_at": now() - timedelta(days=3),
        "stages": _stages(),
    }


def _times() -> list[datetime | date]:
    """Due times behind and ahead, with and without a time of day."""
    today = timezone.localtime(now()).date()
    midnight = [
        datetime.combine(today + timedelta(days=ahead), time(0), timezone.get_current_timezone())
        for ahead in (-1, 1, 2, 4, 30)
    ]
    return [now() - timedelta(hours=3), *midnight, now() + timedelta(hours=5), today + timedelta(days=400)]


def _stages() -> list[Stage]:
    return [
        Stage("signing", pgettext_lazy("stage", "Signing"), "10-08"),
        Stage("handover", pgettext_lazy("stage", "Handover"), "10-09"),
        Stage("execution", pgettext_lazy("stage", "Execution"), "42%", 42),
        Stage("acceptance", pgettext_lazy("stage", "Acceptance"), "12-18"),
        Stage("closing", pgettext_lazy("stage", "Closing"), ""),
    ]
