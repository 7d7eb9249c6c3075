"""Facts before they are read: what is refused, what has been withdrawn, and at which moment the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from aftersign.policy.engine import names
from aftersign.policy.engine.evidence import Asked
from aftersign.policy.engine.program import Kind, Program
from aftersign.policy.engine.types import Fact, Refused

_NEVER = 1 << 62
_SPECIAL = frozenset({names.SIGNED, names.ADOPTED, names.WITHDRAWN, names.ORDER_MOVED})

Evidence = Mapping[str, Asked]


@dataclass(slots=True)
class Screened:
    """The facts of a case that stand, in journal order; `adopted` and `signed` are the first such among them."""

    facts: list[Fact] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    signed: Fact | None = None
    adopted: Fact | None = None


class Screen:
    """The gatekeeper's memory while it looks at the facts of one case, in journal order.

    `evidence` says what each kind of closing fact must carry; `moved` gives the same after a change of edition.
    """

    def __init__(self, program: Program, evidence: Evidence, moved: Callable[[Fact], Evidence], is_order: bool) -> None:
        self._kinds: Mapping[str, Kind] = program.kinds
        self._evidence, self._moved, self._is_order = evidence, moved, is_order
        self._taken: list[Fact] = []
        self._withdrawn: set[str] = set()
        self._births: dict[tuple[str, str], dict[str, str]] = {}
        self._refused: list[Refused] = []
        self._signed: Fact | None = None

    def take(self, facts: Iterable[Fact], until: int) -> Screened:
        """Look at every fact entered by a moment."""
        begin = _NEVER if self._is_order else -_NEVER
        kinds, taken = self._kinds, self._taken
        for fact in facts:
            entered, at, name = fact.entered, fact.at, fact.name
            if entered > until:
                continue
            kind = kinds.get(name)
            asked = self._evidence.get(name)
            if (
                kind is None
                or at > entered
                or at < begin
                or name in _SPECIAL
                or (kind.needs and not fact.units.get(kind.needs))
                or (asked is not None and not asked.is_given(fact.payload))
            ):
                why = self._objection(fact, kind, begin)
                if why:
                    self._refused.append(Refused(fact.id, name, at, why))
                    continue
            if kind is not None and (kind.is_birth or self._births):
                self._inherit(fact, kind)
            taken.append(fact)
            if name in _SPECIAL:
                begin = self._note(fact, begin)
        return self._result()

    def _objection(self, fact: Fact, kind: Kind | None, begin: int) -> str:
        """Why a fact is refused, "" where it is not."""
        if kind is None:
            return "unknown fact"
        if fact.at > fact.entered:
            return "future"
        if fact.at < begin and fact.name != names.SIGNED and (fact.name != names.WITHDRAWN or begin != _NEVER):
            return "before_signing"
        if kind.needs and not fact.units.get(kind.needs):
            return "unit"
        if fact.name == names.ADOPTED and not self._may_adopt(fact):
            return "adoption"
        if fact.name == names.WITHDRAWN and not self._may_withdraw(fact.units.get("fact", "")):
            return "withdrawal"
        asked = self._evidence.get(fact.name)
        return "evidence" if asked is not None and not asked.is_given(fact.payload) else ""

    def _note(self, fact: Fact, begin: int) -> int:
        """Keep in mind what concerns the facts that follow; gives the moment before which nothing is taken."""
        if fact.name == names.SIGNED and self._signed is None:
            self._signed = fact
        elif fact.name == names.ORDER_MOVED:
            self._evidence = self._moved(fact)
        elif fact.name == names.WITHDRAWN:
            self._withdrawn = withdrawn(self._taken)
            self._signed = next((each for each in self._standing() if each.name == names.SIGNED), None)
        if not self._is_order:
            return begin
        return self._signed.at if self._signed else _NEVER

    def _standing(self) -> list[Fact]:
        return [fact for fact in self._taken if fact.id not in self._withdrawn]

    def _may_adopt(self, fact: Fact) -> bool:
        """An adoption is entered in one act with the signature, once."""
        signed = self._signed
        again = any(each.name == names.ADOPTED for each in self._standing())
        return signed is not None and fact.entered == signed.entered and not again

    def _may_withdraw(self, target: str) -> bool:
        """Only what stands can be withdrawn, and a signature only when nothing else stands on it."""
        fact = next((each for each in reversed(self._standing()) if each.id == target), None)
        if fact is None:
            return False
        if fact.name != names.SIGNED:
            return True
        beside = names.TOLD_BY_THE_CLOCK | {names.WITHDRAWN}
        return all(each is fact or each.name in beside for each in self._standing())

    def _inherit(self, fact: Fact, kind: Kind) -> None:
        """A fact carries the ids that its unit was born with."""
        unit = fact.units.get(kind.unit)
        if unit is None:
            return
        born = self._births.get((kind.unit, unit))
        if born is None:
            if kind.is_birth and len(fact.units) > 2:
                self._births[kind.unit, unit] = fact.units
        elif not born.keys() <= fact.units.keys():
            fact.units = {**born, **fact.units}

    def _result(self) -> Screened:
        facts = self._standing() if self._withdrawn else self._taken
        found = Screened(facts, self._refused, self._signed)
        if self._signed is not None:
            found.adopted = next((each for each in facts if each.name == names.ADOPTED), None)
        return found


def withdrawn(facts: list[Fact]) -> set[str]:
    """The ids of facts that are withdrawn; the withdrawal of a withdrawal puts its target back."""
    gone: set[str] = set()
    for fact in reversed(facts):
        if fact.name == names.WITHDRAWN and fact.id not in gone:
            gone.add(fact.units.get("fact", ""))
    return gone


def in_reading_order(
    facts: Iterable[Fact], latest: Callable[[Fact], int], not_before: int
) -> list[tuple[int, int, Fact]]:
    """Facts with the moment at which each is read, and its place, in that order.

    A fact is read at its event if it was entered by `latest` of it, otherwise at its entry; none before `not_before`.
    """
    read: list[tuple[int, int, Fact]] = []
    last, is_ordered = not_before, True
    for place, fact in enumerate(facts):
        moment = fact.at
        if fact.entered != moment and fact.entered > latest(fact):
            moment = fact.entered
        if moment < not_before:
            moment = not_before
        if moment < last:
            is_ordered = False
        last = moment
        read.append((moment, place, fact))
    if not is_ordered:
        read.sort(key=itemgetter(0, 1))
    return read
