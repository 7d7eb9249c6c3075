"""Opening: what a fact makes due, who owes it, and what has been done in advance."""

from __future__ import annotations

from collections.abc import Iterable

from aftersign.kernel.clock.due import due
from aftersign.policy.engine import clocks, rounds
from aftersign.policy.engine.conditions import all_met
from aftersign.policy.engine.names import ORDER
from aftersign.policy.engine.program import unit_id
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.screening import Read
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Duty, Fact


def open_all(state: State, rules: Iterable[Rule], fact: Fact, moment: int) -> None:
    """Open what a fact opens: after a termination only what survives it, after an adoption what that leaves open."""
    taken_in, used = state.adoption, []
    for rule in rules:
        if state.ended is not None and rule.id not in state.wide.kept_after_termination:
            continue
        if rule.where and not all_met(rule.where, fact.payload):
            continue
        if taken_in is None:
            used.append(open_one(state, rule, fact, moment))
        elif not taken_in.answers(rule, fact):
            used.append(open_one(state, rule, fact, moment, applies=not taken_in.is_past(fact)))
    state.spent.update(pk for pk in used if pk)


def take_in(state: State, fact: Fact, moment: int) -> None:
    """The adoption opens per order: not applicable what is past, running what the fact that reaches its stage opens."""
    taken_in = state.adoption
    for rule in state.variant.rules.values() if taken_in else ():
        if taken_in is None or rule.per != ORDER:
            continue
        used = None
        if not taken_in.reaching.isdisjoint(rule.term.opens):
            used = open_one(state, rule, fact, moment)
        elif not taken_in.earlier.isdisjoint(rule.term.opens):
            used = open_one(state, rule, fact, moment, applies=taken_in.goes_on(rule))
        if used:
            state.spent.add(used)


def open_one(state: State, rule: Rule, fact: Fact, moment: int, *, applies: bool = True) -> str | None:
    """Open a duty or start a cycle of a rule; answers with the id of the fact that has closed it in advance."""
    if rule.is_cycle and rule.applies and applies:
        rounds.start(state, rule, fact, moment)
        return None
    starts = max(fact.at, state.adoption.at) if state.adoption else fact.at
    duty = Duty(
        term=rule.id,
        unit=unit_id(rule.per, fact.units),
        unit_kind=rule.per,
        order=state.order,
        opened=starts,
        opened_by=fact.id,
        edition=state.edition,
        rule=rule,
        opener=fact,
        read_at=max(fact.entered, starts),
    )
    state.duties.append(duty)
    if rule.within is None or not (applies and rule.applies):
        duty.state, duty.closed = "not_applicable", starts
        return None
    duty.work = state.calendar(fact)
    duty.due = due(starts, rule.within, duty.work, state.zone)
    rounds.own(state, duty, fact, moment, fact.place)
    done = _done_in_advance(state, rule, duty.unit, fact)
    if done is not None:
        clocks.close(duty, max(duty.opened, done[0]), done[2])
        return done[2].id
    state.live.setdefault(rule, {}).setdefault(duty.unit, []).append(duty)
    if state.suspended is not None:
        clocks.stop(duty, moment, ORDER, state.suspended.name, duty.work, state.zone)
    return None


def _done_in_advance(state: State, rule: Rule, unit: str, fact: Fact) -> Read | None:
    """The earliest closing fact read before that has closed nothing; never what the opening fact itself answers."""
    if rule.takes_turns:
        return None
    found: Read | None = None
    for name in rule.term.closes:
        for read in state.spare.get((name, rule.per, unit), ()):
            if read[2].id not in state.spent and not _is_answered(state, rule, read[2], fact):
                found = read if found is None or read[:2] < found[:2] else found
                break
    return found


def _is_answered(state: State, rule: Rule, other: Fact, fact: Fact) -> bool:
    """Whether an opening fact answers one before it: itself, or of the same unit below the duty's own."""
    own = state.own_unit(fact)
    if other is fact or not state.program.is_below(own, rule.per):
        return other is fact
    return own == state.own_unit(other) and unit_id(own, fact.units) == unit_id(own, other.units)
