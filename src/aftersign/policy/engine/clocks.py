"""The clock of a duty: stopped and led on, moved by an extension, ended, and what it shows at a moment."""

from __future__ import annotations

from collections.abc import Callable

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import due, left
from aftersign.kernel.clock.durations import duration
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.types import Duty, Fact, Stops

NOT_YET = 1 << 62


def stop(duty: Duty, moment: int, who: str, cause: str, work: WorkCalendar, zone: Zone) -> None:
    """Somebody stops a clock; one that has run out already keeps its due time, and the duty stays breached."""
    stops = duty.stops = duty.stops or Stops()
    if who in stops.causes:
        return
    if not stops.causes:
        stops.spans.append((moment, None))
        if duty.due is not None and duty.rule is not None and moment <= duty.due:
            stops.due = duty.due
            duty.left = str(left(moment, duty.due, duty.rule.clock_unit, work, zone))
            duty.due = None
    stops.causes[who] = cause


def lead_on(duty: Duty, moment: int, who: str, work: WorkCalendar, zone: Zone) -> None:
    """Somebody stops a clock no longer; once nobody does, what was left is counted anew from this day."""
    stops = duty.stops
    if stops is None or who not in stops.causes:
        return
    del stops.causes[who]
    if stops.causes:
        return
    stops.spans[-1] = stops.spans[-1][0], moment
    if duty.left is not None:
        duty.due, duty.work = due(moment, duration(duty.left), work, zone), work
        duty.left = None


def extend(duty: Duty, moment: int, new_due: int, work: WorkCalendar, zone: Zone) -> None:
    """Move the due time; after it, or to an earlier one, nothing changes. A stopped clock counts from its stop anew."""
    if duty.due is not None:
        if moment <= duty.due < new_due:
            duty.due, duty.work, duty.extended = new_due, work, True
    elif duty.stops is not None and duty.rule is not None and duty.stops.due < new_due:
        since = duty.stops.spans[-1][0]
        duty.stops.due, duty.extended = new_due, True
        duty.left = str(left(since, new_due, duty.rule.clock_unit, work, zone))


def close(duty: Duty, moment: int, fact: Fact) -> None:
    """The duty is done: in time up to its due time, also while its clock stands."""
    end(duty, moment, "done", fact.id)
    if duty.breached is not None:
        duty.state = "done_late"


def end(duty: Duty, moment: int, state: str, by: str, reason: str | None = None) -> None:
    """The duty comes to an end without being done; that it was overdue before stays visible."""
    duty.closed, duty.closed_by, duty.state, duty.reason, duty.left = moment, by, state, reason, None
    if duty.stops is not None and duty.stops.causes:
        duty.stops.spans[-1] = duty.stops.spans[-1][0], moment
    if duty.due is not None and duty.due < moment:
        duty.breached = duty.due


def show(duty: Duty, until: int) -> None:
    """Set the state of an unfinished duty as it stands at a moment."""
    if duty.due is not None and duty.due <= until:
        duty.state, duty.breached = "breached", duty.due
    elif duty.stops is not None and duty.stops.causes:
        duty.state, duty.pause_cause = "paused", next(iter(duty.stops.causes.values()))


def tell(duty: Duty, until: int, zone: Zone, reached: Callable[[Duty, str, int], tuple[str, ...]]) -> None:
    """List the steps of escalation that have come, and when time alone next changes the duty."""
    if duty.due is None or duty.rule is None or duty.work is None:
        return
    told, coming = [], [duty.due] if duty.closed is None else []
    for step, role, length in duty.rule.escalates:
        moment = _after_stops(duty, max(due(duty.due, length, duty.work, zone, from_end=True), duty.read_at))
        if duty.closed is not None and duty.closed <= moment:
            continue
        if moment <= until:
            told.append((step, role, moment, reached(duty, role, moment)))
        elif moment < NOT_YET:
            coming.append(moment)
    duty.told = tuple(told)
    duty.next_step_at = min((moment for moment in coming if moment > until), default=None)


def _after_stops(duty: Duty, moment: int) -> int:
    """A step whose time lies within a stop is told when the stop ends."""
    for since, to in duty.stops.spans if duty.stops else ():
        if since <= moment and (to is None or moment < to):
            moment = NOT_YET if to is None else to
    return moment
