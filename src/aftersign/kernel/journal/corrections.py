"""Withdrawals among facts: which facts no longer stand because another one withdraws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

WITHDRAWN = "general.fact_withdrawn"
"""The one fact that takes back another; the target stands among its ids as `fact`."""


class Stated(Protocol):
    """A fact as far as withdrawals look at it: one of the journal, or one that an act has just stated."""

    @property
    def id(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def units(self) -> Mapping[str, str]: ...


F = TypeVar("F", bound=Stated)


def gone(facts: Iterable[F]) -> dict[str, F]:
    """The withdrawal of each fact that is withdrawn, by the id of that fact; facts are given in journal order.

    The withdrawal of a withdrawal puts its target back.
    """
    found: dict[str, F] = {}
    for fact in reversed([each for each in facts if each.name == WITHDRAWN]):
        if str(fact.id) not in found:
            found[fact.units.get("fact", "")] = fact
    return found


def standing(facts: Iterable[F]) -> list[F]:
    """The facts that stand, in their order."""
    rows = list(facts)
    withdrawn = gone(rows)
    return [fact for fact in rows if str(fact.id) not in withdrawn] if withdrawn else rows
