"""What a rulebook declares beside its clauses: units, facts, acts, roles, checks and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aftersign.policy.rulebook.model import Check, FactKind, Labels, Role, UnitKind
from aftersign.policy.rulebook.tables import Table

COMPANY = "company"

_LABELS = ("zh_hans", "zh_hant", "en")

Shelf = dict[tuple[str, str], Table]


def read_units(table: Table, shelf: Shelf) -> dict[str, UnitKind]:
    """The units; the company is the one that stands under nothing."""
    units = {}
    for name, one in table.entries("unit"):
        one.allow(("under", "born", *_LABELS))
        shelf["unit", name] = one
        under = one.value("under") if name == COMPANY else one.text("under")
        if name == COMPANY and under not in ("", None):
            one.refuse("the company stands under nothing", "under")
        units[name] = UnitKind(name, str(under or ""), one.names("born"), one.labels())
    return units


def read_facts(table: Table, units: Mapping[str, UnitKind], shelf: Shelf) -> dict[str, FactKind]:
    """The facts, each with the ids it carries."""
    facts = {}
    for name, one in table.entries("fact"):
        one.allow(("unit", "also", "payload", "private", "seen_by", "stated_by", *_LABELS))
        shelf["fact", name] = one
        facts[name] = FactKind(
            name=name,
            unit=one.text("unit"),
            also=one.names("also", filled=False, single=False),
            payload=one.texts("payload"),
            private=frozenset(one.names("private", filled=False, single=False)),
            seen_by=one.text("seen_by", needed=False) or "team",
            stated_by=one.names("stated_by", needed=True, single=False),
            labels=one.labels(),
            carries=frozenset(),
        )
    return {name: replace(fact, carries=_carried(fact, units, facts)) for name, fact in facts.items()}


def _carried(fact: FactKind, units: Mapping[str, UnitKind], facts: Mapping[str, FactKind]) -> frozenset[str]:
    """Its own id, those it names, and those that every birth of its unit has brought with it."""
    unit = units.get(fact.unit)
    births = [frozenset(facts[birth].also) for birth in unit.born if birth in facts] if unit else []
    inherited = frozenset.intersection(*births) if births else frozenset()
    return inherited.union((fact.unit, *fact.also))


def read_labels(table: Table, noun: str, shelf: Shelf) -> dict[str, Labels]:
    """Acts or words: names that have nothing but labels."""
    labels = {}
    for name, one in table.entries(noun):
        one.allow(_LABELS)
        shelf[noun, name] = one
        labels[name] = one.labels()
    return labels


def read_roles(table: Table, shelf: Shelf) -> dict[str, Role]:
    """The roles and how each is resolved."""
    roles = {}
    for name, one in table.entries("role"):
        one.allow(("resolved", "department", *_LABELS))
        shelf["role", name] = one
        department = one.text("department", needed=False) or None
        roles[name] = Role(name, one.text("resolved"), department, one.labels())
    return roles


def read_checks(table: Table, shelf: Shelf) -> dict[str, Check]:
    """The named checks."""
    checks = {}
    for name, one in table.entries("check"):
        one.allow(("reads", *_LABELS))
        shelf["check", name] = one
        checks[name] = Check(name, one.names("reads", filled=False), one.labels())
    return checks
