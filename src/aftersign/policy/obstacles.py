"""What stands in the way of an act, with who can clear it and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from aftersign.kernel.acts import pages
from aftersign.kernel.acts.doing import Doing
from aftersign.kernel.acts.doorway import Act
from aftersign.kernel.acts.refusals import Refusal
from aftersign.orders.models import Order
from aftersign.policy.cards import MACHINES, Card, cards, name_owners
from aftersign.policy.cases import Bench
from aftersign.policy.gatekeeper import refusals_of
from aftersign.policy.labels import label_in
from aftersign.policy.models import UNFINISHED, Duty
from aftersign.policy.rulebook import Rulebook


@dataclass(frozen=True)
class Way:
    """Something that is still to be done: the act in words, what about, who owes it by when, its page ("" for none)."""

    title: str
    about: str
    owner: str
    due: datetime | None
    address: str


@dataclass(frozen=True)
class Obstacle:
    """One reason why an act would be refused, with the ways that clear it (none known: empty)."""

    refusal: Refusal
    ways: tuple[Way, ...]


def obstacles_of(doing: Doing, act: Act, bench: Bench, duties: Iterable[Duty], *, checked: bool) -> list[Obstacle]:
    """The obstacles of an act on an order, whose duties are given as they stand; a constant number of queries."""
    order: Order = doing.root
    rulebook = bench.rulebook(order.pk)
    refusals = refusals_of(doing, act, checked=checked)
    if rulebook is None or not refusals:
        return []
    desk = _Desk(order, rulebook, [row for row in duties if row.state in UNFINISHED])
    stage = bench.case(order.pk).stage
    return [Obstacle(each, tuple(desk.ways(_facts_wanted(rulebook, each, stage)))) for each in refusals]


def _facts_wanted(rulebook: Rulebook, refusal: Refusal, stage: str | None) -> tuple[str, ...]:
    """The facts any of which would clear a refusal: those a gate waits for, or the one that ends the stage."""
    if refusal.check:
        return ()
    if refusal.terms:
        return tuple(dict.fromkeys(fact for term in refusal.terms for fact in rulebook.terms[term].unless))
    return next((beside.to for beside in rulebook.stages_beside if beside.stage == stage), ())


class _Desk:
    """The unfinished duties of an order, to find among them what would clear the way."""

    def __init__(self, order: Order, rulebook: Rulebook, waiting: list[Duty]) -> None:
        self.order, self.rulebook = order, rulebook
        name_owners(waiting)
        self.cards = cards(waiting)

    def ways(self, facts: Collection[str]) -> Iterator[Way]:
        """The duties that the acts in question would close, else those of the same room, else the acts alone."""
        for fact in facts:
            acts = {act for act in self.rulebook.facts[fact].stated_by if act not in MACHINES}
            room = fact.partition(".")[0]
            found = [card for card in self.cards if self._acts_that_close(card) & acts]
            found = found or [card for card in self.cards if card.duty.room == room]
            for card in found:
                yield Way(card.title, card.about, card.owner_name, card.duty.due_at, card.address)
            for act in sorted(acts) if not found else ():
                if address := pages.address(act, self.order):
                    title = label_in(self.rulebook, "act", act, get_language() or "zh-hans")
                    yield Way(title, "", self.order.sales_owner.name, None, address)

    def _acts_that_close(self, card: Card) -> set[str]:
        return {act for fact in card.term.closes for act in self.rulebook.facts[fact].stated_by}
