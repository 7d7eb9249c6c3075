"""What of a story stands: facts that are refused, and facts that others withdraw."""

from __future__ import annotations

from collections.abc import Sequence

from aftersign.policy.engine.tests.small import FACTS
from aftersign.policy.engine.tests.telling import Told

SIGNED, ADOPTED, WITHDRAWN = "order.signed", "order.adopted", "general.fact_withdrawn"


def first(facts: Sequence[Told], name: str) -> Told | None:
    """The first fact of a name."""
    return next((each for each in facts if each.name == name), None)


def screened(story: Sequence[Told]) -> tuple[list[Told], list[tuple[str, str]]]:
    """The facts that stand, in journal order, and those that are refused, with the reason."""
    standing: list[Told] = []
    removed: dict[str, Told] = {}
    refused: list[tuple[str, str]] = []
    born: dict[tuple[str, str], dict[str, str]] = {}
    order = {fact.id: place for place, fact in enumerate(story)}
    for fact in story:
        if why := _objection(fact, standing):
            refused.append((fact.id, why))
            continue
        own = FACTS[fact.name]
        if fact.name in ("work.plan_made", "work.item_made"):
            born.setdefault((own, fact.units[own]), fact.units)
        fact.units = {**born.get((own, fact.units.get(own, "")), {}), **fact.units}
        standing.append(fact)
        if fact.name == WITHDRAWN:
            _take_away(fact.units["fact"], standing, removed)
            standing.sort(key=lambda each: order[each.id])
    return standing, refused


def _take_away(id_: str, standing: list[Told], removed: dict[str, Told]) -> None:
    """A fact stands no longer; what it had withdrawn stands again."""
    fact = next(each for each in standing if each.id == id_)
    standing.remove(fact)
    removed[id_] = fact
    if fact.name == WITHDRAWN and fact.units["fact"] in removed:
        _put_back(fact.units["fact"], standing, removed)


def _put_back(id_: str, standing: list[Told], removed: dict[str, Told]) -> None:
    """A fact stands again; what it withdraws stands no longer."""
    fact = removed.pop(id_)
    standing.append(fact)
    if fact.name == WITHDRAWN:
        _take_away(fact.units["fact"], standing, removed)


def _objection(fact: Told, standing: list[Told]) -> str:
    signed = first(standing, SIGNED)
    if fact.at > fact.entered:
        return "future"
    if fact.name != SIGNED and (fact.at < signed.at if signed else fact.name != WITHDRAWN):
        return "before_signing"
    if fact.name == ADOPTED and (not signed or fact.entered != signed.entered or first(standing, ADOPTED)):
        return "adoption"
    if fact.name == WITHDRAWN:
        target = next((each for each in standing if each.id == fact.units["fact"]), None)
        others = [each for each in standing if each is not target and each.name != WITHDRAWN]
        if target is None or (target.name == SIGNED and others):
            return "withdrawal"
    return ""
