"""The cells and choices of a list as HTML, put together at once: a template asked for each takes half of the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aftersign.kernel.shell.markup import escaped, markup

Cells = tuple[Any, Sequence[tuple[Any, Any]]]
"""A row with each of its columns and what stands there."""


def table_rows(name: str, rows: Iterable[Cells], selectable: bool) -> SafeString:
    """The rows of the list of this name; a phone shows the labels of all columns but the first beside their cells."""
    begins: list[str] = []
    made = []
    for row, cells in rows:
        begins = begins or [_begin(column, place) for place, (column, _cell) in enumerate(cells)]
        inside = [
            f"{begin}{'' if cell is None else escaped(cell)}</td>"
            for begin, (_column, cell) in zip(begins, cells, strict=True)
        ]
        choice = _choice(name, row) if selectable else ""
        made.append(f'<tr id="row-{escaped(name)}-{escaped(row.pk)}" data-row>{choice}{"".join(inside)}</tr>\n')
    return mark_safe("".join(made))  # noqa: S308 (every part has been escaped)


def table_heads(name: str, region: str, heads: Iterable[tuple[Any, str, str]]) -> SafeString:
    """The heads of the columns: each with the address that sorts by it, if any, and how it is sorted now."""
    return mark_safe("".join(_head(name, region, *each) for each in heads))  # noqa: S308 (made by `markup`)


def _head(name: str, region: str, column: Any, url: str, direction: str) -> SafeString:
    kind = f"{column.kind}{' num' if column.number else ''}"
    sorted_ = markup(' aria-sort="{}"', direction) if direction else ""
    arrow = {"": "", "ascending": " ↑"}.get(direction, " ↓")
    said = markup('{}<span aria-hidden="true">{}</span>', column.label, arrow) if direction else column.label
    if url:
        pattern = '<a id="sort-{}-{}" href="{}" hx-get="{}" hx-target="#{}" hx-push-url="true">{}</a>'
        said = markup(pattern, name, column.name, url, url, region, said)
    return markup('<th scope="col" class="{}"{}>{}</th>', kind, sorted_, said)


def ticks(name: str, choices: Iterable[tuple[Any, Any, bool]]) -> SafeString:
    """Boxes to tick under one name: value, label and whether it is ticked."""
    pattern = '<label class="row"><input class="ck" type="checkbox" name="{}" value="{}"{}>{}</label>'
    boxes = (markup(pattern, name, value, " checked" if is_set else "", label) for value, label, is_set in choices)
    return mark_safe("".join(boxes))  # noqa: S308 (made by `markup`)


def _begin(column: Any, place: int) -> SafeString:
    kind = f"{column.kind}{' num' if column.number else ''}{'' if place else ' one'}"
    return markup('<td class="{}" data-l="{}">', kind, column.label if place else "")


def _choice(name: str, row: Any) -> SafeString:
    return markup(
        '<td class="fit"><input class="ck" type="checkbox" name="chosen" value="{}" form="batch-{}" aria-label="{}">'
        "</td>",
        row.pk,
        name,
        _("Choose this row"),
    )
