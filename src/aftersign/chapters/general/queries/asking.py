"""What somebody reads before they ask for an exception: who would decide, and whether they have been asked already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersign.chapters.general import deciding, states
from aftersign.chapters.general.models import Kind, Request
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.policy.cards import Card
from aftersign.policy.clocks import due_of


@dataclass(frozen=True)
class Before:
    """Who would decide, a request that waits already, and when the duty is due, or was before its clock stopped.

    `void` says why it is too late to ask; empty while it is not.
    """

    approvers: Sequence[Person]
    other: Request | None
    due_at: datetime | None
    void: str


def before_asking(actor: Actor, card: Card, kind: Kind) -> Before:
    """What is known before a waiver or an extension of a duty is asked for."""
    duty = card.duty
    asks = {"requester": actor.person, "on_behalf_of": actor.on_behalf_of}
    wanted = Request(kind=kind, duty=duty, edition_id=duty.edition_id, state=states.OPEN, **asks)
    other = deciding.waiting().filter(duty=duty, kind=kind).select_related("requester").first()
    found = Person.objects.filter(pk__in=deciding.approvers(wanted)).order_by("name")
    due = due_of(duty) if kind == Kind.EXTENSION else duty.due_at
    return Before(list(found), other, due, deciding.void_because(wanted))
