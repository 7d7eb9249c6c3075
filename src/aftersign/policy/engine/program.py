"""A rulebook compiled: its kinds of facts, and its variants by rooms and by what an order was signed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.policy.engine.conditions import Condition, all_met, conditions
from aftersign.policy.engine.names import COMMITMENT, COMPANY, GRACE, ORDER
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.variant import Variant
from aftersign.policy.rulebook import Rulebook, Term, value_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a closing fact must carry: keys, and entries for the words of list parameters; each with term and room.

    `names` are the keys alone: most facts carry them all, and need no closer look.
    """

    keys: tuple[tuple[str, str, str], ...]
    lists: tuple[tuple[str, str, str], ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What must be known of a kind of fact to screen it; `needed` is the unit whose id it must carry, if any."""

    unit: str
    needed: str
    is_of_order: bool
    is_birth: bool
    evidence: Evidence | None


class Program:
    """A rulebook made ready for reading; thread-safe after compiling, but for caches that only grow."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.facts = rulebook.facts
        params = rulebook.params
        self.grace: Duration = duration(str(params[GRACE].value)) if GRACE in params else Duration(0, "bd")
        self.kinds = dict(self._kinds())
        self._varying = [param for param in params.values() if param.by]
        self._selectors = tuple(self._select())
        self._variants: dict[tuple[Any, ...], Variant] = {}

    @classmethod
    def compile(cls, rulebook: Rulebook) -> Program:
        """The program of a rulebook."""
        return cls(rulebook)

    def variant(self, rooms: frozenset[str], signed: Mapping[str, Any]) -> Variant:
        """The rulebook for these rooms and an order signed so; variants that answer alike are made once."""
        answers = tuple(condition.met(signed) for condition in self._selectors)
        key = rooms, answers, tuple(value_of(param, signed) for param in self._varying)
        found = self._variants.get(key)
        if found is None:
            found = self._variants[key] = Variant(self.rulebook, rooms, dict(signed))
        return found

    def is_below(self, kind: str, above: str) -> bool:
        """Whether units of one kind stand under those of another, directly or not."""
        units = self.rulebook.units
        while kind in units:
            kind = units[kind].under
            if kind == above:
                return True
        return False

    def _kinds(self) -> Iterator[tuple[str, Kind]]:
        evidence = dict(self._evidence())
        births = {name for unit in self.rulebook.units.values() for name in unit.born}
        for name, fact in self.facts.items():
            needed = fact.unit if self.is_below(fact.unit, ORDER) else ""
            is_of_order = ORDER in fact.carries and (fact.unit == ORDER or needed != "")
            yield name, Kind(fact.unit, needed, is_of_order, name in births, evidence.get(name))

    def _evidence(self) -> Iterator[tuple[str, Evidence]]:
        terms: dict[str, list[Term]] = {}
        for term in self.rulebook.terms.values():
            for name in term.closes if term.evidence else ():
                terms.setdefault(name, []).append(term)
        for name, asking in terms.items():
            listed = [term for term in asking if isinstance(term.evidence, tuple)]
            keys = [(term.id, term.room, key) for term in listed for key in term.evidence]
            lists = [(term.id, term.room, term.evidence) for term in asking if isinstance(term.evidence, str)]
            yield name, Evidence(tuple(keys), tuple(lists), tuple(dict.fromkeys(key for _term, _room, key in keys)))

    def _select(self) -> Iterator[Condition]:
        seen = set()
        for term in self.rulebook.terms.values():
            for condition in conditions(term.only):
                if condition not in seen:
                    seen.add(condition)
                    yield condition


def unit_id(kind: str, units: Mapping[str, str]) -> str:
    """The id of a fact's unit of a kind; of a company-wide one that is left out, the name of its kind."""
    return COMPANY if kind == COMPANY else units.get(kind) or kind


def evidence_lacking(
    program: Program, fact: Fact, signed: Mapping[str, Any], rooms: frozenset[str] | None = None
) -> list[tuple[str, str]]:
    """Terms of the rooms given (all unless said) and keys that a closing fact lacks as evidence.

    A list parameter asks for an entry for each of its words.
    """
    kind = program.kinds.get(fact.name)
    if kind is None or kind.evidence is None:
        return []
    lacking = []
    for term, room, key in kind.evidence.keys:
        if _lacks(fact.payload, key) and (rooms is None or room in rooms):
            lacking.append((term, key))
    for term, room, parameter in kind.evidence.lists:
        if rooms is None or room in rooms:
            lacking += [(term, word) for word in _words_lacking(program, parameter, fact, signed)]
    return lacking


def _lacks(payload: Mapping[str, Any], key: str) -> bool:
    """Whether nothing is said under a key; no and zero are answers."""
    value = payload.get(key)
    return not value and value is not False and value != 0


def _words_lacking(program: Program, parameter: str, fact: Fact, signed: Mapping[str, Any]) -> list[str]:
    words = value_of(program.rulebook.params[parameter[1:]], signed)
    kind = program.facts[fact.name].payload
    entries: Any = next((fact.payload.get(key) for key, type_ in kind.items() if type_ == f"parts:{parameter}"), None)
    if isinstance(entries, dict) and COMMITMENT in entries:
        return []
    listed = [each for each in entries if isinstance(each, str)] if isinstance(entries, list | tuple) else []
    given = entries if isinstance(entries, dict) else dict.fromkeys(listed, True)
    return [word for word in words if given.get(word) in (None, "")] if isinstance(words, tuple) else []


def grade_of(rulebook: Rulebook, signed: Mapping[str, Any]) -> str:
    """The first grade whose conditions an order meets as it was signed."""
    return next((each.grade for each in rulebook.grades if all_met(conditions(each.when), signed)), "")
