"""Would an act be refused? The limits of the stage, gates, contents and bans of the order's edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aftersign.policy.engine import names, stages
from aftersign.policy.engine.conditions import conditions
from aftersign.policy.engine.program import unit_id
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Answer, Fact, Need
from aftersign.policy.engine.variant import room_of
from aftersign.policy.rulebook import Term

LIMITS = "limits"
Units = Mapping[str, str]


def ask(state: State, stage: str | None, act: str, units: Units) -> Answer:
    """What stands in the way of an act on the unit with these ids."""
    answer = Answer()
    if stage is not None and not _accepts(state, stage, act, units):
        answer.refused_by.append((LIMITS, stage))
    for term in state.variant.guards.get(act, ()):
        _ASK[term.kind](state, term, act, units, answer)
    return answer


def _accepts(state: State, stage: str, act: str, units: Units) -> bool:
    """Whether the stage accepts the act: its limits say so, or the act closes a duty that is still open."""
    counted = stages.CLOSED if stage == stages.WARRANTY else stage
    named = {act, room_of(act)}
    refused = any(
        not named.isdisjoint(limit.refuses) or (limit.accepts is not None and named.isdisjoint(limit.accepts))
        for limit in state.program.rulebook.limits
        if limit.stage == counted
    )
    return not refused or _closes_a_duty(state, act, units)


def _closes_a_duty(state: State, act: str, units: Units) -> bool:
    closing = {name for name, kind in state.program.facts.items() if act in kind.stated_by}
    return any(
        duty.rule is not None
        and units.get(duty.unit_kind, duty.unit) == duty.unit
        and not closing.isdisjoint(duty.rule.term.closes)
        for duty in state.unfinished()
    )


def _gate(state: State, term: Term, act: str, units: Units, answer: Answer) -> None:
    if term.where and not _where(state, term, units):
        return
    if not term.firm and _is_released(state, term, act, units):
        answer.released.append(term.id)
        return
    if term.unless and not any(_is_stated(state, name, term.per, units) for name in term.unless):
        answer.refused_by.append((term.id, "unless"))
    elif term.check:
        answer.needs.append(Need(term.id, term.check))


def _content(state: State, term: Term, act: str, units: Units, answer: Answer) -> None:
    parts: Any = state.variant.value(term.parts) if isinstance(term.parts, str) else term.parts
    answer.needs.append(Need(term.id, term.check, tuple(parts)))


def _ban(state: State, term: Term, act: str, units: Units, answer: Answer) -> None:
    answer.refused_by.append((term.id, "ban"))


_ASK: dict[str, Callable[[State, Term, str, Units, Answer], None]] = {"gate": _gate, "content": _content, "ban": _ban}


def _is_of_unit(fact: Fact, per: str, units: Units) -> bool:
    return per == names.COMPANY or per not in units or fact.units.get(per) == units[per]


def _where(state: State, term: Term, units: Units) -> bool:
    """A gate's `where` reads the unit's latest fact that carries the key; without one the gate does not hold."""
    for condition in conditions(term.where, lambda name: state.variant.value(f"${name}")):
        carrying = (
            fact
            for _at, _position, fact in reversed(state.facts)
            if condition.key in fact.payload and _is_of_unit(fact, term.per, units)
        )
        fact = next(carrying, None)
        if fact is None or not condition.met(fact.payload):
            return False
    return True


def _is_stated(state: State, name: str, per: str, units: Units) -> bool:
    """Whether a fact has been stated: of this unit; in its order where it carries none; of the company anywhere."""
    kind = state.program.facts.get(name)
    if kind is None:
        return False
    if state.order is not None and names.ORDER not in kind.carries:
        return state.world.stated.get(name, state.until + 1) <= state.until
    is_its_own = per in kind.carries
    if state.adoption is not None and name in state.adoption.stands_for and (per == names.ORDER or not is_its_own):
        return True
    return any(
        fact.name == name and (not is_its_own or _is_of_unit(fact, per, units)) for _at, _position, fact in state.facts
    )


def _is_released(state: State, term: Term, act: str, units: Units) -> bool:
    """Whether a release stands that the act has not used up: it has stated no fact of the unit since."""
    wanted = unit_id(term.per, units)
    released = used = -1
    for _at, position, fact in state.facts:
        said = fact.payload
        if fact.name == names.RELEASED:
            if (said.get("term"), said.get("act"), str(said.get("unit"))) == (term.id, act, wanted):
                released = max(released, position)
        elif act in state.program.facts[fact.name].stated_by and _is_of_unit(fact, term.per, units):
            used = max(used, position)
    return released > used
