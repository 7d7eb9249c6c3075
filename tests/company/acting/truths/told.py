"""Everything that was ever stated, and what of it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.journal import queries
from aftersign.kernel.journal.corrections import standing
from aftersign.kernel.journal.facts import Recorded

Compared = Iterator[tuple[str, dict[Any, Any], dict[Any, Any]]]
"""What is looked at, how it stands in the rows, and how it should by the facts."""


@dataclass(frozen=True)
class Told:
    """All facts, and those that stand, in the order of the journal."""

    all: list[Recorded]
    standing: list[Recorded]

    @classmethod
    def of_journal(cls) -> Told:
        """The journal as it is."""
        facts = list(queries.everything())
        return cls(facts, standing(facts))

    def of(self, *names: str) -> list[Recorded]:
        """The facts of these names that stand."""
        return [each for each in self.standing if each.name in names]

    def ever(self, *names: str) -> list[Recorded]:
        """The facts of these names, withdrawn or not."""
        return [each for each in self.all if each.name in names]

    def last(self, moves: Mapping[str, str]) -> dict[str, str]:
        """The state into which the last of some facts has brought each unit."""
        return {each.unit_id: moves[each.name] for each in self.of(*moves)}


def counted(rows: Any) -> dict[Any, int]:
    """How often each of some rows is there."""
    return dict(Counter(rows))
