"""Sending a table of running orders, and saying which of its columns gives what and how far the orders are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from aftersign.desk.adopting.keeping import sheet_in
from aftersign.desk.adopting.values import STAGE_COLUMN, VALUES, as_tables, chosen_in, guessed, needs
from aftersign.desk.importing.maps import shipped
from aftersign.desk.models import OrderTable
from aftersign.kernel.shell.exports import BOM
from aftersign.kernel.shell.fields import FilesField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.sheets import Sheet, Unreadable, sheet_of
from aftersign.kernel.units import words
from aftersign.orders.forms.adopting import stages

MOST = 20_000
"""Rows of a table: more than ten years of most companies."""
MOST_MEGABYTES = 8
KIND, SELLER = "kind", "sales_owner_name"
OF_ROW, WHOLE, PARTLY = "row", "whole", "partly"
MODES = (
    (WHOLE, gettext_lazy("All orders, or none as long as a row is wrong")),
    (PARTLY, gettext_lazy("The good rows; the others stay outside and are listed")),
)


class SendingForm(ActForm):
    """A table, or several files together that a map which is shipped knows."""

    sent = FilesField(label=gettext_lazy("Table"), accept=(".csv", ".xlsx"), max_megabytes=MOST_MEGABYTES)

    def __init__(self, request: HttpRequest) -> None:
        self.sheet: Sheet | None = None
        self.chart_name = ""
        self.contents: dict[str, bytes] = {}
        super().__init__(request)

    def clean(self) -> dict[str, Any]:
        """One of the files is the table, and it has between one row and the most."""
        said, sent = self.cleaned_data, self.cleaned_data.get("sent") or ()
        self.contents = {each.name or "": each.read() for each in sent}
        if not self.contents:
            return said
        main, loose = next(iter(self.contents)), ""
        if len(self.contents) > 1:
            known = self._known()
            if known is None:
                self.add_error("sent", _("Send one table; several files together only where a map knows them."))
                return said
            main, loose = known
        self._read(main, loose)
        return said

    def _known(self) -> tuple[str, str] | None:
        """The table among several files and its loose column, by a map of which all joined files were sent."""
        for name, chart in shipped().items():
            rest = self.contents.keys() - needs(chart)
            if needs(chart) <= self.contents.keys() and len(rest) == 1:
                self.chart_name = name
                return rest.pop(), chart.loose
        return None

    def _read(self, name: str, loose: str) -> None:
        try:
            self.sheet = sheet_of(name, self.contents[name], loose)
        except Unreadable:
            self.add_error("sent", _("%(name)s cannot be read as a table: save it as CSV or XLSX") % {"name": name})
            return
        if not 1 <= len(self.sheet.rows) <= MOST:
            self.add_error("sent", _("A table brings between one and %(most)d orders.") % {"most": MOST})


@dataclass(frozen=True)
class Line:
    """A value in the form: its field, and what the first row holds there."""

    field: BoundField
    is_needed: bool
    example: str


class ColumnsForm(ActForm):
    """Which column gives what, at which stage the orders are taken in, and what becomes of the good rows."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage that the orders have reached"), widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=gettext_lazy("What comes in"), choices=MODES, widget=forms.RadioSelect)

    def __init__(self, request: HttpRequest, table: OrderTable) -> None:
        self.table = table
        super().__init__(request)
        self.fields["stage"].choices = [(OF_ROW, _("The one that stands in the row")), *stages()]  # type: ignore[attr-defined]
        self.initial.update(stage=table.stage or OF_ROW, mode=PARTLY if table.is_partly else WHOLE)
        if table.chart_name:
            return
        known = chosen_in(table.chart) or {name: f"{{{head}}}" for name, head in guessed(table.heads).items()}
        for value in VALUES:
            choices = self._choices(value.name)
            self.fields[value.name] = forms.ChoiceField(label=value.label, choices=choices, required=value.is_needed)
            self.initial[value.name] = known.get(value.name, "")

    def clean(self) -> dict[str, Any]:
        """An order is adopted at a stage: that of the row, or one for all."""
        said = self.cleaned_data
        if said.get("stage") == OF_ROW and not said.get(STAGE_COLUMN):
            self.add_error("stage", _("Choose the stage that the orders have reached, or the column that says it."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What is to be kept of the table; the form has been checked."""
        given = self.cleaned_data
        chart = {} if self.table.chart_name else as_tables(given)
        stage = "" if given["stage"] == OF_ROW else given["stage"]
        return {"chart": chart, "stage": stage, "is_partly": given["mode"] == PARTLY}

    @property
    def lines(self) -> Iterator[Line]:
        """The values one by one, those that are needed first."""
        for value in sorted(VALUES, key=lambda each: not each.is_needed):
            if value.name in self.fields:
                field = self[value.name]
                yield Line(field, value.is_needed, self._example(str(field.value() or "")))

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        columns = [(f"{{{head}}}", head) for head in self.table.heads if head and not set("{}") & set(head)]
        same = self._same_for_all(name)
        found: list[tuple[str, Any]] = [("", "—"), (_("Columns"), columns)]
        return [*found, (_("The same for all"), same)] if same else found

    def _same_for_all(self, name: str) -> list[tuple[str, str]]:
        if name == KIND:
            language = get_language() or "zh-hans"
            return [(each, words.label("word", each, language)) for each in words.members("order_kinds")]
        seller = self.table.on_behalf_of or self.table.sent_by
        return [(seller.name, seller.name)] if name == SELLER and not set("{}") & set(seller.name) else []

    def _example(self, template: str) -> str:
        return self._first.get(template[1:-1], "") if template.startswith("{") else ""

    @cached_property
    def _first(self) -> Mapping[str, str]:
        """The first row, to see what stands in a column."""
        try:
            rows = sheet_in(self.table, self.table.name).rows
        except Unreadable:
            return {}
        return rows[0][1] if rows else {}


def template() -> str:
    """An empty table with all columns, in the language of whoever asks."""
    target = io.StringIO()
    csv.writer(target).writerow([str(each.label) for each in VALUES])
    return BOM + target.getvalue()
