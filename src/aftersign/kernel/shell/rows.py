"""Tables inside a form: rows of the same small form, with a button for one more that needs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from aftersign.kernel.shell.asking import whole

ADD, DROP = "_add_row", "_drop_row"


@dataclass(frozen=True)
class RowForms:
    """What the rows of one table are: their form, how many there may be, and the words of the button for one more."""

    form: type[forms.Form]
    add: str | Promise = ""
    least: int = 0
    most: int = 200
    blank: int = 1


class Rows:
    """The rows of one table in a form that may have been sent; empty rows do not count."""

    def __init__(
        self,
        name: str,
        kind: RowForms,
        *,
        data: Mapping[str, Any] | None,
        files: Any = None,
        initial: Sequence[Mapping[str, Any]] = (),
        checked: bool = True,
    ) -> None:
        self.name, self.kind = name, kind
        self.sent = data is not None
        self.checked = self.sent and checked
        self._data, self._files, self._initial = data, files, list(initial)
        self.too_few = ""
        self.forms = [self._row(place) for place in self._places()]

    def _places(self) -> list[int]:
        if self._data is None:
            return list(range(max(len(self._initial), self.kind.least, self.kind.blank)))
        places = list(range(min(whole(self._data.get(f"{self.name}-rows")), self.kind.most)))
        dropped = self._data.get(DROP, "")
        if dropped.startswith(f"{self.name}-"):
            places = [place for place in places if str(place) != dropped.removeprefix(f"{self.name}-")]
        if self._data.get(ADD) == self.name and len(places) < self.kind.most:
            places.append(max(places, default=-1) + 1)
        return places

    def _row(self, place: int) -> forms.Form:
        initial = dict(self._initial[place]) if not self.sent and place < len(self._initial) else None
        row = self.kind.form(
            self._data if self.checked else None,
            self._files if self.checked else None,
            prefix=f"{self.name}-{place}",
            initial=self._typed(place) if self.sent and not self.checked else initial,
            empty_permitted=True,
            use_required_attribute=False,
        )
        _label_cells(row, place)
        return row

    def _typed(self, place: int) -> dict[str, Any]:
        """What stands in a row that is shown again unchecked."""
        data = self._data or {}
        prefix = f"{self.name}-{place}"
        return {
            name: field.widget.value_from_datadict(data, {}, f"{prefix}-{name}")
            for name, field in self.kind.form.base_fields.items()
        }

    @property
    def blank(self) -> forms.Form:
        """The pattern of a further row, for the script; `__place__` stands for its number."""
        row = self.kind.form(prefix=f"{self.name}-__place__", use_required_attribute=False)
        _label_cells(row, 0)
        return row

    @property
    def count(self) -> int:
        """How many row places the form holds."""
        return max((int(str(row.prefix).rpartition("-")[2]) for row in self.forms), default=-1) + 1

    def is_valid(self) -> bool:
        """Whether every row that is not empty holds, and there are enough of them."""
        holds = False not in [row.is_valid() for row in self.forms]
        if holds and len(self.values) < self.kind.least:
            self.too_few = _("Fill in at least %(number)s rows") % {"number": self.kind.least}
        return holds and not self.too_few

    @property
    def values(self) -> list[dict[str, Any]]:
        """What was filled in, row by row."""
        return [row.cleaned_data for row in self.forms if row.has_changed()]


def _label_cells(row: forms.Form, place: int) -> None:
    for field in row.fields.values():
        said = _("Row %(number)s: %(label)s") % {"number": place + 1, "label": field.label or ""}
        field.widget.attrs.setdefault("aria-label", said)
