"""A rulebook as one order meets it: living terms of the rooms installed, with the parameters of its grade."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.policy.engine import names
from aftersign.policy.engine.conditions import Condition, all_met, conditions
from aftersign.policy.engine.evidence import Asked, asked_of
from aftersign.policy.engine.hands import hands_of, special_of_company, special_of_orders
from aftersign.policy.engine.rules import Rule
from aftersign.policy.rulebook import Rulebook, Term, value_of


class Variant:
    """The living terms of a rulebook for given rooms and given conditions on the order as signed.

    `of_orders`, `of_company` and `of_guests` say what each kind of fact does in the case of an order, in that of the
    company, and there where it is a fact of an order.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        key: str,
        is_of_order: Callable[[str], bool],
        rooms: frozenset[str],
        signed: Mapping[str, Any],
    ) -> None:
        self.rulebook, self.key, self.rooms, self.signed = rulebook, key, rooms, signed
        self._is_of_order = is_of_order
        self.living = {name: term for name, term in rulebook.terms.items() if is_living(term, rooms)}
        turns = _turns(self.living)
        duties = [term for term in self.living.values() if term.kind in ("duty", "cycle")]
        self.rules = {term.id: self._rule(term, term.id in turns) for term in duties}
        self.acts = self._by_act()
        self.evidence = self._evidence(duties)
        mine = [rule for rule in self.rules.values() if rule.stand_in is None]
        shared = [_as_guest(rule) for rule in self.rules.values() if rule.stand_in is not None]
        bans = [term for term in self.living.values() if term.breach]
        of_orders = [term for term in bans if is_of_order(term.per)]
        self.of_orders = hands_of(rulebook, mine, of_orders, special_of_orders(rulebook))
        self.of_company = hands_of(rulebook, self.rules.values(), bans, special_of_company())
        self.of_guests = hands_of(rulebook, shared, [term for term in bans if term not in of_orders], {})

    def value(self, written: Any) -> Any:
        """A literal, or the value of the parameter that it names."""
        if isinstance(written, str) and written.startswith("$"):
            return value_of(self.rulebook.params[written[1:]], self.signed)
        return written

    def where(self, term: Term) -> tuple[Condition, ...]:
        """The conditions on payloads that a term sets, with their parameters."""
        return conditions(term.where, lambda name: self.value(f"${name}"))

    def _by_act(self) -> dict[str, list[Term]]:
        """The gates, contents and bans of each act, but those that leave this order out."""
        found: dict[str, list[Term]] = {}
        for term in self.living.values():
            for act in term.act if all_met(conditions(term.only), self.signed) else ():
                found.setdefault(act, []).append(term)
        return found

    def _evidence(self, terms: list[Term]) -> dict[str, Asked]:
        by_name: dict[str, list[Term]] = {}
        for term in terms:
            for name in term.closes if term.evidence else ():
                by_name.setdefault(name, []).append(term)
        return {name: asked_of(self.rulebook.facts[name], asking, self.value) for name, asking in by_name.items()}

    def _rule(self, term: Term, takes_turns: bool) -> Rule:
        def length(written: str) -> Duration | None:
            return duration(self.value(written)) if written else None

        within, every, grace = length(term.within), length(term.every), length(term.grace)
        clock = within or grace or every
        return Rule(
            id=term.id,
            key=f"{self.key}/{term.id}",
            per=term.per,
            term=term,
            is_cycle=term.kind == "cycle",
            applies=all_met(conditions(term.only), self.signed),
            where=self.where(term),
            within=within,
            every=every,
            grace=grace,
            escalates=tuple((step, role, duration(step.removeprefix("+"))) for step, role in term.escalates),
            clock=clock.clock if clock else "d",
            takes_turns=takes_turns,
            survives=term.id in self.rulebook.order_wide.kept_after_termination,
            stand_in=None if self._is_of_order(term.per) else term.per,
            anchors=tuple(dict.fromkeys(self._anchors(term))),
        )

    def _anchors(self, term: Term) -> Iterator[str]:
        """Own kinds of unit of the facts that end or pause a term's duties and need not carry its unit."""
        for name in (*term.voids, *term.until, *term.pauses, *term.resumes):
            kind = self.rulebook.facts.get(name)
            if kind is not None and kind.unit != term.per:
                yield kind.unit


def _as_guest(rule: Rule) -> Rule:
    """A rule of a company-wide unit as a fact of an order meets it: only of the unit whose id it carries."""
    return rule if rule.per == names.COMPANY else replace(rule, stand_in=None)


def room_of(name: str) -> str:
    """The room to which a fact or an act belongs."""
    return name.partition(".")[0]


def is_living(term: Term, rooms: frozenset[str]) -> bool:
    """Whether a term's room is installed and something is left of each side of it."""
    if term.room not in rooms:
        return False
    there = rooms | names.NO_ROOM
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
        if one is not two
        and one.per == two.per
        and set(one.opens) & set(two.closes)
        and set(two.opens) & set(one.closes)
    }
