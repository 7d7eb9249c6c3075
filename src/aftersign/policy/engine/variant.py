"""A rulebook as one order meets it: living terms of the rooms installed, with the parameters of its grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.policy.engine.conditions import all_met, conditions
from aftersign.policy.engine.names import NO_ROOM
from aftersign.policy.engine.rules import Hand, Rule
from aftersign.policy.rulebook import Rulebook, Term, value_of


class Variant:
    """The living terms of a rulebook for given rooms and given conditions on the order as signed.

    `hands` says by kind of fact what it does, `guards` by act which gates, contents and bans hold it.
    """

    def __init__(self, rulebook: Rulebook, rooms: frozenset[str], signed: Mapping[str, Any]) -> None:
        self.rulebook = rulebook
        self._signed = signed
        self.rules: dict[str, Rule] = {}
        self.hands: dict[str, Hand] = {}
        self.guards: dict[str, list[Term]] = {}
        living = [term for term in rulebook.terms.values() if is_living(term, rooms)]
        turns = _taking_turns(living)
        for term in living:
            if term.kind in ("duty", "cycle"):
                self._arm(self._rule(term, term.id in turns))
            elif all_met(conditions(term.only), signed):
                self._guard(term)

    def value(self, written: Any) -> Any:
        """A literal, or the value of the parameter that it names."""
        if isinstance(written, str) and written.startswith("$"):
            return value_of(self.rulebook.params[written[1:]], self._signed)
        return written

    def _rule(self, term: Term, takes_turns: bool) -> Rule:
        def length(written: str) -> Duration | None:
            return duration(str(self.value(written))) if written else None

        return Rule(
            id=term.id,
            per=term.per,
            term=term,
            is_cycle=term.kind == "cycle",
            applies=all_met(conditions(term.only), self._signed),
            where=conditions(term.where, lambda name: self.value(f"${name}")),
            within=length(term.within),
            every=length(term.every),
            grace=length(term.grace),
            escalates=tuple((step, role, duration(step.removeprefix("+"))) for step, role in term.escalates),
            takes_turns=takes_turns,
        )

    def _arm(self, rule: Rule) -> None:
        self.rules[rule.id] = rule
        term = rule.term
        for name in term.closes:
            self._hand(name).close(rule)
        for name in term.opens:
            self._hand(name).opens.append(rule)
        for name in term.voids:
            self._turning(name).voids.append(rule)
        for name in term.until:
            self._turning(name).ends.append(rule)
        for name in term.pauses:
            self._turning(name).pauses.append(rule)
        for name in term.resumes:
            self._turning(name).resumes.append(rule)

    def _guard(self, term: Term) -> None:
        for act in term.act:
            self.guards.setdefault(act, []).append(term)
        for name in term.breach:
            self._hand(name).breaks.append(term)

    def _hand(self, name: str) -> Hand:
        return self.hands.setdefault(name, Hand())

    def _turning(self, name: str) -> Hand:
        hand = self._hand(name)
        hand.turns_clocks = True
        return hand


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


def _taking_turns(living: list[Term]) -> set[str]:
    """Terms of one unit that take turns: each is opened by what closes the other."""
    duties = [term for term in living if term.kind == "duty"]
    return {
        one.id
        for one in duties
        for two in duties
        if one is not two and one.per == two.per and _answers(one, two) and _answers(two, one)
    }


def _answers(one: Term, two: Term) -> bool:
    return not set(one.opens).isdisjoint(two.closes)
