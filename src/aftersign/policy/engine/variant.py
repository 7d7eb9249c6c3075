"""A rulebook as one order meets it: living terms of the rooms installed, with the parameters of its grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.policy.engine.conditions import Condition, all_met, conditions
from aftersign.policy.engine.names import NO_ROOM
from aftersign.policy.rulebook import Rulebook, Term, value_of


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """One duty or cycle, ready to be read: durations and conditions resolved, facts as sets."""

    id: str
    per: str
    term: Term
    applies: bool
    where: tuple[Condition, ...]
    within: Duration | None
    every: Duration | None
    grace: Duration | None
    escalates: tuple[tuple[str, str, Duration], ...]
    takes_turns: bool


@dataclass(slots=True)
class Hand:
    """What one kind of fact does to which rules."""

    closes: list[Rule] = field(default_factory=list)
    serves: list[Rule] = field(default_factory=list)
    voids: list[Rule] = field(default_factory=list)
    ends: list[Rule] = field(default_factory=list)
    pauses: list[Rule] = field(default_factory=list)
    resumes: list[Rule] = field(default_factory=list)
    opens: list[Rule] = field(default_factory=list)
    breaks: list[Term] = field(default_factory=list)


class Variant:
    """The living terms of a rulebook for given rooms and given conditions on the order as signed."""

    def __init__(self, rulebook: Rulebook, rooms: frozenset[str], signed: Mapping[str, Any]) -> None:
        self.rulebook = rulebook
        self.signed = signed
        self.rooms = rooms
        self.living = {name: term for name, term in rulebook.terms.items() if is_living(term, rooms)}
        self.hands: dict[str, Hand] = {}
        self.rules: dict[str, Rule] = {}
        turns = _turns(self.living)
        for term in self.living.values():
            if term.kind in ("duty", "cycle"):
                self._arm(self._rule(term, term.id in turns))
            for name in term.breach:
                self._hand(name).breaks.append(term)

    def value(self, written: Any) -> Any:
        """A literal, or the value of the parameter that it names."""
        if isinstance(written, str) and written.startswith("$"):
            return value_of(self.rulebook.params[written[1:]], self.signed)
        return written

    def _rule(self, term: Term, takes_turns: bool) -> Rule:
        def length(written: str) -> Duration | None:
            return duration(self.value(written)) if written else None

        return Rule(
            id=term.id,
            per=term.per,
            term=term,
            applies=all_met(conditions(term.only), self.signed),
            where=conditions(term.where, lambda name: self.value(f"${name}")),
            within=length(term.within),
            every=length(term.every),
            grace=length(term.grace),
            escalates=tuple((step, role, duration(step.removeprefix("+"))) for step, role in term.escalates),
            takes_turns=takes_turns,
        )

    def _arm(self, rule: Rule) -> None:
        self.rules[rule.id] = rule
        term, is_cycle = rule.term, rule.term.kind == "cycle"
        for name in term.closes:
            hand = self._hand(name)
            (hand.serves if is_cycle else hand.closes).append(rule)
        for name in term.opens:
            self._hand(name).opens.append(rule)
        for name in term.voids:
            self._hand(name).voids.append(rule)
        for name in term.until:
            self._hand(name).ends.append(rule)
        for name in term.pauses:
            self._hand(name).pauses.append(rule)
        for name in term.resumes:
            self._hand(name).resumes.append(rule)

    def _hand(self, name: str) -> Hand:
        return self.hands.setdefault(name, Hand())


def room_of(name: str) -> str:
    """The room to which a fact or an act belongs."""
    return name.partition(".")[0]


def is_living(term: Term, rooms: frozenset[str]) -> bool:
    """Whether a term's room is installed and something is left of each side of it."""
    if term.room not in rooms:
        return False
    there = rooms | NO_ROOM
    sides = {
        "duty": (term.opens, term.closes),
        "cycle": (term.opens, term.closes, term.until),
        "gate": (term.act, term.unless),
        "content": (term.act,),
        "ban": (term.breach + term.act,),
    }.get(term.kind, ())
    return all(not side or any(room_of(name) in there for name in side) for side in sides)


def _turns(living: Mapping[str, Term]) -> set[str]:
    """Terms of one unit that take turns: each is opened by what closes the other."""
    duties = [term for term in living.values() if term.kind == "duty"]
    return {
        one.id
        for one in duties
        for two in duties
        if one is not two and one.per == two.per and set(one.opens) & set(two.closes) and set(two.opens) & set(one.closes)
    }
