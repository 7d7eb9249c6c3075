"""Changing days of the working calendar: row by row, looked at first, then done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersign.chapters.general import acts
from aftersign.chapters.general.queries import today
from aftersign.chapters.general.queries.calendar import HOLIDAY, MAKE_UP, ORDINARY, Year
from aftersign.chapters.general.rules.calendar import earliest, fault_of
from aftersign.kernel.clock import eras
from aftersign.kernel.shell.fields import DayField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.rows import RowForms
from aftersign.policy.turning import Moving, moving

STEP, CONFIRMED, LOOKED = "step", "change", "looked"
KINDS = (
    (HOLIDAY, gettext_lazy("Holiday")),
    (MAKE_UP, gettext_lazy("Make-up day")),
    (ORDINARY, gettext_lazy("As its weekday says")),
)


class DayRow(forms.Form):
    """One day, what it becomes, and its name."""

    day = DayField(label=gettext_lazy("Day"))
    kind = forms.ChoiceField(label=gettext_lazy("Becomes"), choices=KINDS, initial=HOLIDAY)
    name = forms.CharField(label=pgettext_lazy("of a day", "Name"), max_length=60, required=False)


class ChangeForm(ActForm):
    """Days of a year that become something else.

    It carries the fact that it was opened on, and a mark of the days that were looked at: only those are changed.
    """

    row_forms = {"days": RowForms(DayRow, add=gettext_lazy("One more day"), least=1, most=120)}
    stated = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, year: Year, rows: Sequence[Mapping[str, Any]] = ()) -> None:
        self.year = year
        super().__init__(request, initial={"stated": year.stated, "days": rows})

    def clean(self) -> dict[str, Any]:
        """Say at each row what is wrong with its day, before anything is tried."""
        known: set[date] = set()
        for row in self._rows():
            day, kind = row.cleaned_data["day"], row.cleaned_data["kind"]
            if sentence := self._fault(day, kind, known):
                row.add_error("day", sentence)
            known.add(day)
        if self.rows["days"].is_valid() and not self.changes:
            self.add_error(None, _("Nothing changes: the days stand like this already."))
        return self.cleaned_data

    def _fault(self, day: date, kind: str, known: set[date]) -> str:
        if day.year != self.year.number:
            said = {"day": eras.written(day), "year": eras.year(self.year.number)}
            return _("%(day)s does not lie in %(year)s.") % said
        if day in known:
            return _("%(day)s stands here twice.") % {"day": eras.written(day)}
        return fault_of(day, kind, today())

    def _rows(self) -> Iterator[forms.Form]:
        return (row for row in self.rows["days"].forms if row.is_valid() and row.has_changed())

    @cached_property
    def after(self) -> Year:
        """The year as it would stand."""
        said = {row["day"]: (row["kind"], row["name"].strip()) for row in self.rows["days"].values}
        return self.year.with_days(said)

    @cached_property
    def mark(self) -> str:
        """A mark of the days as they would stand, and of what they would replace."""
        return hashlib.sha256(repr(self.said).encode()).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        """Whether it was sent to be done, with the days that were looked at."""
        sent = self.is_bound and self.data.get(STEP) == CONFIRMED
        return sent and self.is_valid() and self.data.get(LOOKED) == self.mark

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes."""
        after, seen = self.after, self.cleaned_data.get("stated")
        return {
            "year": after.number,
            "holidays": list(after.holidays),
            "workdays": list(after.workdays),
            "names": {**after.holidays, **after.workdays},
            "instead_of": seen if isinstance(seen, UUID) else None,
        }

    @cached_property
    def moving(self) -> Moving | None:
        """What would move; nothing while the form does not hold."""
        return moving(acts.calendar.changed(self.after)) if self.is_bound and self.is_valid() else None

    @cached_property
    def changes(self) -> tuple[tuple[date, str, str], ...]:
        """The days that would be other than they are, what they become, and their names."""
        words = dict(KINDS)
        days = self.year.differing(self.after)
        return tuple((day, str(words[self.after.kind(day)]), self.after.name(day)) for day in days)


def rows_of(year: Year, other: Year, first: date | None = None) -> list[dict[str, Any]]:
    """The rows by which a year becomes another, from a day on."""
    days = (day for day in year.differing(other) if day >= (first or earliest(today())))
    return [{"day": day, "kind": other.kind(day), "name": other.name(day)} for day in days]


def row_of(year: Year, day: date) -> dict[str, Any]:
    """The row for one day, with what it most likely becomes."""
    if year.kind(day) != ORDINARY:
        return {"day": day, "kind": ORDINARY}
    return {"day": day, "kind": MAKE_UP if day.weekday() >= 5 else HOLIDAY}
