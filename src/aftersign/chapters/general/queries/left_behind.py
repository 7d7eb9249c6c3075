"""What somebody leaves behind, in words: for each line what it is, and where it is read about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from aftersign.chapters.general import deciding
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.queries.leaving import Kind, Line
from aftersign.kernel.org.models import Deputyship, Person
from aftersign.orders.models import Order
from aftersign.policy.cards import Card, cards


@dataclass(frozen=True)
class Said:
    """One line as people read it: its words, the order that it is about, and of a duty its clause and due time."""

    line: Line
    title: str = ""
    order: Order | None = None
    clause: str = ""
    due: datetime | None = None
    days: Deputyship | None = None

    @property
    def post(self) -> str:
        """The post that the line is about, by its name in the policy."""
        return self.line.row.name if self.line.kind == Kind.POST else self.line.post


def said_of(lines: Iterable[Line]) -> tuple[Said, ...]:
    """Lines in words, in the same order; duties are read together."""
    rows = list(lines)
    found = {card.duty.pk: card for card in cards(line.row for line in rows if line.kind == Kind.DUTY)}
    return tuple(_said(line, found) for line in rows)


def asked_by(person: Person) -> tuple[Request, ...]:
    """What a person has asked for and somebody can still decide on; it stands, and needs no successor."""
    mine = Q(requester=person) | Q(on_behalf_of=person)
    waiting = deciding.waiting().filter(mine).select_related("order", "duty", "fact")
    return tuple(waiting.order_by("asked_at", "id"))


def _said(line: Line, found: dict[UUID, Card]) -> Said:
    row: Any = line.row
    if line.kind == Kind.DUTY:
        return Said(line, found[row.pk].title, row.order, row.clause, row.due_at)
    if line.kind in (Kind.ORDER, Kind.STAND_IN):
        return Said(line, row.title, row)
    if line.kind == Kind.DEPUTY:
        return Said(line, row.person.name, days=row)
    return Said(line, row.name if line.kind == Kind.HEAD else "")
