"""Columns that higher floors add to the list of orders, with one question each for a whole page of orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from aftersign.kernel.access.actor import Actor


@dataclass(frozen=True)
class Column:
    """A column of the list: `values` answers for the orders of a page, as text or safe HTML; an order may be absent.

    `kind` are classes of its cells; on a phone `desk` is not shown, `plain` has no label and `end` stands on the right.
    """

    name: str
    label: str | Promise
    order: int
    values: Callable[[Sequence[UUID], Actor], Mapping[UUID, str]]
    numeric: bool = False
    kind: str = "n"


_columns: dict[str, Column] = {}


def offer_column(column: Column) -> None:
    """Add a column to the list of orders; raises `ValueError` when there is one of that name."""
    if column.name in _columns:
        raise ValueError(f"the list of orders has {column.name} already")
    _columns[column.name] = column


def columns() -> list[Column]:
    """The columns added, in their order."""
    return sorted(_columns.values(), key=lambda each: (each.order, each.name))
