"""Who stands in for whom today, and what deputies did for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Deputyship, Person
from aftersign.kernel.org.queries import names_of, running_deputyships
from aftersign.kernel.shell.dates import today
from aftersign.orders.models import Order

SHOWN = 20


@dataclass(frozen=True)
class Deed:
    """Something that a deputy did: the fact, when, who did it, and the order that it belongs to (None: to none)."""

    fact: str
    at: datetime
    who: str
    order: Order | None


@dataclass(frozen=True)
class Away:
    """The people whom somebody stands in for, those who stand in for them, and what these did last."""

    for_whom: Sequence[Deputyship]
    by_whom: Sequence[Deputyship]
    deeds: Sequence[Deed]


def away_of(person: Person) -> Away:
    """What a person hands on while away, and what others hand on to them; at most four queries."""
    running = running_deputyships(today()).filter(Q(person=person) | Q(deputy=person))
    found = running.select_related("person__department", "deputy__department").order_by("until", "id")
    by_whom = [each for each in found if each.person_id == person.pk]
    for_whom = [each for each in found if each.deputy_id == person.pk]
    return Away(for_whom, by_whom, _deeds(person))


def _deeds(person: Person) -> list[Deed]:
    facts = journal.on_behalf_of(person.pk, SHOWN)
    if not facts:
        return []
    names = names_of(fact.actor_id for fact in facts if fact.actor_id)
    orders = Order.objects.in_bulk({fact.order_id for fact in facts if fact.order_id})
    return [Deed(fact.name, fact.at, _name(names, fact.actor_id), orders.get(fact.order_id)) for fact in facts]


def _name(names: dict[UUID, str], actor: UUID | None) -> str:
    return names.get(actor, "") if actor else ""
