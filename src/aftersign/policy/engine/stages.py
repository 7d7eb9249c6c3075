"""The stage at which an order stands: the last one reached, unless one of those beside it is shown instead."""

from __future__ import annotations

from datetime import date

from aftersign.policy.engine import names
from aftersign.policy.engine.state import State

SUSPENDED, TERMINATED, WARRANTY, CLOSED = "suspended", "terminated", "warranty", "closed"


def stage_of(state: State) -> str | None:
    """The name of the stage at the moment of reading; None for the company and for an order not signed."""
    stated = {fact.name for _at, _position, fact in state.facts}
    if state.order is None or names.SIGNED not in stated:
        return None
    if state.adoption is not None:
        stated |= state.adoption.stands_for
    if names.CLOSED in stated:
        last = warranty_end(state)
        return WARRANTY if last is not None and state.until < last else CLOSED
    if state.ended is not None:
        return TERMINATED
    if state.suspended is not None:
        return SUSPENDED
    reached = [stage.stage for stage in state.program.rulebook.stages if not stated.isdisjoint(stage.reached_by)]
    return reached[-1] if reached else None


def warranty_end(state: State) -> int | None:
    """24:00 of the day until which the warranty runs, None without one."""
    beside = state.program.rulebook.stages_beside
    keys = [each.to_day for each in beside if each.stage == WARRANTY and each.to_day]
    completed = [fact for _at, _position, fact in state.facts if fact.name == names.COMPLETED]
    for fact in reversed(completed):
        for key in keys:
            try:
                return state.zone.end(date.fromisoformat(str(fact.payload.get(key))[:10]).toordinal())
            except ValueError:
                continue
    return None
