"""Taking in an order that was running before the system: what it stands for, and what starts with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.variant import Rule

if TYPE_CHECKING:
    from aftersign.policy.engine.case import Case
    from aftersign.policy.engine.matters import Matters


def earlier(case: Case) -> frozenset[str]:
    """The facts of the stages before the one at which the order was adopted."""
    found: set[str] = set()
    for stage in case.variant.rulebook.stages:
        if stage.stage == _stage(case):
            break
        found.update(stage.reached_by, stage.facts)
    return frozenset(found)


def reaching(case: Case) -> frozenset[str]:
    """The facts that reach the stage at which the order was adopted."""
    stages = case.variant.rulebook.stages
    return frozenset(name for stage in stages if stage.stage == _stage(case) for name in stage.reached_by)


def stood_for(case: Case) -> frozenset[str]:
    """The facts for which the adoption stands: a gate that looks for one of them finds it."""
    return earlier(case) | reaching(case)


def is_past(case: Case, fact: Fact) -> bool:
    """Whether a fact lies before the adoption and belongs to an earlier stage: what it opens is not applicable."""
    return case.adopted is not None and fact.at < case.adopted.at and fact.name in earlier(case)


def opens(case: Case, rule: Rule, fact: Fact) -> bool:
    """Whether a fact opens this rule, where the adoption has not answered for it already."""
    if case.adopted is None or fact.at >= case.adopted.at or rule.per != "order":
        return True
    return fact.name not in stood_for(case)


def take_in(matters: Matters, fact: Fact, moment: int) -> None:
    """What the adoption opens per order: not applicable from earlier facts, running from the one that reaches its stage."""
    case = matters.case
    before, now = earlier(case), reaching(case)
    for rule in list(case.variant.rules.values()):
        if rule.per != "order":
            continue
        term = rule.term
        if now & set(term.opens):
            matters.open(rule, fact, moment)
        elif before & set(term.opens):
            is_cycle = term.kind == "cycle"
            goes_on = is_cycle and not (before | now) & set(term.until)
            matters.open(rule, fact, moment, applies=goes_on)


def _stage(case: Case) -> str:
    return str(case.adopted.payload.get("stage")) if case.adopted else ""
