"""Requests to suspend or terminate an order, among all others that wait for an answer or that somebody asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.org.queries import departments_under
from aftersign.kernel.org.remembering import remembered
from aftersign.kernel.units.addresses import address_of
from aftersign.orders import states
from aftersign.orders.models import HaltRequest

ANSWERED = ("granted", "rejected", "undone")
_RELATED = ("order__customer", "order__sales_owner__department", "requester")


@dataclass(frozen=True)
class HaltRow:
    """A request about an order in a list of requests; its words are those that rows of exceptions have."""

    request: HaltRequest
    void: str = ""

    @property
    def title(self) -> str:
        """What it is about: the order."""
        return self.request.order.title

    @property
    def at(self) -> datetime:
        """When it was asked for."""
        return self.request.requested_at

    @property
    def address(self) -> str:
        """Where it is answered while it waits, else the order that it was about."""
        if self.request.state != states.ASKED:
            return address_of("orders:order", self.request.order.number)
        page = "suspend" if self.request.kind == HaltRequest.Kind.SUSPENSION else "terminate"
        return address_of(f"orders:{page}", self.request.order.number)


def waiting_for(actor: Actor) -> Sequence[HaltRow]:
    """The requests about orders that an actor may decide on, the oldest first; one query, asked once a request."""
    person = actor.standing.person
    # Heads decide, and the general manager: everybody else's pages need not ask the database.
    if not actor.is_person or person is None or not (person.held_posts or departments_under(person)):
        return ()
    return remembered(f"halts for {sorted(actor.hands)}", lambda: _decided_by(actor))


def asked_by(actor: Actor) -> QuerySet[HaltRequest]:
    """The requests about orders that somebody asked for, or that were asked for on their behalf."""
    person = actor.principal
    return _found().filter(Q(requester=person) | Q(on_behalf_of=person))


def answered_by(actor: Actor) -> QuerySet[HaltRequest]:
    """The requests about orders that somebody approved or rejected."""
    return _found().filter(decided_by=actor.principal, state__in=ANSWERED)


def _decided_by(actor: Actor) -> list[HaltRow]:
    waiting = _found().filter(state=states.ASKED).order_by("requested_at", "id")
    return [HaltRow(row) for row in waiting if not actor.hands & row.askers and allowed(actor, _verb(row), row.order)]


def _verb(request: HaltRequest) -> str:
    """What is done by whoever approves."""
    return "order.suspend" if request.kind == HaltRequest.Kind.SUSPENSION else "order.terminate"


def _found() -> QuerySet[HaltRequest]:
    return HaltRequest.objects.select_related(*_RELATED)
