"""The clock of a duty: stopped and led on, moved by an extension, ended, and what it shows at a moment."""

from __future__ import annotations

from collections.abc import Callable

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import due, left
from aftersign.kernel.clock.durations import Duration, duration
from aftersign.kernel.clock.zone import MINUTE, Zone
from aftersign.policy.engine.types import Duty, Fact


def stop(duty: Duty, moment: int, who: str, cause: str, work: WorkCalendar, zone: Zone) -> None:
    """Stop a clock; one that has run out already keeps its due time, and the duty stays breached."""
    if who in duty.stoppers:
        return
    if not duty.stoppers:
        duty.stops.append([moment, None])
        if duty.due is not None and duty.due < moment:
            duty.was_late = True
        elif duty.due is not None:
            duty.left = str(left(moment, duty.due, _unit(duty), work, zone))
            duty.due = None
    duty.stoppers[who] = cause


def lead_on(duty: Duty, moment: int, who: str, work: WorkCalendar, zone: Zone) -> None:
    """Let a clock run again once nobody stops it any more: what was left is counted anew from this day."""
    if who not in duty.stoppers:
        return
    del duty.stoppers[who]
    if duty.stoppers:
        return
    duty.stops[-1][1] = moment
    if duty.left is not None:
        duty.due = _from(moment, duration(duty.left), work, zone)
        duty.left = None


def extend(duty: Duty, moment: int, new_due: int, work: WorkCalendar, zone: Zone) -> None:
    """Move the due time; after it, or to an earlier one, nothing changes. A stopped clock counts from its stop anew."""
    if duty.was_late or (duty.due is not None and (moment > duty.due or new_due <= duty.due)):
        return
    if duty.due is not None:
        duty.due = new_due
    elif duty.left is not None:
        since = duty.stops[-1][0] or moment
        if new_due <= _from(since, duration(duty.left), work, zone):
            return
        duty.left = str(left(since, new_due, _unit(duty), work, zone))
    duty.extended = True


def end(duty: Duty, moment: int, state: str, fact: Fact, reason: str | None = None) -> None:
    """Close or end a duty at a moment."""
    duty.closed, duty.closed_by, duty.reason = moment, fact.id, reason
    if duty.stops and duty.stops[-1][1] is None:
        duty.stops[-1][1] = moment
    if duty.due is not None and duty.due < moment:
        duty.breached = duty.due
    if state == "done":
        state = "done" if duty.breached is None else "done_late"
    duty.state = state


def show(duty: Duty, until: int) -> None:
    """Set the state of a duty that nothing has closed, as it stands at a moment."""
    if duty.closed is not None:
        return
    if duty.due is not None and duty.due <= until:
        duty.state, duty.breached = "breached", duty.due
    elif duty.stoppers:
        duty.state = "paused"
        duty.pause_cause = next(iter(duty.stoppers.values()))
    else:
        duty.state = "open"


def tell(
    duty: Duty, until: int, work: WorkCalendar, zone: Zone, people: Callable[[str, int], tuple[str, ...]]
) -> None:
    """List the steps of escalation that have come, and when the next one or the breach will."""
    coming = [] if duty.due is None or duty.due <= until or duty.closed is not None else [duty.due]
    if duty.due is not None and duty.rule is not None and (duty.breached is not None or duty.closed is None):
        for step, role, length in duty.rule.escalates:
            moment = max(_told_at(duty, due(duty.due, length, work, zone, from_end=True)), duty.read_at)
            if duty.closed is not None and duty.closed <= moment:
                continue
            if moment <= until:
                duty.told.append((step, role, moment, people(role, moment)))
            elif duty.closed is None:
                coming.append(moment)
    duty.next_step_at = min(coming, default=None)


def _told_at(duty: Duty, moment: int) -> int:
    """A step whose time lies within a pause is told when the pause ends."""
    for since, to in duty.stops:
        if since is not None and since <= moment and (to is None or moment < to):
            return to if to is not None else 1 << 62
    return moment


def _unit(duty: Duty) -> str:
    within = duty.rule.within if duty.rule else None
    return within.unit if within else "d"


def _from(moment: int, length: Duration, work: WorkCalendar, zone: Zone) -> int:
    if length.counts_hours:
        return moment + length.minutes * MINUTE
    day = zone.day_of(moment)
    return zone.end(work.nth_after(day, length.number) if length.unit == "bd" else day + length.number)
