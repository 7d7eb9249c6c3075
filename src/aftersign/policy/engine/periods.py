"""The periods of a cycle: where each begins and ends, and when it is due."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import add_months, due
from aftersign.kernel.clock.durations import Duration
from aftersign.kernel.clock.zone import MINUTE, Zone

_WEEK_OF_MINUTES = 7 * 24 * 60


class Period(NamedTuple):
    """One period: its name, from and to which moment it runs, when it is due, and whether it makes a duty."""

    name: str
    start: int
    end: int
    due: int
    makes_duty: bool


class Course:
    """The periods of a cycle one after another, from the moment at which it starts."""

    def __init__(self, start: int, zone: Zone) -> None:
        self._zone, self._start, self._free = zone, start, start
        self._every: Duration | None = None
        self._number, self._opening, self._day, self._next = 1, 0, 0, start

    def begins(self, every: Duration) -> int:
        """When the next period begins if it is of this length."""
        if every is not self._every and every != self._every:
            self._turn_to(every)
        return max(self._next, self._start)

    def follow(self, every: Duration, grace: Duration | None, work: WorkCalendar) -> Period:
        """The next period, of this length."""
        zone, start, opening = self._zone, self.begins(every), self._next
        if every.counts_hours:
            name, end = zone.text(opening), opening + every.minutes * MINUTE
            is_long = every.minutes >= _WEEK_OF_MINUTES
        else:
            name, end = date.fromordinal(self._day).isoformat(), zone.end(self._last_day(every, work))
            is_long = every.unit not in ("d", "bd") or (every.unit == "d" and every.number >= 7)
        due_at = due(end, grace, work, zone, from_end=True) if grace else end
        makes_duty = not is_long or work.between(zone.day_of(opening) - 1, zone.end_day_of(end)) > 0
        self._next, self._free, self._number, self._day = end, end, self._number + 1, zone.day_of(end)
        return Period(name, start, end, due_at, makes_duty)

    def _turn_to(self, every: Duration) -> None:
        """From the end of the last period on count those of this length."""
        self._every, self._number = every, 1
        self._opening = self._day = _first_day(self._zone.day_of(self._free), every)
        self._next = self._free if every.counts_hours else self._zone.start(self._day)

    def _last_day(self, every: Duration, work: WorkCalendar) -> int:
        first = self._day
        if every.unit == "bd":
            last = work.nth_after(self._opening, every.number * self._number)
            while last < first:  # the calendar has lost working days since the cycle began
                self._number += 1
                last = work.nth_after(self._opening, every.number * self._number)
            return last
        if every.months:
            return add_months(self._opening, every.months * self._number) - 1
        return first + every.number * (7 if every.unit == "w" else 1) - 1


def _first_day(day: int, every: Duration) -> int:
    """The first day of the first period: of one week, month, quarter or year of the calendar, else the day itself."""
    if every.number != 1 or every.unit not in ("w", "m", "q", "y"):
        return day
    there = date.fromordinal(day)
    if every.unit == "w":
        return day + (-there.weekday()) % 7
    months = every.months
    if there.day == 1 and (there.month - 1) % months == 0:
        return day
    ahead = months - (there.month - 1) % months
    return add_months(there.replace(day=1).toordinal(), ahead)
