"""How many duties wait for somebody: the number beside My work on every page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from aftersign.desk.queries.work.lists import departments_of, nobodys_in
from aftersign.desk.queries.work.tally import MOST
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.prepared import Prepared
from aftersign.kernel.org.remembering import keep, remembered
from aftersign.kernel.shell.navigation import Counting
from aftersign.policy.models import UNFINISHED, Duty


def waiting(actor: Actor) -> Counting | int:
    """How many duties wait for an actor, at most `MOST`: their own and those of their department that nobody has."""
    person = actor.principal
    if person is None:
        return 0
    known: int | None = remembered(_key(person), lambda: None)
    if known is not None:
        return known
    return Counting(_waiting.asked(person.pk, departments_of(person)), lambda count: count)


def remember(person: Person, count: int) -> None:
    """Keep what waits for a person, which a page has counted already, for the rest of the request."""
    keep(_key(person), min(MOST, count))


def _key(person: Person) -> str:
    return f"waiting for {person.pk}"


def _duties(person: UUID, departments: tuple[UUID, ...]) -> QuerySet[Any]:
    wanted = Q(owner=person) | nobodys_in(departments)
    return Duty.objects.filter(wanted, state__in=UNFINISHED).order_by().values("pk")[:MOST]


_waiting = Prepared(_duties)
