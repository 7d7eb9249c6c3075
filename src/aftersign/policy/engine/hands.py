"""What each kind of fact does: which rules it closes, ends, pauses and opens, and what the grammar makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aftersign.policy.engine import names
from aftersign.policy.engine.rules import Rule
from aftersign.policy.rulebook import Rulebook, Term

SUSPEND, RESUME, TERMINATE = "suspend", "resume", "terminate"

_SIDES = (("closes", "closes"), ("opens", "opens"), ("voids", "voids"), ("ends", "until"), ("pauses", "pauses"))
_OF_ANY = (names.WAIVED, names.EXTENDED, names.TAKEN, names.HANDED_ON, names.RELEASED)
_OF_ORDERS = (names.TEAM_NAMED, names.POST_HANDED_ON, names.ADOPTED, names.ORDER_MOVED)
_OF_COMPANY = (names.WAS_REPLACED, names.TOOK_EFFECT, names.ROOM_INSTALLED)


@dataclass(slots=True)
class Hand:
    """What one kind of fact does to which rules.

    `keeps` are the kinds of unit for which the fact, where it has closed nothing, may close a duty in advance.
    `special` names what the grammar itself makes of the fact. A plain one only closes and opens.
    """

    unit: str
    special: str = ""
    closes: list[Rule] = field(default_factory=list)
    serves: list[Rule] = field(default_factory=list)
    voids: list[Rule] = field(default_factory=list)
    ends: list[Rule] = field(default_factory=list)
    pauses: list[Rule] = field(default_factory=list)
    resumes: list[Rule] = field(default_factory=list)
    opens: list[Rule] = field(default_factory=list)
    breaks: list[Term] = field(default_factory=list)
    keeps: list[tuple[str, str | None]] = field(default_factory=list)
    is_plain: bool = True

    def arm(self, side: str, rule: Rule) -> None:
        """Let the fact do this to a rule."""
        rules: list[Rule] = getattr(self, side)
        rules.append(rule)
        if side == "closes" and not rule.takes_turns and (rule.per, rule.stand_in) not in self.keeps:
            self.keeps.append((rule.per, rule.stand_in))

    def settle(self) -> None:
        """Say whether the fact is a plain one, once everything is known that it does."""
        self.is_plain = not (self.special or self.voids or self.ends or self.pauses or self.resumes or self.breaks)


Hands = Mapping[str, Hand]


def hands_of(rulebook: Rulebook, rules: Iterable[Rule], bans: Iterable[Term], special: Mapping[str, str]) -> Hands:
    """What each kind of fact does to these rules and bans; `special` says what the grammar makes of some facts."""
    hands: dict[str, Hand] = {}

    def hand(name: str) -> Hand:
        kind = rulebook.facts.get(name)
        return hands.setdefault(name, Hand(kind.unit if kind else ""))

    for rule in rules:
        for side, part in (*_SIDES, ("resumes", "resumes")):
            for name in getattr(rule.term, part):
                hand(name).arm("serves" if side == "closes" and rule.is_cycle else side, rule)
    for term in bans:
        for name in term.breach:
            hand(name).breaks.append(term)
    for name, called in special.items():
        hand(name).special = called
    for each in hands.values():
        each.settle()
    return hands


def special_of_orders(rulebook: Rulebook) -> dict[str, str]:
    """What the grammar makes of facts of an order, under the names by which the reading knows them."""
    wide = rulebook.order_wide
    course = {wide.pauses: SUSPEND, wide.resumes: RESUME, wide.voids: TERMINATE}
    return {**{name: name for name in (*_OF_ORDERS, *_OF_ANY)}, **course}


def special_of_company() -> dict[str, str]:
    """The same of facts of the company."""
    return {name: name for name in (*_OF_COMPANY, *_OF_ANY)}
