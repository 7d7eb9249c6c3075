"""What the journal tells of a person or a department, to whoever may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import eras
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import department_tree, names_of
from aftersign.orders.queries.activity import Eyes

SHOWN = 20
_PEOPLE, _DEPARTMENTS = ("deputy", "successor", "head", "holder"), ("department", "above")


@dataclass(frozen=True)
class Told:
    """A fact as a line: who stated it and for whom, when, and about whom or what it also is."""

    fact: str
    who: str
    on_behalf_of: str
    at: datetime
    about: tuple[str, ...]


def history_of(actor: Actor, unit: Model) -> tuple[Told, ...]:
    """The last facts about a person or a department, newest first; two queries, and one for names."""
    entries = Entry.objects.filter(unit_id=str(unit.pk)).order_by("-sequence")
    facts = [fact for fact in journal.recorded(entries[:SHOWN], private=False) if _may_see(actor, unit, fact)]
    names = names_of(_people_in(facts))
    return tuple(_told(fact, names) for fact in facts)


def _may_see(actor: Actor, unit: Model, fact: Recorded) -> bool:
    """A fact of a department's circle is seen by its people, whom the fact itself does not name."""
    eyes = Eyes(actor)
    own = str(unit.department_id) if isinstance(unit, Person) else str(unit.pk)
    return eyes.see(fact) or own in eyes.departments


def _people_in(facts: Iterable[Recorded]) -> set[UUID]:
    said = {fact.payload.get(key) for fact in facts for key in _PEOPLE}
    stated = {each for fact in facts for each in (fact.actor_id, fact.on_behalf_of) if each}
    return stated | {UUID(each) for each in said if isinstance(each, str)}


def _told(fact: Recorded, names: Mapping[UUID, str]) -> Told:
    people = [names.get(UUID(fact.payload[key]), "") for key in _PEOPLE if isinstance(fact.payload.get(key), str)]
    tree = department_tree()
    places = [tree.get(UUID(fact.payload[key])) for key in _DEPARTMENTS if isinstance(fact.payload.get(key), str)]
    days = [eras.rewritten(str(fact.payload[key])) for key in ("from_on", "until", "left_on") if key in fact.payload]
    return Told(
        fact=fact.name,
        who=names.get(fact.actor_id, "") if fact.actor_id else "",
        on_behalf_of=names.get(fact.on_behalf_of, "") if fact.on_behalf_of else "",
        at=fact.at,
        about=tuple(filter(None, (*people, *(place.name for place in places if place), *days))),
    )
