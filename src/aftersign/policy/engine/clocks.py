"""The clock of a duty: stopped and led on, moved by an extension, and ended."""

from __future__ import annotations

from aftersign.kernel.clock.reckoning import Reckoning
from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.types import Fact


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
        duty.resumed, duty.is_granted = (moment, duty.remaining), False
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
        duty.due, duty.is_granted = new_due, True
    elif duty.stops:
        duty.was_due = new_due
        duty.remaining = almanac.left(duty.stops[-1][0], new_due, duty.rule.clock)
    duty.extended = True
    return True


def recount(duty: Duty, moment: int, almanac: Reckoning) -> None:
    """Count anew, by a calendar that has changed, when a duty is due that is not due yet.

    A time that was granted stays. One that the change moves into the past is overdue from then on.
    """
    if duty.due is None or duty.due <= moment or duty.breached is not None or duty.is_granted:
        return
    rule, before = duty.rule, duty.due
    if duty.resumed is not None:
        duty.due = almanac.resumed(*duty.resumed, rule.clock)
    elif duty.ends is not None:
        duty.due = duty.ends if rule.grace is None else almanac.counted_on(duty.ends, rule.grace)
    elif rule.within is not None:
        duty.due = almanac.due(duty.opened, rule.within)
    if duty.due != before:
        duty.moved = moment


def end(duty: Duty, moment: int, state: str, by: Fact) -> None:
    """Close or end a duty at a moment; done after its due time it is `done_late`."""
    duty.closed, duty.closer = moment, by
    if duty.breached is None and duty.due is not None and duty.due < moment:
        duty.breached = duty.due
    if duty.remaining is not None:
        duty.remaining = None
    duty.state = "done_late" if state == "done" and duty.breached is not None else state
