"""Cases in the middle of an act: the facts of an order with those just stated, read by the engine under the lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from aftersign.kernel.acts.doing import Doing, current
from aftersign.kernel.clock import now
from aftersign.kernel.journal import canonical, corrections, queries
from aftersign.kernel.journal.chain import Pending
from aftersign.kernel.journal.facts import Recorded
from aftersign.policy.editions import store
from aftersign.policy.engine import Answer, Case, Fact, Need, World, read_case
from aftersign.policy.engine.names import LEARNED, WITHDRAWN
from aftersign.policy.moments import count
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import DERIVED, engine_fact, present, world

NOT_YET_NUMBERED = 1 << 60


class Bench:
    """What one passage through the doorway knows of its cases; journal facts are read once a case."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing
        self.world: World
        self.world, self.seen = world()
        self._journal: dict[UUID | None, list[Recorded]] = {}
        self._read: dict[UUID | None, tuple[int, Case]] = {}
        self.owed: list[tuple[str, Need]] = []
        doing.passage.seen = self.seen

    @classmethod
    def of(cls, doing: Doing) -> Bench:
        """The bench of a passage, made at first need and shared by the acts that are called within."""
        if doing.passage.bench is None:
            doing.passage.bench = cls(doing)
        bench: Bench = doing.passage.bench
        bench._doing = doing
        return bench

    @property
    def root(self) -> Any:
        """The row that is locked for this passage."""
        return self._doing.root

    @property
    def has_policy(self) -> bool:
        """Whether an edition is in force yet; before that nothing is asked and nothing derived."""
        return bool(self.world.programs)

    @property
    def until(self) -> int:
        """The moment of the passage, in microseconds."""
        return count(self._doing.entered)

    def read_ahead(self, order_ids: Iterable[UUID | None]) -> None:
        """Read the journal of many cases, as far as it has not been read, with one query."""
        wanted = [each for each in order_ids if each not in self._journal]
        if len(wanted) > 1:
            self._journal.update(queries.of_orders(wanted))

    def journal(self, order_id: UUID | None) -> list[Recorded]:
        """The facts of a case that stand in the journal, without private values, on which no rule may depend."""
        if order_id not in self._journal:
            self._journal[order_id] = queries.of_order(order_id, private=False)
        return self._journal[order_id]

    def stated(self, order_id: UUID | None) -> list[Pending]:
        """The facts of a case that this passage has stated so far."""
        return [fact for fact in self._doing.passage.facts if fact.order_id == order_id and fact.name not in DERIVED]

    def case(self, order_id: UUID | None) -> Case:
        """A case read by the engine, with what this passage has stated so far."""
        stated = self.stated(order_id)
        if order_id not in self._read or self._read[order_id][0] != len(stated):
            facts = self._read_so_far(order_id, stated)
            facts += [pending_fact(fact, self.seen, place) for place, fact in enumerate(stated)]
            self._read[order_id] = len(stated), read_case(self.world, facts, self.until)
        return self._read[order_id][1]

    def _read_so_far(self, order_id: UUID | None, stated: Sequence[Pending]) -> list[Fact]:
        """The facts of a case that stand in the journal; of the company, those that can make a difference here."""
        if order_id is not None:
            return [engine_fact(fact) for fact in self.journal(order_id) if fact.name not in DERIVED]
        return self.world.told(self.seen, {fact.units.get("fact", "") for fact in stated if fact.name == WITHDRAWN})

    def is_silent(self, fact: Pending) -> bool:
        """Whether a fact of the company leaves its duties, and how everything is read, as they are."""
        return fact.order_id is None and fact.name not in self.world.telling and fact.name not in LEARNED

    def alone(self, stated: Sequence[Pending]) -> Case:
        """Facts of the company that this passage has stated, read by themselves."""
        facts = [pending_fact(fact, self.seen, place) for place, fact in enumerate(stated)]
        return read_case(self.world, facts, self.until)

    def ask(self, act: str, units: Mapping[str, str]) -> Answer:
        """What the policy asks before this act, for a unit and those above it."""
        order_id = self.order_of(units)
        if order_id is None and not self.world.is_judged(act):
            return Answer()
        return self.case(order_id).ask(act, dict(units))

    def owe(self, act: str, need: Need) -> None:
        """Keep in mind parts that an act must have stated by its end, where no check asks for them."""
        self.owed.append((act, need))

    @staticmethod
    def order_of(units: Mapping[str, str]) -> UUID | None:
        """The order among unit ids, None for a unit of the company."""
        return UUID(units["order"]) if "order" in units else None

    def facts_of_case(self, order_id: UUID | None) -> Sequence[Recorded | Pending]:
        """The facts of a case that stand, in order: those of the journal, then those just stated."""
        return corrections.standing([*self.journal(order_id), *self.stated(order_id)])

    def edition(self, order_id: UUID | None) -> str | None:
        """The id of a case's edition: that of the order, else the one in force; None before the first."""
        if not self.has_policy:
            return None
        if order_id and (own := self.case(order_id).edition):
            return own
        current = store.current()
        return str(current.pk) if current else None

    def rulebook(self, order_id: UUID | None) -> Rulebook | None:
        """The rulebook of a case's edition, None before the first."""
        edition = self.edition(order_id)
        return store.rulebook_of(edition) if edition else None

    def signed(self, order_id: UUID | None) -> dict[str, Any]:
        """What order.signed says of the case's order, empty for the company."""
        facts = self.facts_of_case(order_id) if order_id else ()
        return next((dict(fact.payload) for fact in facts if fact.name == "order.signed"), {})


def case_of(order_id: UUID | None) -> Case:
    """A case as it stands now: within an act with what has been stated so far, on a page as the journal says.

    Raises `KeyError` before an edition is in force.
    """
    if (doing := current()) is not None:
        return Bench.of(doing).case(order_id)
    if order_id is None:
        return read_case(present(), present().told(), count(now()))
    journal = queries.of_orders([order_id])[order_id]
    return read_case(present(), [engine_fact(fact) for fact in journal if fact.name not in DERIVED], count(now()))


def edition_of(order_id: UUID | None) -> str | None:
    """The id of the edition that binds an order, else of the one in force; None before the first."""
    if (doing := current()) is not None:
        return Bench.of(doing).edition(order_id)
    if order_id is not None and present().programs:
        return case_of(order_id).edition
    edition = store.current()
    return str(edition.pk) if edition else None


def pending_fact(fact: Pending, seen: int, place: int) -> Fact:
    """A fact that waits for its number as the engine reads it: with values as the journal will hold them."""
    return Fact(
        id=str(fact.id),
        name=fact.name,
        at=count(fact.at),
        entered=count(fact.entered),
        units=fact.units,
        payload=canonical.plain(fact.payload),
        seen=seen,
        position=NOT_YET_NUMBERED + place,
    )
