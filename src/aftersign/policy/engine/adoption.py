"""Taking in an order that was running before the system: what the adoption stands for, and what starts with it."""

from __future__ import annotations

from aftersign.policy.engine import names
from aftersign.policy.engine.opening import start
from aftersign.policy.engine.record import Record, Standing
from aftersign.policy.engine.types import Fact
from aftersign.policy.rulebook import Rulebook


def standing(rulebook: Rulebook, fact: Fact, moment: int) -> Standing:
    """What an adoption stands for, read at a moment: the facts of earlier stages, and those that reach its own."""
    earlier: set[str] = set()
    stage = str(fact.payload.get("stage"))
    for each in rulebook.stages:
        if each.stage == stage:
            return Standing(fact, moment, frozenset(earlier), frozenset(each.reached_by))
        earlier.update(each.reached_by, each.facts)
    return Standing(fact, moment, frozenset(), frozenset())


def take_in(record: Record, fact: Fact, moment: int) -> None:
    """Open per order what the adoption opens: not applicable from earlier facts, running from the reaching one."""
    adopted = record.adopted
    if adopted is None or adopted.fact is not fact or record.ended is not None:
        return
    for rule in record.variant.rules.values():
        opens, until = set(rule.term.opens), set(rule.term.until)
        if rule.per != names.ORDER:
            continue
        if opens & adopted.reaching:
            start(record, rule, fact, moment, names.ORDER)
        elif opens & adopted.earlier:
            goes_on = rule.is_cycle and not until & adopted.stands_for
            start(record, rule, fact, moment, names.ORDER, applies=goes_on)
