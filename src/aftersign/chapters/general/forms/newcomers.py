"""A table of people, sent as a file, looked at first, then listed as it was looked at."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from aftersign.chapters.general.acts import Secret
from aftersign.chapters.general.acts.newcomers import MOST
from aftersign.chapters.general.queries.newcomers import LANGUAGES, folded, here
from aftersign.chapters.general.rules.newcomers import Fault, Newcomer, Reading, read
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.exports import BOM, plain
from aftersign.kernel.shell.fields import FilesField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.sheets import Sheet, Unreadable, sheet_of

STEP, CONFIRMED = "step", "list"
COLUMNS: Mapping[str, Any] = {
    "account": gettext_lazy("Account"),
    "name": pgettext_lazy("of a person", "Name"),
    "email": gettext_lazy("Mail"),
    "department": gettext_lazy("Department"),
    "title": gettext_lazy("Job title"),
    "post": gettext_lazy("Post"),
    "superior": gettext_lazy("Superior"),
    "language": gettext_lazy("Language"),
}
NEEDED = ("account", "name", "department")
MOST_FAULTS, MOST_ROWS = 100, 20
MOST_TEXT = 3_000_000
"""Characters of a table; what is looked at comes back within the size of a form."""


class NewcomersForm(ActForm):
    """Either a file, or the text of a table that was looked at; only the second is listed."""

    sent = FilesField(label=gettext_lazy("Table"), accept=(".csv", ".xlsx"), max_megabytes=4, required=False)
    text = forms.CharField(max_length=MOST_TEXT, required=False, strip=False, widget=forms.Textarea)

    def __init__(self, request: HttpRequest) -> None:
        self.newcomers: tuple[Newcomer, ...] = ()
        self.overlong: frozenset[int] = frozenset()
        super().__init__(request)
        self.fields["sent"].required = not (self.is_bound and self.data.get("text"))

    def clean(self) -> dict[str, Any]:
        """There is a table, and it has the columns that are needed."""
        said, sent = self.cleaned_data, self.cleaned_data.get("sent") or ()
        if self.errors:
            return said
        name, content = (sent[0].name or "", sent[0].read()) if sent else ("table.csv", said["text"].encode())
        try:
            self._take(sheet_of(name, content))
        except Unreadable:
            self.add_error("sent", _("%(name)s cannot be read as a table: save it as CSV or XLSX") % {"name": name})
        return said

    def _take(self, sheet: Sheet) -> None:
        heads = {column: meant for column in sheet.columns if (meant := _meant(column))}
        lacking = [str(COLUMNS[column]) for column in NEEDED if column not in heads.values()]
        if lacking:
            names = _(", ").join(lacking)
            self.add_error("sent", _("These columns are missing: %(names)s") % {"names": names})
        elif not sheet.rows or len(sheet.rows) > MOST:
            self.add_error("sent", _("A table lists between one and %(most)d people.") % {"most": MOST})
        else:
            self.overlong = sheet.overlong
            self.newcomers = tuple(
                Newcomer(row, **{meant: cells[column] for column, meant in heads.items()}) for row, cells in sheet.rows
            )

    @cached_property
    def reading(self) -> Reading:
        """The table held against the company."""
        found = read(self.newcomers, here())
        sentence = _("The row has more cells than there are columns.")
        found.faults[:0] = [Fault(row, "", sentence) for row in sorted(self.overlong)]
        return found

    @property
    def is_seen(self) -> bool:
        """Whether there is a table to be looked at."""
        return self.is_bound and self.is_valid() and bool(self.newcomers)

    @property
    def is_confirmed(self) -> bool:
        """Whether the table that was looked at is to be listed; a file that was sent is looked at first."""
        return self.is_seen and self.data.get(STEP) == CONFIRMED and not self.cleaned_data["sent"]

    @property
    def faults(self) -> list[tuple[Fault, str]]:
        """The first faults, each with the name of its column."""
        return [(each, str(COLUMNS.get(each.column, ""))) for each in self.reading.faults[:MOST_FAULTS]]

    @property
    def more_faults(self) -> int:
        """How many faults there are beside these."""
        return max(0, len(self.reading.faults) - MOST_FAULTS)

    @property
    def by_department(self) -> list[tuple[str, int]]:
        """How many come into each department, most first."""
        return Counter(place.name for place in self.reading.standing.values()).most_common()

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Departments with whoever would head them."""
        names = {folded(each.account): each.name for each in self.newcomers} | {**here().people}
        places = {place.pk: place.name for place in self.reading.standing.values()}
        return [(places[place], names[head]) for place, head in self.reading.heads.items()]

    @property
    def first(self) -> tuple[Newcomer, ...]:
        """The first rows, to see whether the columns are the right ones."""
        return self.newcomers[:MOST_ROWS]

    @property
    def canonical(self) -> str:
        """The table as text, as it comes back when it is to be listed."""
        target = io.StringIO()
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(each, column) for column in COLUMNS] for each in self.newcomers)
        return target.getvalue()

    @cached_property
    def secrets(self) -> dict[str, Secret]:
        """A password for each account."""
        return {each.account: Secret.new() for each in self.newcomers}


def _meant(head: str) -> str:
    """The column that a head means, in whichever language; empty for one that is none of ours."""
    for language in LANGUAGES:
        with override(language):
            for name, label in COLUMNS.items():
                if folded(head) in (name, folded(str(label))):
                    return name
    return ""


def template() -> str:
    """An empty table with all columns, in the language of whoever asks."""
    return BOM + ",".join(str(label) for label in COLUMNS.values()) + "\r\n"


def passwords_as_file(people: list[tuple[Person, str]]) -> str:
    """The address of a file that the page itself holds: who signs in by which account and password."""
    return "data:text/csv;charset=utf-8," + quote("".join((BOM, *_lines(people))))


def _lines(people: list[tuple[Person, str]]) -> Iterator[str]:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([str(COLUMNS["name"]), str(COLUMNS["account"]), _("Password")])
    writer.writerows([plain(person.name), plain(person.account), secret] for person, secret in people)
    yield target.getvalue()
