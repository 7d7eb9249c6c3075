"""What one transaction writes: facts ready for the chain, and rows ready for their tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import AutoField, Model, UUIDField

from aftersign.cli.simulating.story import Told, iso
from aftersign.kernel.journal import bulk, canonical
from aftersign.kernel.journal.bulk import Draft
from aftersign.kernel.journal.links import Written
from aftersign.kernel.journal.pouring import Pouring, Row
from aftersign.policy.rulebook import Rulebook


@dataclass
class Batch:
    """Facts with the moment of their entry, and rows by table in the order in which tables must be filled."""

    orders: int = 0
    drafts: list[tuple[int, Draft]] = field(default_factory=list)
    tables: dict[str, tuple[tuple[str, ...], list[Row]]] = field(default_factory=dict)

    def add(self, model: type[Model], said: Mapping[str, Any], into: Pouring) -> None:
        """A row of a model; what is not said has its default."""
        names, columns = _columns(model)
        values = (_value(each, said) for each in columns)
        self.put(model, names, into.row(values))

    def put(self, model: type[Model], names: tuple[str, ...], row: Row) -> None:
        """A row that is ready, by the names of its columns."""
        self.tables.setdefault(model._meta.db_table, (names, []))[1].append(row)

    def state(self, facts: Iterable[Told], writing: Writing, into: Pouring) -> None:
        """Facts, to be chained with all others of this batch in the order of their entry."""
        self.drafts += [(each.entered, writing.draft(each, into)) for each in facts]


@dataclass(frozen=True)
class Writing:
    """How facts are written: by which edition, under which request, knowing the company up to `seen`."""

    rulebook: Rulebook
    request: str
    seen: int

    def draft(self, told: Told, into: Pouring) -> Draft:
        """A fact with its private values taken out, ready for the chain."""
        private = self.rulebook.facts[told.name].private
        payload = bulk.sealed(told.payload, private)
        order = told.units.get("order")
        written = Written(
            id=told.id,
            fact=told.name,
            unit=told.unit,
            unit_id=told.unit_id,
            units=canonical.of_simple(told.units),
            order_id=order,
            at=iso(told.at),
            entered=iso(told.entered),
            actor_kind=told.kind,
            actor_id=told.by,
            on_behalf_of=None,
            payload=payload.payload,
            files=canonical.of_simple(list(told.files)),
            request_id=self.request,
            seen=self.seen,
        )
        return bulk.draft(written, payload.private, into)


Column = tuple[str, bool, Any]


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[tuple[str, ...], tuple[Column, ...]]:
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, AutoField)]
    columns = tuple((each.attname, _is_id(each), each.get_default) for each in fields)
    return tuple(str(each.column) for each in fields), columns


def _is_id(column: Any) -> bool:
    return isinstance(column.target_field if column.is_relation else column, UUIDField)


def _value(column: Column, said: Mapping[str, Any]) -> Any:
    name, is_id, default = column
    if name not in said:
        return default()
    value = said[name]
    return UUID(value) if is_id and isinstance(value, str) else value
