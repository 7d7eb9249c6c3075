"""Kinds of units by name: how the kernel finds, titles and addresses records that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class UnitKind:
    """What a room tells about one kind of its records.

    `parent` is the unit directly above (None: it stands under the company); `visible_to` gives the records that an
    actor may see; `departments` are the ids of those the record concerns; `related` is what title and address read;
    `along` what acts on it read together with it; `guard` is the row that acts lock instead of the topmost unit's own
    (None: that one); `is_only` says that there is one alone, which any id means.
    """

    name: str
    model: type[Model]
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    visible_to: Callable[[Any], QuerySet[Any]]
    parent: Callable[[Any], Model | None] = lambda unit: None
    departments: Callable[[Any], set[UUID]] = lambda unit: set()
    related: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    guard: Callable[[Any], Model | None] = lambda unit: None
    is_only: bool = False


_kinds: dict[str, UnitKind] = {}
_by_model: dict[type[Model], UnitKind] = {}


def register(kind: UnitKind) -> None:
    """Make a kind of unit known; raises `ValueError` when its name or model is taken."""
    if kind.name in _kinds or kind.model in _by_model:
        raise ValueError(f"unit {kind.name} is registered twice")
    _kinds[kind.name] = kind
    _by_model[kind.model] = kind


def kind(name: str) -> UnitKind:
    """The kind of that name; raises `KeyError` when no room has declared it."""
    return _kinds[name]


def has(name: str) -> bool:
    """Whether a kind of that name has been declared."""
    return name in _kinds


def kind_of(unit: Model) -> UnitKind:
    """The kind of a record; raises `KeyError` when its model is no unit."""
    return _by_model[type(unit)]


def kinds() -> tuple[UnitKind, ...]:
    """All kinds, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))


def units_of(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Records by kind and id, with what their titles and addresses read; one query a kind, unknown ones left out."""
    ids: dict[str, set[str]] = {}
    for name, pk in wanted:
        ids.setdefault(name, set()).add(pk)
    found: dict[tuple[str, str], Any] = {}
    for name in ids.keys() & _kinds.keys():
        known, rows = _kinds[name], _kinds[name].model._default_manager.all()
        if known.is_only:
            found |= {(name, pk): row for row in rows for pk in ids[name]}
            continue
        if known.related:
            rows = rows.select_related(*known.related)
        found |= {(name, str(row.pk)): row for row in rows.filter(pk__in=ids[name])}
    return found


def line_of(unit: Model) -> Iterator[Model]:
    """The unit and those above it, up to but without the company."""
    above: Model | None = unit
    while above is not None:
        yield above
        above = kind_of(above).parent(above)


def root_of(unit: Model) -> Model:
    """The topmost unit: the order for everything of an order, else the record itself."""
    return list(line_of(unit))[-1]


def guard_of(unit: Model) -> Model:
    """The row whose lock stands for everything of a unit: the order's; of people and departments, the company's."""
    root = root_of(unit)
    return kind_of(root).guard(root) or root


def ids_of(unit: Model) -> dict[str, str]:
    """Ids by kind of a unit and of those above it: what a fact about it carries."""
    return {kind_of(each).name: str(each.pk) for each in line_of(unit)}
