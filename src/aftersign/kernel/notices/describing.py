"""Objects of notices in words, and whether somebody may see them: asked when it is told, shown or sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.notices.registry import Said, describer
from aftersign.kernel.org.models import Person
from aftersign.kernel.units import registry

Thing = tuple[str, str]
"""An object by the name of its kind and its id."""


def describe(wanted: Iterable[Thing]) -> Mapping[Thing, Said]:
    """Objects in the language of the moment; those that are gone are left out. Rights are not asked."""
    found: dict[Thing, Said] = {}
    rows: dict[str, list[Any]] = {}
    for (kind, _pk), row in registry.units_of(set(wanted)).items():
        rows.setdefault(kind, []).append(row)
    for kind, units in rows.items():
        says = describer(kind)
        said = says(units) if says else {str(unit.pk): plain(unit) for unit in units}
        found |= {(kind, pk): each for pk, each in said.items()}
    return found


def plain(unit: Any) -> Said:
    """A unit of which nobody says more than its title and its page."""
    kind = registry.kind_of(unit)
    return Said(title=kind.title(unit), page=kind.address(unit))


def visible(wanted: Iterable[tuple[Person, Thing]]) -> set[tuple[UUID, Thing]]:
    """Which of these objects these people may see; one query a person and kind."""
    asked: dict[tuple[Person, str], set[str]] = {}
    for person, (kind, pk) in wanted:
        asked.setdefault((person, kind), set()).add(pk)
    seen: set[tuple[UUID, Thing]] = set()
    for (person, kind), ids in asked.items():
        if registry.has(kind):
            rows = registry.kind(kind).visible_to(Actor("person", person=person)).filter(pk__in=ids)
            seen |= {(person.pk, (kind, str(pk))) for pk in rows.values_list("pk", flat=True)}
    return seen
