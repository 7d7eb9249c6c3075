"""Columns that higher floors add to the list of orders, with one question each for a whole page of orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import strip_tags

from aftersign.kernel.access.actor import Actor


@dataclass(frozen=True)
class Column:
    """A column of the list: `values` answers for the orders of a page, as text or safe HTML; an order may be absent.

    `texts` answers for those of an export, in plain words and ISO dates (default: the values without their markup).
    `kind` are classes of its cells; on a phone `desk` is not shown, `plain` has no label and `end` stands on the right.
    """

    name: str
    label: str | Promise
    order: int
    values: Callable[[Sequence[UUID], Actor], Mapping[UUID, str]]
    numeric: bool = False
    kind: str = "n"
    texts: Callable[[Sequence[UUID], Actor], Mapping[UUID, str]] | None = None

    def exported(self, orders: Sequence[UUID], actor: Actor) -> list[str]:
        """What an export says of each of some orders."""
        if self.texts:
            found = self.texts(orders, actor)
        else:
            found = {order: strip_tags(value) for order, value in self.values(orders, actor).items()}
        return [found.get(order, "") for order in orders]


_columns: dict[str, Column] = {}


def offer_column(column: Column) -> None:
    """Add a column to the list of orders; raises `ValueError` when there is one of that name."""
    if column.name in _columns:
        raise ValueError(f"the list of orders has {column.name} already")
    _columns[column.name] = column


def columns() -> list[Column]:
    """The columns added, in their order."""
    return sorted(_columns.values(), key=lambda each: (each.order, each.name))
