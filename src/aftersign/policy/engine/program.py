"""A rulebook compiled: its kinds of facts, and its variants by rooms and by what an order was signed with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.clock.durations import Duration, duration
from aftersign.policy.engine.conditions import Condition, all_met, conditions
from aftersign.policy.engine.names import GRACE, ORDER
from aftersign.policy.engine.telling import telling_of
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.variant import Variant
from aftersign.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its own unit, the id it must carry, whether it brings its unit into being."""

    unit: str
    needs: str
    is_birth: bool


class Program:
    """A rulebook made ready for reading; thread-safe after compiling, but for caches that only grow.

    `guests` are the facts of orders that also act on duties of the company's own units, `telling` those of the company
    that its own case must read; `judged` are the acts that gates, contents and bans name.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.facts = rulebook.facts
        self.grace: Duration = (
            duration(str(rulebook.params[GRACE].value)) if GRACE in rulebook.params else Duration(0, "bd")
        )
        births = {name for unit in rulebook.units.values() for name in unit.born}
        self.kinds = {
            name: Kind(
                fact.unit, fact.unit if self.is_of_order(fact.unit) else "", name in births and fact.unit != ORDER
            )
            for name, fact in self.facts.items()
        }
        self._selectors = _selectors(rulebook)
        self._variants: dict[tuple[Any, ...], Variant] = {}
        everything = self.variant(frozenset(rulebook.rooms), {})
        self.judged = frozenset(act for term in rulebook.terms.values() for act in term.act)
        self.telling = telling_of(everything)
        self.guests = frozenset(name for name in everything.of_guests if ORDER in self.facts[name].carries)

    @classmethod
    def compile(cls, rulebook: Rulebook) -> Program:
        """The program of a rulebook."""
        return cls(rulebook)

    def variant(self, rooms: frozenset[str], signed: Mapping[str, Any]) -> Variant:
        """The rulebook for these rooms and an order signed so; variants that answer alike are made once."""
        key = (rooms, *(condition.met(signed) for condition in self._selectors))
        found = self._variants.get(key)
        if found is None:
            name = f"{self.rulebook.folder_name}-{id(self)}"
            found = self._variants[key] = Variant(self.rulebook, name, self.is_of_order, rooms, dict(signed))
        return found

    def is_of_order(self, kind: str) -> bool:
        """Whether units of a kind stand under an order."""
        while kind and kind != ORDER:
            kind = self.rulebook.units[kind].under if kind in self.rulebook.units else ""
        return kind == ORDER


def _selectors(rulebook: Rulebook) -> tuple[Condition, ...]:
    """All conditions on the order as signed by which variants of a rulebook differ."""
    tables = [dict(term.only) for term in rulebook.terms.values()]
    for param in rulebook.params.values():
        tables += [{key: written} for key, table in param.by.items() for written in table]
    found = (condition for table in tables for condition in conditions(table))
    return tuple({(each.key, str(each.wanted)): each for each in found}.values())


def evidence_lacking(
    program: Program, fact: Fact, signed: Mapping[str, Any], rooms: frozenset[str] | None = None
) -> list[tuple[str, str]]:
    """Terms and keys of evidence that a closing fact lacks; a list asks for an entry for each of its words."""
    variant = program.variant(frozenset(program.rulebook.rooms) if rooms is None else rooms, signed)
    asked = variant.evidence.get(fact.name)
    return asked.lacking(fact.payload) if asked else []


def grade_of(rulebook: Rulebook, signed: Mapping[str, Any]) -> str:
    """The first grade whose conditions an order meets as it was signed."""
    return next((each.grade for each in rulebook.grades if all_met(conditions(each.when), signed)), "")
