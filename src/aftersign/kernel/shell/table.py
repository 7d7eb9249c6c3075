"""The rows of a list as HTML, put together at once: a template asked for every cell takes half of a page's time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Cells = tuple[Any, Sequence[tuple[Any, Any]]]
"""A row with each of its columns and what stands there."""


def table_rows(name: str, rows: Iterable[Cells], selectable: bool) -> SafeString:
    """The rows of the list of this name; a phone shows the labels of all columns but the first beside their cells."""
    begins: list[str] = []
    made = []
    for row, cells in rows:
        begins = begins or [_begin(column, place) for place, (column, _cell) in enumerate(cells)]
        shown = ("" if cell is None else conditional_escape(cell) for _column, cell in cells)
        inside = "".join(f"{begin}{cell}</td>" for begin, cell in zip(begins, shown, strict=True))
        choice = _choice(name, row) if selectable else ""
        begin = format_html('<tr id="row-{}-{}" data-row>', name, row.pk)
        made.append(f"{begin}{choice}{inside}</tr>\n")
    return mark_safe("".join(made))  # noqa: S308 (every part has been escaped)


def _begin(column: Any, place: int) -> SafeString:
    kind = f"{column.kind}{' num' if column.number else ''}{'' if place else ' one'}"
    return format_html('<td class="{}" data-l="{}">', kind, column.label if place else "")


def _choice(name: str, row: Any) -> SafeString:
    return format_html(
        '<td class="fit"><input class="ck" type="checkbox" name="chosen" value="{}" form="batch-{}" aria-label="{}">'
        "</td>",
        row.pk,
        name,
        _("Choose this row"),
    )
