"""Cycles while facts are read: started, served, ended, put to rest and woken, their periods made as time passes."""

from __future__ import annotations

from aftersign.policy.engine import clocks
from aftersign.policy.engine.cycles import Cycle
from aftersign.policy.engine.periods import Period
from aftersign.policy.engine.program import unit_id
from aftersign.policy.engine.rules import Hand, Rule
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Duty, Fact


def start(state: State, rule: Rule, fact: Fact, moment: int) -> None:
    """A cycle starts, unless it runs already or was ended for good; under a suspension it waits for its end."""
    if (state.program, rule.id) in state.barred:
        return
    key = rule.id, unit_id(rule.per, fact.units)
    cycle = state.cycles.get(key)
    if cycle is None:
        cycle = state.cycles[key] = Cycle(rule, key[1], fact)
    if not cycle.is_over:
        return
    cycle.rule, cycle.opener = rule, fact
    if state.suspended is not None:
        cycle.is_resting = True
    else:
        cycle.start(fact, moment, state.zone)
        advance(state, cycle, moment)


def serve(state: State, hand: Hand, fact: Fact, moment: int) -> bool:
    """A closing fact serves one period of each cycle that waits for it; says whether it has closed one."""
    closed = False
    for (term, per), rules in hand.serves.items():
        cycle = state.cycles.get((term, unit_id(per, fact.units)))
        if cycle is None:
            continue
        advance(state, cycle, moment)
        duty = cycle.served(rules, moment)
        if duty is not None and duty.closed is None:
            clocks.close(duty, moment, fact)
            closed = True
    return closed


def end(state: State, cycle: Cycle, fact: Fact, moment: int, reason: str | None = None) -> None:
    """A cycle ends: the period then running is void, and none follows."""
    advance(state, cycle, moment - 1)
    cycle.stop()
    for duty in cycle.running(moment):
        clocks.end(duty, moment, "void", fact.id, reason)


def rest(state: State, fact: Fact, moment: int) -> None:
    """A suspension: what runs ends, and waits to start again."""
    for cycle in state.cycles.values():
        if cycle.is_running:
            end(state, cycle, fact, moment)
            cycle.is_resting = True


def wake(state: State, fact: Fact, moment: int) -> None:
    """The suspension ends: what rests starts again like by an opening fact of that day."""
    for cycle in state.cycles.values():
        if cycle.is_resting:
            cycle.start(fact, moment, state.zone)
            advance(state, cycle, moment)


def meant(state: State, rule: Rule, fact: Fact) -> list[Cycle]:
    """The cycles of a rule that an ending fact acts on."""
    pk = state.carried(rule.per, fact)
    if pk is not None:
        cycle = state.cycles.get((rule.id, pk))
        return [cycle] if cycle else []
    return [each for key, each in state.cycles.items() if key[0] == rule.id and state.is_about(each.opener, fact)]


def advance_all(state: State, moment: int) -> None:
    """Make the periods of all cycles that have begun by a moment."""
    for cycle in state.cycles.values():
        advance(state, cycle, moment)


def advance(state: State, cycle: Cycle, moment: int) -> None:
    """Make the periods of a cycle that have begun by a moment."""
    while cycle.next_at <= moment:
        begins = cycle.next_at
        place = state.world.place_at(begins)
        work = state.world.calendar(place)
        period = cycle.follow(work)
        if period.makes_duty:
            duty = _duty(state, cycle, period)
            duty.work = work
            own(state, duty, cycle.opener, begins, place)
            cycle.made.append((period, duty))
            state.duties.append(duty)


def own(state: State, duty: Duty, opener: Fact, moment: int, place: int) -> None:
    """Find who owes a duty: whom its role means at a moment, as the company was known at a place in the journal."""
    if duty.rule is None:
        return
    trail = state.trail(opener, duty.unit_kind, duty.unit, moment)
    owner = state.roles(moment, place).owner(duty.rule.term.owner, trail)
    duty.owner_department, duty.without_owner = owner.department, owner.without_owner
    duty.owner = state.heir(owner.person) if state.gone else owner.person


def _duty(state: State, cycle: Cycle, period: Period) -> Duty:
    return Duty(
        term=cycle.rule.id,
        unit=cycle.unit,
        unit_kind=cycle.rule.per,
        order=state.order,
        opened=period.start,
        opened_by=cycle.starter.id,
        edition=state.edition,
        period=period.name,
        due=period.due,
        rule=cycle.rule,
        opener=cycle.opener,
        read_at=max(cycle.starter.entered, period.start),
    )
