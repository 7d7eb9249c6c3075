"""Facts before they are read: what is refused, what has been withdrawn, and at which moment the rest is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter

from aftersign.kernel.clock.due import due
from aftersign.policy.engine import names
from aftersign.policy.engine.program import Evidence, Kind, Program, evidence_lacking
from aftersign.policy.engine.types import Fact, Refused
from aftersign.policy.engine.world import World

Read = tuple[int, int, Fact]
_NEVER = 1 << 62


@dataclass(slots=True)
class Screened:
    """The facts of a case that stand, in the order in which they are read, each with its moment and its position."""

    facts: list[Read] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    signed: Fact | None = None
    adopted: Fact | None = None


class _Screen:
    """The journal of a case up to some fact: what stands in it, by which program, and since when it may."""

    def __init__(
        self, world: World, program: Program, rooms: frozenset[str], facts: list[Fact], is_order: bool
    ) -> None:
        self.world, self.program, self.rooms, self.facts, self.is_order = world, program, rooms, facts, is_order
        self.since = _NEVER if is_order else -_NEVER
        self.own_ids = 2 if is_order else 1
        self.standing: dict[str, Read] = {}
        self.withdrawn: dict[str, Read] = {}
        self.refused: list[Refused] = []
        self.births: dict[tuple[str, str], dict[str, str]] = {}
        self.signed: Fact | None = None
        self.adopted: Fact | None = None

    def take(self, fact: Fact) -> None:
        """The next fact of the journal stands from now on, unless something speaks against it."""
        kind = self.program.kinds.get(fact.name)
        why = self._objection(fact, kind) if kind else "unknown fact"
        if why or kind is None:
            self.refused.append(Refused(fact.id, fact.name, fact.at, why))
            return
        turn = _TURNS.get(fact.name)
        if turn is not None:
            turn(self, fact)
        if self.births or len(fact.units) > self.own_ids:
            fact = self._with_birth(fact, kind)
        moment = fact.at if fact.entered == fact.at else effective(self.world, self.program, fact)
        self.standing[fact.id] = moment, fact.position, fact

    def _objection(self, fact: Fact, kind: Kind) -> str:
        """Why a fact cannot be read, "" where it can."""
        if fact.at > fact.entered:
            return "future"
        if fact.at < self.since and fact.name != names.SIGNED:
            return "before_signing"
        if (kind.needed and not fact.units.get(kind.needed)) or (kind.is_of_order and not self.is_order):
            return "unit"
        if fact.name == names.ADOPTED and not self._may_adopt(fact):
            return "adoption"
        if fact.name == names.WITHDRAWN and not self._may_withdraw(fact):
            return "withdrawal"
        return "evidence" if kind.evidence is not None and self._lacks_evidence(fact, kind.evidence) else ""

    def _lacks_evidence(self, fact: Fact, asked: Evidence) -> bool:
        signed = self.signed.payload if self.signed else {}
        is_whole = not asked.lists and all(map(fact.payload.get, asked.names))
        return not is_whole and bool(evidence_lacking(self.program, fact, signed, self.rooms))

    def _may_adopt(self, fact: Fact) -> bool:
        """An order is adopted once, and in one act with its order.signed."""
        return self.signed is not None and self.adopted is None and fact.entered == self.signed.entered

    def _may_withdraw(self, fact: Fact) -> bool:
        """An order.signed is withdrawn only after, or together with, what stands on it."""
        target = self.standing.get(fact.units.get("fact", ""))
        if target is None or target[2].name != names.SIGNED:
            return target is not None
        together = {
            each.units.get("fact")
            for each in self.facts
            if each.name == names.WITHDRAWN and each.entered == fact.entered
        }
        others = (pk for pk, (_at, _place, each) in self.standing.items() if each.name != names.WITHDRAWN)
        return all(pk == target[2].id or pk in together for pk in others)

    def _withdraw(self, fact: Fact) -> None:
        """Take the target out; the withdrawal of a withdrawal puts its target back."""
        target = self.standing.pop(fact.units["fact"])
        self.withdrawn[target[2].id] = target
        back = self.withdrawn.pop(target[2].units.get("fact", ""), None) if target[2].name == names.WITHDRAWN else None
        if back is not None:
            self.standing[back[2].id] = back
        standing = [each for _at, _place, each in self.standing.values()]
        self.adopted = next((each for each in standing if each.name == names.ADOPTED), None)
        if self.is_order:
            self.signed = next((each for each in standing if each.name == names.SIGNED), None)
            self.since = self.signed.at if self.signed else _NEVER

    def _sign(self, fact: Fact) -> None:
        if self.signed is None and self.is_order:
            self.signed, self.since = fact, fact.at

    def _adopt(self, fact: Fact) -> None:
        self.adopted = fact

    def _move(self, fact: Fact) -> None:
        edition = self.world.edition_of(fact.payload)
        self.program = self.world.program(edition) if edition else self.program

    def _take_effect(self, fact: Fact) -> None:
        self.program = self.world.program(fact.units.get("edition", ""))

    def _with_birth(self, fact: Fact, kind: Kind) -> Fact:
        """A fact with the ids that its unit was born with."""
        key = kind.unit, fact.units.get(kind.unit, "")
        born = self.births.get(key)
        if born is None:
            if kind.is_birth:
                self.births[key] = fact.units
            return fact
        return fact if born.keys() <= fact.units.keys() else replace(fact, units={**born, **fact.units})


_TURNS = {
    names.SIGNED: _Screen._sign,
    names.ADOPTED: _Screen._adopt,
    names.WITHDRAWN: _Screen._withdraw,
    names.ORDER_MOVED: _Screen._move,
    names.TOOK_EFFECT: _Screen._take_effect,
}


def effective(world: World, program: Program, fact: Fact) -> int:
    """The moment at which a fact is read: that of the event, or of the entry where the grace had passed."""
    last = due(fact.at, program.grace, world.calendar(fact.place), world.zone(program))
    return fact.at if fact.entered <= last else fact.entered


def screen(world: World, program: Program, rooms: frozenset[str], facts: list[Fact], *, is_order: bool) -> Screened:
    """The facts of a case in the order in which they are read; what lies before an adoption is read at it."""
    at_work = _Screen(world, program, rooms, facts, is_order)
    for fact in facts:
        at_work.take(fact)
    read = list(at_work.standing.values())
    if at_work.adopted is not None:
        adopted_at = at_work.standing[at_work.adopted.id][0]
        read = [(max(moment, adopted_at), place, fact) for moment, place, fact in read]
    if at_work.withdrawn:
        read.sort(key=itemgetter(1))
    read.sort(key=itemgetter(0))
    return Screened(read, at_work.refused, at_work.signed, at_work.adopted)
