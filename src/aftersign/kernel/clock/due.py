"""Due times: where a duration ends that runs from a moment or from the end of a day, and what is left of it."""

from __future__ import annotations

import calendar as gregorian
from datetime import date

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.durations import Duration
from aftersign.kernel.clock.zone import MINUTE, Zone


def add_months(day: int, months: int) -> int:
    """The same day of the month so many months later, the last one of the month where there is none."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def day_after(day: int, length: Duration, work: WorkCalendar) -> int:
    """The day with whose end a duration counted in days, from a day on, ends."""
    if length.unit == "bd":
        return work.nth_after(day, length.number)
    if length.months:
        return add_months(day, length.months)
    return day + length.number * (7 if length.unit == "w" else 1)


def due(moment: int, length: Duration, work: WorkCalendar, zone: Zone, *, from_end: bool = False) -> int:
    """The moment at which a duration ends that begins with a moment.

    `from_end` reads a moment of 24:00 as belonging to the day that it ends, as escalation and grace do.
    """
    if length.counts_hours:
        return moment + length.minutes * MINUTE
    day = zone.end_day_of(moment) if from_end else zone.day_of(moment)
    return zone.end(day_after(day, length, work))


def left(moment: int, due_at: int, unit: str, work: WorkCalendar, zone: Zone) -> Duration:
    """What is left at a moment of a clock that is due later: whole working or calendar days, or minutes."""
    if unit in ("h", "min"):
        minutes = max(0, due_at - moment) // MINUTE
        return Duration(minutes // 60, "h") if minutes % 60 == 0 else Duration(minutes, "min")
    today, last = zone.day_of(moment), zone.end_day_of(due_at)
    if unit == "bd":
        return Duration(work.between(today, last), "bd")
    return Duration(max(0, last - today), "d")
