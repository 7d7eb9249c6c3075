"""The registry of what is found, and what most sources have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import visible
from aftersign.kernel.journal import readers
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.search.content import Hit, Source
from aftersign.kernel.search.filling import write
from aftersign.kernel.units import registry

_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known and let it follow the journal; raises `ValueError` when its name is taken."""
    if source.name in _sources:
        raise ValueError(f"source {source.name} is registered twice")
    _sources[source.name] = source
    if source.changes:
        facts = frozenset(source.changes)
        readers.register(
            readers.Reader(reader_of(source), partial(_read, source), facts, private=False, needs_all=True)
        )


def _read(source: Source, facts: Sequence[Recorded]) -> None:
    write(source, list(dict.fromkeys(pk for fact in facts for pk in source.changes[fact.name](fact))))


def reader_of(source: Source) -> str:
    """The name under which a source follows the journal."""
    return f"search.{source.name}"


def source(name: str) -> Source:
    """The source of a name; raises `KeyError` when there is none."""
    return _sources[name]


def sources() -> list[Source]:
    """All sources in the order of their groups."""
    return sorted(_sources.values(), key=lambda each: each.order)


def unit_hits(
    name: str, icon: str, detail: Callable[[Any], str], *related: str
) -> Callable[[Collection[UUID]], dict[UUID, Hit]]:
    """How units of a kind are shown: title and address are the unit's own; one query."""

    def hits(ids: Collection[UUID]) -> dict[UUID, Hit]:
        kind = registry.kind(name)
        rows = kind.model._default_manager.filter(pk__in=ids)
        wanted = {*kind.related, *related}
        rows = rows.select_related(*wanted) if wanted else rows
        return {row.pk: Hit(name, row.pk, kind.title(row), kind.address(row), detail(row), icon) for row in rows}

    return hits


def units_visible(name: str) -> Callable[[Actor], QuerySet[Any]]:
    """The units of a kind that an actor may see."""
    return lambda actor: visible(actor, name)


def changed_by(kind: str, *names: str) -> dict[str, Callable[[Recorded], Iterable[UUID]]]:
    """That facts of these names change the unit of a kind whose id they carry."""
    return dict.fromkeys(names, lambda fact: [UUID(fact.units[kind])] if kind in fact.units else [])
