"""What has happened to an order, as the journal tells it to whoever may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded, kinds
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.queries import departments_under, names_of
from aftersign.orders.models import Order

PAGE = 50
WITHDRAWN = "general.fact_withdrawn"
_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Happening:
    """A fact as a line of the activity: `entered` is given when it was recorded later than it happened."""

    fact: str
    sequence: int
    who: str
    on_behalf_of: str
    at: datetime
    entered: datetime | None
    payload: Mapping[str, Any]
    withdrawn: bool


def happenings(order: Order, actor: Actor, before: int | None = None) -> tuple[list[Happening], int | None]:
    """A page of what happened, newest first, and the sequence before which the next page goes on (None: no more)."""
    entries = Entry.objects.filter(order_id=order.pk).order_by("-sequence")
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    found = journal.recorded(entries[: PAGE + 1])
    seen = visible(found[:PAGE], actor)
    names = names_of(each for fact in seen for each in (fact.actor_id, fact.on_behalf_of) if each)
    withdrawn = {fact.units.get("fact") for fact in journal.all_of(order.pk, WITHDRAWN)}
    more = found[PAGE - 1].sequence if len(found) > PAGE else None
    return [_happening(fact, names, str(fact.id) in withdrawn) for fact in seen], more


def visible(facts: Iterable[Recorded], actor: Actor) -> list[Recorded]:
    """Those facts of an order, which the actor may see, that they may see as well."""
    eyes = Eyes.of(actor)
    return [fact for fact in facts if eyes.see(fact)]


@dataclass(frozen=True)
class Eyes:
    """What decides whether somebody who may see an order may also see one of its facts."""

    all: bool
    person: UUID | None
    code: str
    departments: frozenset[UUID]

    @classmethod
    def of(cls, actor: Actor) -> Eyes:
        """Those of an actor: auditors and holders of the company's posts see everything."""
        person = actor.person
        if person is None or actor.kind != "person":
            return cls(True, None, "", frozenset())
        whole = person.is_auditor or bool(person.held_posts)
        own = {person.department_id} if person.department_id else set()
        code = person.department.code if person.department else ""
        return cls(whole, person.pk, code, frozenset(own | departments_under(person)))

    def see(self, fact: Recorded) -> bool:
        """Whether the fact may be shown."""
        declared = kinds().get(fact.name)
        circle = declared.SEEN_BY if declared else "team"
        if self.all or circle in ("team", "everyone") or fact.actor_id == self.person:
            return True
        named = {str(each) for each in fact.units.values()} | {str(each) for each in fact.payload.values()}
        if circle == "records" and self.code == "records":
            return True
        return str(self.person) in named or bool(named & {str(each) for each in self.departments})


def _happening(fact: Recorded, names: Mapping[UUID, str], withdrawn: bool) -> Happening:
    late = fact.entered - fact.at >= _MOMENT
    return Happening(
        fact=fact.name,
        sequence=fact.sequence,
        who=names.get(fact.actor_id, "") if fact.actor_id else "",
        on_behalf_of=names.get(fact.on_behalf_of, "") if fact.on_behalf_of else "",
        at=fact.at,
        entered=fact.entered if late else None,
        payload=fact.payload,
        withdrawn=withdrawn,
    )
