"""A rulebook that could be read, with the place of everything in it, before it is known to be sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from aftersign.policy.rulebook.model import Fault, Rulebook
from aftersign.policy.rulebook.sheets import Sheet
from aftersign.policy.rulebook.tables import Table

# These state facts without being a person's act.
NOBODY = frozenset(("clock", "import", "setup"))


@dataclass(frozen=True)
class Draft:
    """What the checks of soundness look at.

    `tables` are the TOML files by name, `shelf` the declared things by kind and name, `sheets` by language and room.
    """

    rulebook: Rulebook
    tables: Mapping[str, Table]
    shelf: Mapping[tuple[str, str], Table]
    sheets: Mapping[tuple[str, str], Sheet]

    @property
    def edition(self) -> Table:
        """The table of `edition.toml`."""
        return self.tables["edition.toml"]

    def fault(self, reason: str, kind: str, name: str, *keys: str | int) -> Fault:
        """A fault of something declared, at the line of a key of it."""
        return self.shelf[kind, name].fault(reason, *keys)

    def where_is(self, kind: str, name: str) -> str:
        """`FILE:LINE` of something declared, to name it in a reason."""
        place = self.shelf[kind, name].place()
        return f"{place.file}:{place.line}"

    @cached_property
    def facts_of_act(self) -> Mapping[str, tuple[str, ...]]:
        """The facts that each act states; the clock, imports and the set-up count as acts here."""
        stated: dict[str, list[str]] = defaultdict(list)
        for fact in self.rulebook.facts.values():
            for act in fact.stated_by:
                stated[act].append(fact.name)
        return {act: tuple(facts) for act, facts in stated.items()}

    @cached_property
    def banned_acts(self) -> frozenset[str]:
        """The acts that are always refused."""
        return frozenset(act for term in self.rulebook.terms.values() if term.kind == "ban" for act in term.act)

    @cached_property
    def spaces(self) -> frozenset[str]:
        """What may stand before the dot of a fact or act: the rooms (the last has `policy`) and orders."""
        return frozenset(self.rulebook.rooms) - {"final"} | {"order", "policy"}

    def is_of_order(self, unit: str) -> bool:
        """Whether a unit is the order or stands under it."""
        seen: set[str] = set()
        while unit != "order" and unit in self.rulebook.units and unit not in seen:
            seen.add(unit)
            unit = self.rulebook.units[unit].under
        return unit == "order"

    def carries(self, fact: str, unit: str) -> bool:
        """Whether a declared fact carries the id of a unit."""
        return fact in self.rulebook.facts and unit in self.rulebook.facts[fact].carries
