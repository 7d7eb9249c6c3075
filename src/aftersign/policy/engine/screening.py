"""Facts before they are read: what is refused, what has been withdrawn, and at which moment the rest is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import due
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import names
from aftersign.policy.engine.program import Program, evidence_lacking
from aftersign.policy.engine.types import Fact, Refused


@dataclass(slots=True)
class Screened:
    """The facts of a case that stand, with the moment at which each is read; `adopted` is the adoption among them."""

    facts: list[tuple[int, int, Fact]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    signed: Fact | None = None
    adopted: Fact | None = None


class _Screen:
    def __init__(self, program: Program, is_order: bool) -> None:
        self.program, self.is_order = program, is_order
        self.standing: dict[str, Fact] = {}
        self.withdrawn: dict[str, Fact] = {}
        self.births: dict[tuple[str, str], dict[str, str]] = {}
        self.result = Screened()

    def take(self, fact: Fact) -> None:
        why = self._objection(fact)
        if why:
            self.result.refused.append(Refused(fact.id, fact.name, fact.at, why))
            return
        if fact.name == names.WITHDRAWN:
            self._withdraw(fact)
        elif fact.name == names.SIGNED and self.result.signed is None:
            self.result.signed = fact
        elif fact.name == names.ADOPTED:
            self.result.adopted = fact
        self._inherit(fact)
        self.standing[fact.id] = fact

    def _objection(self, fact: Fact) -> str:
        kind = self.program.facts.get(fact.name)
        if kind is None:
            return "unknown fact"
        if fact.at > fact.entered:
            return "future"
        signed = self.result.signed
        if self.is_order and fact.name != names.SIGNED and (signed is None or fact.at < signed.at):
            return "before_signing"
        needed = self.program.needed[fact.name]
        if needed is not None and not fact.units.get(needed):
            return "unit"
        if fact.name == names.ADOPTED and (signed is None or fact.entered != signed.entered or self.result.adopted):
            return "adoption"
        if fact.name == names.WITHDRAWN and not self._may_withdraw(fact.units.get("fact", "")):
            return "withdrawal"
        given = signed.payload if signed else {}
        if fact.name in self.program.evidence and evidence_lacking(self.program, fact, given):
            return "evidence"
        return ""

    def _may_withdraw(self, target: str) -> bool:
        fact = self.standing.get(target)
        if fact is None:
            return False
        if fact.name != names.SIGNED:
            return True
        others = (each for each in self.standing.values() if each is not fact and each.name != names.WITHDRAWN)
        return not any(True for _each in others)

    def _withdraw(self, fact: Fact) -> None:
        """Take the target out; the withdrawal of a withdrawal puts its target back."""
        target = self.standing.pop(fact.units["fact"])
        self.withdrawn[target.id] = target
        if target.name == names.WITHDRAWN and (back := self.withdrawn.pop(target.units["fact"], None)):
            self.standing[back.id] = back

    def _inherit(self, fact: Fact) -> None:
        """A fact carries the ids that its unit was born with."""
        unit = self.program.facts[fact.name].unit
        pk = fact.units.get(unit)
        if pk is None or unit == "order":
            return
        if fact.name in self.program.births:
            if len(fact.units) > 2:
                self.births.setdefault((unit, pk), fact.units)
        elif self.births and (born := self.births.get((unit, pk))):
            fact.units = {**born, **fact.units}


def screen(
    program: Program, facts: Iterable[Fact], until: int, work: WorkCalendar, zone: Zone, *, is_order: bool
) -> Screened:
    """The facts of a case entered by a moment, in the order in which they are read."""
    at_work = _Screen(program, is_order)
    for fact in facts:
        if fact.entered <= until:
            at_work.take(fact)
    found = at_work.result
    if found.signed is not None and found.signed.id not in at_work.standing:
        found.signed = None
    if found.adopted is not None and found.adopted.id not in at_work.standing:
        found.adopted = None
    adopted_at = found.adopted.at if found.adopted else 0
    for place, fact in enumerate(at_work.standing.values()):
        moment = fact.at
        if fact.entered != moment and fact.entered > due(moment, program.grace, work, zone):
            moment = fact.entered
        found.facts.append((max(moment, adopted_at), fact.position or place, fact))
    found.facts.sort(key=_when)
    return found


def _when(read: tuple[int, int, Fact]) -> tuple[int, int]:
    return read[0], read[1]
