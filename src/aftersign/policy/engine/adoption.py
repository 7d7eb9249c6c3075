"""An order taken in that was running before the system: what its adoption stands for, and what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from aftersign.policy.engine.names import ORDER
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Fact
from aftersign.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Adoption:
    """When an order was taken in, and for which facts that stands: those of earlier stages, and those of its own."""

    at: int
    earlier: frozenset[str]
    reaching: frozenset[str]

    @property
    def stands_for(self) -> frozenset[str]:
        """The facts of which a gate finds one in the order."""
        return self.earlier | self.reaching

    def answers(self, rule: Rule, fact: Fact) -> bool:
        """Whether the adoption has said already what an earlier event opens per order."""
        return rule.per == ORDER and fact.at < self.at and fact.name in self.stands_for

    def is_past(self, fact: Fact) -> bool:
        """Whether an event belongs to a stage before: what it opens is not applicable."""
        return fact.at < self.at and fact.name in self.earlier

    def goes_on(self, rule: Rule) -> bool:
        """Whether a cycle opened by earlier facts runs from the adoption on, since none of them has ended it."""
        return rule.is_cycle and self.stands_for.isdisjoint(rule.term.until)


def adoption(rulebook: Rulebook, fact: Fact) -> Adoption:
    """What an order.adopted says; with an unknown stage it stands for nothing."""
    names = [stage.stage for stage in rulebook.stages]
    stage = fact.payload.get("stage")
    place = names.index(stage) if stage in names else -1
    if place < 0:
        return Adoption(fact.at, frozenset(), frozenset())
    before = rulebook.stages[:place]
    earlier = frozenset(name for each in before for name in each.reached_by + each.facts)
    return Adoption(fact.at, earlier, frozenset(rulebook.stages[place].reached_by))
