"""The clock of a duty: stopped and led on, moved by an extension, and ended."""

from __future__ import annotations

from aftersign.kernel.clock.reckoning import Reckoning
from aftersign.policy.engine.duties import Duty


def stop(duty: Duty, moment: int, who: str, cause: str, almanac: Reckoning) -> None:
    """Stop a clock for somebody's sake; one that has run out keeps its due time, and the duty stays breached."""
    if duty.stoppers is None:
        duty.stoppers, duty.stops = {}, []
    if who in duty.stoppers or duty.stops is None:
        return
    if not duty.stoppers:
        duty.stops.append([moment])
        if duty.due is not None and duty.due < moment:
            duty.breached = duty.due
        elif duty.due is not None:
            duty.remaining = almanac.left(moment, duty.due, duty.rule.clock)
            duty.was_due, duty.due = duty.due, None
    duty.stoppers[who] = cause


def lead_on(duty: Duty, moment: int, who: str, almanac: Reckoning) -> None:
    """Let a clock run again once nobody stops it any more: what was left is counted anew from this day."""
    if not duty.stoppers or who not in duty.stoppers or not duty.stops:
        return
    del duty.stoppers[who]
    if duty.stoppers:
        return
    duty.stops[-1].append(moment)
    if duty.remaining is not None:
        duty.due = almanac.resumed(moment, duty.remaining, duty.rule.clock)
        duty.remaining = None


def extend(duty: Duty, moment: int, new_due: int, almanac: Reckoning) -> bool:
    """Move the due time; after it, or to one that is not later, nothing changes.

    A stopped clock is counted anew from its stop to the new time.
    """
    due = duty.was_due if duty.due is None else duty.due
    if duty.breached is not None or due is None or new_due <= due or (duty.due is not None and duty.due < moment):
        return False
    if duty.due is not None:
        duty.due = new_due
    elif duty.stops:
        duty.was_due = new_due
        duty.remaining = almanac.left(duty.stops[-1][0], new_due, duty.rule.clock)
    duty.extended = True
    return True


def end(duty: Duty, moment: int, state: str, by: str, reason: str | None = None) -> None:
    """Close or end a duty at a moment; done after its due time it is `done_late`."""
    duty.closed, duty.closed_by = moment, by
    if duty.breached is None and duty.due is not None and duty.due < moment:
        duty.breached = duty.due
    if duty.remaining is not None:
        duty.remaining = None
    if reason is not None:
        duty.reason = reason
    duty.state = "done_late" if state == "done" and duty.breached is not None else state
