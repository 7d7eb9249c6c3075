"""A duty or cycle ready to be read, and what each kind of fact does to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from aftersign.kernel.clock.durations import Duration
from aftersign.policy.engine.conditions import Condition
from aftersign.policy.rulebook import Term


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """One duty or cycle with durations and conditions resolved; those of the same term in two editions differ."""

    id: str
    per: str
    term: Term
    is_cycle: bool
    applies: bool
    where: tuple[Condition, ...]
    within: Duration | None
    every: Duration | None
    grace: Duration | None
    escalates: tuple[tuple[str, str, Duration], ...]
    takes_turns: bool

    @property
    def clock_unit(self) -> str:
        """The unit in which a stopped clock keeps what is left: that of the length it counts last."""
        length = self.within or self.grace or self.every
        return length.unit if length else "d"


@dataclass(slots=True)
class Hand:
    """What one kind of fact does to which rules.

    `kinds` are the kinds of unit whose duties it closes; `serves` gives the rules of a cycle by term and kind of unit;
    `turns_clocks` says whether it voids, ends, pauses or resumes anything.
    """

    closes: list[Rule] = field(default_factory=list)
    serves: dict[tuple[str, str], list[Rule]] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    turns_clocks: bool = False
    voids: list[Rule] = field(default_factory=list)
    ends: list[Rule] = field(default_factory=list)
    pauses: list[Rule] = field(default_factory=list)
    resumes: list[Rule] = field(default_factory=list)
    opens: list[Rule] = field(default_factory=list)
    breaks: list[Term] = field(default_factory=list)

    def close(self, rule: Rule) -> None:
        """It closes the duties of a rule, or serves its cycle."""
        if rule.is_cycle:
            self.serves.setdefault((rule.id, rule.per), []).append(rule)
            return
        self.closes.append(rule)
        if rule.per not in self.kinds:
            self.kinds.append(rule.per)

    def join(self, other: Hand) -> None:
        """It also does what the same fact does by an older law: all but to open, and to breach bans."""
        for rule in (*other.closes, *(each for rules in other.serves.values() for each in rules)):
            self.close(rule)
        self.turns_clocks |= other.turns_clocks
        self.voids += other.voids
        self.ends += other.ends
        self.pauses += other.pauses
        self.resumes += other.resumes
