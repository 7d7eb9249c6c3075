"""Which facts of the company its own case must read: those that do something there, and those by which acts are judged.

All others (customers, suppliers, people by the thousand) leave every duty, and every answer about an act, as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aftersign.policy.engine import names
from aftersign.policy.engine.conditions import conditions
from aftersign.policy.engine.variant import Variant
from aftersign.policy.rulebook import FactKind, Rulebook, Term


def telling_of(everything: Variant) -> frozenset[str]:
    """The names of those facts, given the variant of a rulebook with all its rooms."""
    rulebook = everything.rulebook
    found = {*everything.of_company, names.WITHDRAWN}
    for term in rulebook.terms.values():
        if term.act:
            found.update(term.unless, _carrying(rulebook, term), _stated_by(rulebook, term))
    found -= names.TOLD_BY_THE_CLOCK
    # A fact inherits what its own unit was born with.
    units = {rulebook.facts[name].unit for name in found if name in rulebook.facts}
    return frozenset(found).union(*(rulebook.units[unit].born for unit in units if unit in rulebook.units))


def _carrying(rulebook: Rulebook, term: Term) -> Iterator[str]:
    """The facts in which a gate may look for what its `where` asks."""
    wanted = {condition.key for condition in conditions(term.where)}
    return _names(rulebook, lambda kind: not wanted.isdisjoint(kind.payload))


def _stated_by(rulebook: Rulebook, term: Term) -> Iterator[str]:
    """The facts by which an act uses up the release of a gate."""
    return _names(rulebook, lambda kind: not set(term.act).isdisjoint(kind.stated_by))


def _names(rulebook: Rulebook, wanted: Callable[[FactKind], bool]) -> Iterator[str]:
    return (kind.name for kind in rulebook.facts.values() if wanted(kind))
