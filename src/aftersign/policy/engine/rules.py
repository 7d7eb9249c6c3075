"""Terms of duties and cycles made ready for reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aftersign.kernel.clock.durations import Duration
from aftersign.policy.engine.conditions import Condition
from aftersign.policy.rulebook import Term


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """One duty or cycle with its parameters resolved and its conditions compiled.

    `key` is the same for one term of one edition; `stand_in` the id of a company-wide unit whose id is left out.
    `anchors` are the kinds of unit by which a fact may mean its duties that does not carry its own unit. `clock` is the
    duration in whose unit the clock is kept while paused.
    """

    id: str
    key: str
    per: str
    term: Term
    is_cycle: bool
    applies: bool
    where: tuple[Condition, ...]
    within: Duration | None
    every: Duration | None
    grace: Duration | None
    escalates: tuple[tuple[str, str, Duration], ...]
    clock: str
    takes_turns: bool
    survives: bool
    stand_in: str | None
    anchors: tuple[str, ...]

    def unit_of(self, units: Mapping[str, str]) -> str | None:
        """The id of the unit of this rule that a fact with these ids is about, None where it carries none."""
        return units.get(self.per) or self.stand_in
