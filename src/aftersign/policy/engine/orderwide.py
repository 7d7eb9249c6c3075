"""What holds for every duty and cycle of an order: its suspension, its resumption and its termination."""

from __future__ import annotations

from aftersign.policy.engine import clocks, rounds
from aftersign.policy.engine.names import ORDER
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Duty, Fact


def suspend(state: State, fact: Fact, moment: int) -> None:
    """All clocks stop; running periods are void, those that have ended wait like any duty."""
    if state.suspended is not None:
        return
    rounds.rest(state, fact, moment)
    state.suspended = fact
    for duty in state.unfinished():
        clocks.stop(duty, moment, ORDER, fact.name, state.calendar(fact), state.zone)


def resume(state: State, fact: Fact, moment: int) -> None:
    """All clocks run again, and the cycles start anew."""
    if state.suspended is None:
        return
    state.suspended = None
    for duty in state.unfinished():
        clocks.lead_on(duty, moment, ORDER, state.calendar(fact), state.zone)
    rounds.wake(state, fact, moment)


def terminate(state: State, fact: Fact, moment: int) -> None:
    """What does not survive is void with the reason; for what does, a suspension ends."""
    kept, reason = state.wide.kept_after_termination, fact.payload.get("reason")
    for cycle in state.cycles.values():
        if cycle.rule.id not in kept:
            rounds.end(state, cycle, fact, moment, reason)
    for duty in list(state.unfinished()):
        if duty.term not in kept:
            void(state, duty, fact, moment)
    resume(state, fact, moment)
    state.ended = fact


def void(state: State, duty: Duty, fact: Fact, moment: int) -> None:
    """A duty falls away; that it was overdue before stays visible."""
    clocks.end(duty, moment, "void", fact.id, fact.payload.get("reason"))
    state.drop(duty)
