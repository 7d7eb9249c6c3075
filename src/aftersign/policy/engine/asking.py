"""Would an act be refused? The limits of the stage, gates, contents and bans of the order's edition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftersign.policy.engine import names
from aftersign.policy.engine.record import Read, Record
from aftersign.policy.engine.stages import limits_of
from aftersign.policy.engine.types import Answer, Fact, Need
from aftersign.policy.engine.variant import room_of
from aftersign.policy.rulebook import Term

LIMITS = "limits"
Units = Mapping[str, str]


def ask(record: Record, stage: str | None, act: str, units: Units) -> Answer:
    """What stands in the way of an act on the unit with these ids, at the moment of reading."""
    answer = Answer()
    if stage is not None and not _accepts(record, stage, act, units):
        answer.refused_by.append((LIMITS, stage))
    for term in record.variant.acts.get(act, ()):
        if term.kind == "ban":
            answer.refused_by.append((term.id, "ban"))
        elif not _where(record, term, units):
            continue
        elif term.kind == "content":
            parts: Any = record.variant.value(term.parts)
            answer.needs.append(Need(term.id, term.check, tuple(parts)))
        else:
            _ask_gate(record, term, act, units, answer)
    return answer


def _ask_gate(record: Record, term: Term, act: str, units: Units, answer: Answer) -> None:
    if not term.firm and _is_released(record, term, act, units):
        answer.released.append(term.id)
    elif term.unless and not any(_is_stated(record, name, term.per, units) for name in term.unless):
        answer.refused_by.append((term.id, "unless"))
    elif term.check:
        answer.needs.append(Need(term.id, term.check))


def _accepts(record: Record, stage: str, act: str, units: Units) -> bool:
    """Whether the stage accepts the act: its limits say so, or the act closes a duty that is still open."""
    named = {act, room_of(act)}
    for limit in record.variant.rulebook.limits:
        if limit.stage == limits_of(stage):
            is_refused = bool(named & set(limit.refuses)) or (
                limit.accepts is not None and not named & set(limit.accepts)
            )
            if is_refused and not _closes_a_duty(record, act, units):
                return False
    return True


def _closes_a_duty(record: Record, act: str, units: Units) -> bool:
    """Whether a fact that the act states would close something for the unit, if it were read at this moment."""
    periods = (duty for round_ in record.rounds.values() for duty in round_.closable(record.until))
    waiting = (*record.unfinished(), *periods)
    kinds = record.program.facts
    return any(
        units.get(duty.rule.per, duty.unit) == duty.unit
        and any(act in kinds[name].stated_by for name in duty.rule.term.closes if name in kinds)
        for duty in waiting
    )


def _of_unit(fact: Fact, per: str, units: Units) -> bool:
    return per == names.COMPANY or fact.units.get(per) == units.get(per)


def _where(record: Record, term: Term, units: Units) -> bool:
    """A term's `where` reads the unit's latest fact that carries the key; without one it does not hold the act up."""
    for condition in record.variant.where(term):
        carrying = (
            fact
            for _moment, _place, fact in reversed(record.facts)
            if condition.key in fact.payload and _of_unit(fact, term.per, units)
        )
        fact = next(carrying, None)
        if fact is None or not condition.met(fact.payload):
            return False
    return True


def _is_stated(record: Record, name: str, per: str, units: Units) -> bool:
    """Whether a fact has been stated: of this unit; in its order where it carries none; of the company anywhere."""
    kind = record.program.facts.get(name)
    if kind is None:
        return False
    carries = per in kind.carries and per != names.COMPANY
    is_of_order = names.ORDER in kind.carries or record.program.is_of_order(kind.unit)
    if record.order is not None:
        if not is_of_order:
            unit = (per, units.get(per, "")) if carries else ("", "")
            return record.world.is_stated(name, *unit, record.until)
        if record.adopted is not None and (per == names.ORDER or not carries) and name in record.adopted.stands_for:
            return True
    return any(
        fact.name == name and (not carries or _of_unit(fact, per, units)) for _moment, _place, fact in record.facts
    )


def _place_of(read: Read) -> int:
    return read[1]


def _is_released(record: Record, term: Term, act: str, units: Units) -> bool:
    """Whether a release stands that the act has not used up: it has stated no fact of the unit since.

    What counts is what was stated next, whenever it had happened: facts are taken as they stand in the journal.
    """
    is_open = False
    wanted = units.get(term.per, term.per)
    for _moment, _place, fact in sorted(record.facts, key=_place_of):
        said = fact.payload
        if fact.name == names.RELEASED:
            unit = str(said.get("unit") or fact.units.get(term.per, term.per))
            is_open = is_open or (said.get("term"), said.get("act"), unit) == (term.id, act, wanted)
        elif is_open and act in record.program.facts[fact.name].stated_by:
            is_open = fact.units.get(term.per, term.per) != wanted
    return is_open
