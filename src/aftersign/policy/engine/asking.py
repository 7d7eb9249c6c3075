"""Would an act be refused? The limits of the stage, gates, contents and bans of the order's edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aftersign.policy.engine import names, stages
from aftersign.policy.engine.conditions import all_met, conditions
from aftersign.policy.engine.types import Answer, Fact, Need
from aftersign.policy.engine.variant import room_of
from aftersign.policy.rulebook import Term

if TYPE_CHECKING:
    from aftersign.policy.engine.case import Case

LIMITS = "limits"


def ask(case: Case, act: str, units: Mapping[str, str]) -> Answer:
    """What stands in the way of an act on the unit with these ids."""
    answer = Answer()
    if case.order is not None and case.stage and not _accepts(case, act, units):
        answer.refused_by.append((LIMITS, case.stage))
    signed = case.signed.payload if case.signed else {}
    for term in case.variant.living.values():
        if act in term.act and all_met(conditions(term.only), signed):
            _ASK[term.kind](case, term, act, units, answer)
    return answer


def _accepts(case: Case, act: str, units: Mapping[str, str]) -> bool:
    """Whether the stage accepts the act: its limits say so, or the act closes a duty that is still open."""
    stage = stages.CLOSED if case.stage == stages.WARRANTY else case.stage
    for limit in case.variant.rulebook.limits:
        if limit.stage == stage:
            named = {act, room_of(act)}
            refused = bool(named & set(limit.refuses)) or (limit.accepts is not None and not named & set(limit.accepts))
            if refused and not _closes_a_duty(case, act, units):
                return False
    return True


def _closes_a_duty(case: Case, act: str, units: Mapping[str, str]) -> bool:
    facts = case.program.facts
    return any(
        duty.closed is None
        and duty.rule is not None
        and (duty.unit_kind not in units or units[duty.unit_kind] == duty.unit)
        and any(act in facts[name].stated_by for name in duty.rule.term.closes)
        for duty in case.duties
    )


def _gate(case: Case, term: Term, act: str, units: Mapping[str, str], answer: Answer) -> None:
    if term.where and not _where(case, term, units):
        return
    if not term.firm and _is_released(case, term, act, units):
        answer.released.append(term.id)
        return
    if term.unless and not any(_is_stated(case, name, term.per, units) for name in term.unless):
        answer.refused_by.append((term.id, "unless"))
    elif term.check:
        answer.needs.append(Need(term.id, term.check))


def _content(case: Case, term: Term, act: str, units: Mapping[str, str], answer: Answer) -> None:
    parts: Any = case.variant.value(term.parts) if isinstance(term.parts, str) else term.parts
    answer.needs.append(Need(term.id, term.check, tuple(parts)))


def _ban(case: Case, term: Term, act: str, units: Mapping[str, str], answer: Answer) -> None:
    answer.refused_by.append((term.id, "ban"))


_ASK = {"gate": _gate, "content": _content, "ban": _ban}


def _of_unit(fact: Fact, per: str, units: Mapping[str, str]) -> bool:
    return per == names.COMPANY or per not in units or fact.units.get(per) == units[per]


def _where(case: Case, term: Term, units: Mapping[str, str]) -> bool:
    """A gate's `where` reads the unit's latest fact that carries the key; without one the gate does not hold."""
    for condition in conditions(term.where, lambda name: case.variant.value(f"${name}")):
        carrying = (
            fact
            for _at, _place, fact in reversed(case.facts)
            if condition.key in fact.payload and _of_unit(fact, term.per, units)
        )
        fact = next(carrying, None)
        if fact is None or not condition.met(fact.payload):
            return False
    return True


def _is_stated(case: Case, name: str, per: str, units: Mapping[str, str]) -> bool:
    """Whether a fact has been stated: of this unit; in its order where it carries none; of the company anywhere."""
    kind = case.program.facts.get(name)
    if kind is None:
        return False
    if not case.program.is_of_order(kind.unit) and case.order is not None and "order" not in kind.carries:
        return case.world.stated.get(name, case.until + 1) <= case.until
    carries = per in kind.carries
    if (per == "order" or not carries) and case.order is not None and name in case.stands_for():
        return True
    return any(fact.name == name and (not carries or _of_unit(fact, per, units)) for _at, _place, fact in case.facts)


def _is_released(case: Case, term: Term, act: str, units: Mapping[str, str]) -> bool:
    """Whether a release stands that the act has not used up: it has stated no fact of the unit since."""
    released_at: tuple[int, int] | None = None
    wanted = units.get(term.per, names.COMPANY)
    for moment, place, fact in case.facts:
        said = fact.payload
        if fact.name == names.RELEASED and (said.get("term"), said.get("act"), str(said.get("unit"))) == (term.id, act, wanted):
            released_at = (moment, place)
        elif released_at is not None and act in case.program.facts[fact.name].stated_by and fact.units.get(term.per) == wanted:
            released_at = None
    return released_at is not None
