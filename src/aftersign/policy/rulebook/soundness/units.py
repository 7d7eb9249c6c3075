"""Units: each stands under the company or an order, and is born by facts of its own."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.rulebook.declarations import COMPANY
from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault, UnitKind

# A duty is born by the engine, a fact by the journal; the company is there from the beginning.
_UNBORN = (COMPANY, "duty", "fact")


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of units."""
    for unit in draft.rulebook.units.values():
        yield from _place(draft, unit)
        if not unit.born and unit.name not in _UNBORN:
            yield draft.fault("is born by no fact", "unit", unit.name, "born")
        for index, name in enumerate(unit.born):
            fact = draft.rulebook.facts.get(name)
            if fact is None or fact.unit != unit.name:
                reason = f"is born by {name}, which is no fact of this unit"
                yield draft.fault(reason, "unit", unit.name, "born", index)


def _place(draft: Draft, unit: UnitKind) -> Iterator[Fault]:
    units = draft.rulebook.units
    if unit.under and unit.under not in units:
        yield draft.fault(f"is under unknown unit {unit.under}", "unit", unit.name, "under")
        return
    above: list[str] = []
    while unit.under in units and unit.name not in above:
        above.append(unit.name)
        unit = units[unit.under]
    if unit.name in above:
        yield draft.fault("stands, through others, under itself", "unit", above[0], "under")
