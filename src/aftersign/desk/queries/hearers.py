"""Who hears of a duty next, by name: the people whom the steps of escalation reach as the company stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import names_of
from aftersign.policy.cards import Card
from aftersign.policy.engine import Meant
from aftersign.policy.engine.roles import Roles
from aftersign.policy.escalation import EscalationStep
from aftersign.policy.moments import count
from aftersign.policy.standing import present

COMPANY_WIDE = ("post", "department", "department_head")
"""Roles that mean the same people on every order."""


@dataclass(frozen=True)
class Hearing:
    """A step of escalation that comes next or, when none is to come, came last; `who` is a name, else empty."""

    at: datetime
    role: str
    who: str
    is_past: bool


def hearings_of(cards: Iterable[Card]) -> Mapping[UUID, Hearing]:
    """The next or the last step of each unfinished duty, by its id; at most one query."""
    steps = {card.duty.pk: (card, step) for card in cards if (step := _step(card))}
    reached = {pk: _reached(card, step.role) for pk, (card, step) in steps.items()}
    names = names_of(each for each in reached.values() if each) if any(reached.values()) else {}
    return {
        pk: Hearing(step.at, step.role, names.get(reached[pk] or pk, ""), step.at <= now())
        for pk, (_card, step) in steps.items()
        if step.at
    }


def _step(card: Card) -> EscalationStep | None:
    if not card.is_unfinished:
        return None
    timed = [step for step in card.steps if step.at is not None]
    return card.next_step or (timed[-1] if timed else None)


def _reached(card: Card, role: str) -> UUID | None:
    """The id of the person whom a role reaches, None where only the case itself can tell."""
    sort, _colon, rest = card.rulebook.roles[role].resolved.partition(":")
    if rest != "owner" and sort not in COMPANY_WIDE:
        return None
    people, moment = present().people, now()
    place, day = present().place_at(count(moment)), timezone.localtime(moment).date().isoformat()
    roles = Roles(people, card.rulebook.roles, {}, {}, place, day)
    found = roles.reached(role, _owner(card), lambda key: None)
    return UUID(found[0]) if found else None


def _owner(card: Card) -> Meant:
    duty = card.duty
    person, department = duty.owner_id, duty.owner_department_id
    return Meant(str(person) if person else None, str(department) if department else None)
