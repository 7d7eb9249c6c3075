"""A rulebook compiled: its kinds of facts, and its variants by rooms and by what an order was signed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.policy.engine.conditions import all_met, conditions
from aftersign.policy.engine.names import COMMITMENT, GRACE
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.variant import Variant
from aftersign.policy.rulebook import Rulebook, Term, value_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a closing fact must carry: keys, and entries for the words of list parameters; each with term and room."""

    keys: tuple[tuple[str, str, str], ...]
    lists: tuple[tuple[str, str, str], ...]


class Program:
    """A rulebook made ready for reading; thread-safe after compiling, but for caches that only grow."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.facts = rulebook.facts
        self.grace: Duration = duration(str(rulebook.params[GRACE].value)) if GRACE in rulebook.params else Duration(0, "bd")
        self.births = frozenset(name for unit in rulebook.units.values() for name in unit.born)
        self.needed = {name: self._required(name) for name in self.facts}
        self.evidence = self._evidence()
        self._selectors = self._select()
        self._variants: dict[tuple[Any, ...], Variant] = {}

    @classmethod
    def compile(cls, rulebook: Rulebook) -> Program:
        """The program of a rulebook."""
        return cls(rulebook)

    def variant(self, rooms: frozenset[str], signed: Mapping[str, Any]) -> Variant:
        """The rulebook for these rooms and an order signed so; variants that answer alike are made once."""
        answers = tuple(condition.met(signed) for condition in self._selectors)
        key = (rooms, answers, tuple(str(signed.get(name)) for name in self._by_keys))
        found = self._variants.get(key)
        if found is None:
            found = self._variants[key] = Variant(self.rulebook, rooms, dict(signed))
        return found

    def unit_id(self, kind: str, units: Mapping[str, str]) -> str:
        """The id of a fact's unit of a kind; of a company-wide one that is left out, the name of its kind."""
        return units.get(kind) or kind

    def is_of_order(self, kind: str) -> bool:
        """Whether units of a kind stand under an order."""
        while kind and kind != "order":
            kind = self.rulebook.units[kind].under if kind in self.rulebook.units else ""
        return kind == "order"

    def _required(self, name: str) -> str | None:
        """The kind of unit whose id a fact of an order must carry, None where it may be left out."""
        unit = self.facts[name].unit
        return unit if self.is_of_order(unit) else None

    def _evidence(self) -> dict[str, Evidence]:
        found: dict[str, list[Term]] = {}
        for term in self.rulebook.terms.values():
            for name in term.closes if term.evidence else ():
                found.setdefault(name, []).append(term)
        return {
            name: Evidence(
                tuple((term.id, term.room, key) for term in terms if not isinstance(term.evidence, str) for key in term.evidence),
                tuple((term.id, term.room, term.evidence) for term in terms if isinstance(term.evidence, str)),
            )
            for name, terms in found.items()
        }

    def _select(self) -> tuple[Any, ...]:
        self._by_keys = sorted({key for param in self.rulebook.params.values() for key in param.by})
        tables = {tuple(sorted((k, str(v)) for k, v in term.only.items())): term.only for term in self.rulebook.terms.values()}
        return tuple(condition for table in tables.values() for condition in conditions(table))


def evidence_lacking(
    program: Program, fact: Fact, signed: Mapping[str, Any], rooms: frozenset[str] | None = None
) -> list[tuple[str, str]]:
    """Terms and keys of evidence that a closing fact lacks; a list parameter asks for an entry for each of its words."""
    asked, payload = program.evidence.get(fact.name), fact.payload
    if asked is None:
        return []
    lacking = [
        (term, key)
        for term, room, key in asked.keys
        if _is_empty(payload.get(key)) and (rooms is None or room in rooms)
    ]
    for term, room, parameter in asked.lists:
        if rooms is None or room in rooms:
            lacking += [(term, word) for word in _words_lacking(program, parameter, fact, signed)]
    return lacking


def _is_empty(value: Any) -> bool:
    """Whether nothing is said; no and zero are answers."""
    return not value and value is not False and value != 0


def _words_lacking(program: Program, parameter: str, fact: Fact, signed: Mapping[str, Any]) -> list[str]:
    words = value_of(program.rulebook.params[parameter[1:]], signed)
    kind = program.facts[fact.name].payload
    entries: Any = next((fact.payload.get(key) for key, type_ in kind.items() if type_ == f"parts:{parameter}"), None)
    if isinstance(entries, dict) and COMMITMENT in entries:
        return []
    given = entries if isinstance(entries, dict) else dict.fromkeys(entries or (), True)
    return [word for word in words if given.get(word) in (None, "")] if isinstance(words, tuple) else []


def grade_of(rulebook: Rulebook, signed: Mapping[str, Any]) -> str:
    """The first grade whose conditions an order meets as it was signed."""
    return next((each.grade for each in rulebook.grades if all_met(conditions(each.when), signed)), "")
