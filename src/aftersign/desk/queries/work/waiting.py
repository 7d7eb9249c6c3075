"""How many duties wait for somebody: the number beside My work on every page."""

from __future__ import annotations

from collections.abc import Callable

from aftersign.desk.queries.work.lists import mine, of_department
from aftersign.desk.queries.work.tally import MOST
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.remembering import remembered
from aftersign.policy.models import UNFINISHED, Duty


def waiting(actor: Actor) -> int:
    """How many duties wait for an actor, at most `MOST`: their own and those of their department that nobody has."""
    person = actor.principal
    return remember(person, lambda: _count(person)) if person else 0


def remember(person: Person, count: Callable[[], int]) -> int:
    """What waits for a person, counted once a request."""
    return min(MOST, remembered(f"waiting for {person.pk}", count))


def _count(person: Person) -> int:
    wanted = mine(person) | of_department(person)
    return Duty.objects.filter(wanted, state__in=UNFINISHED)[:MOST].count()
