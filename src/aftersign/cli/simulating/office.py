"""Office time: minutes of work counted from a first day, so that a history can add hours and skip nights."""

from __future__ import annotations

from bisect import bisect_left

from aftersign.kernel.clock import WorkCalendar, Zone
from aftersign.kernel.clock.zone import MINUTE, SECOND

OPENS = 9 * 60
DAY = 9 * 60
"""Minutes of work a day, from nine to six."""
WEEK = 5 * DAY


class Office:
    """The working time of a company between two days (proleptic ordinals, both included)."""

    def __init__(self, calendar: WorkCalendar, zone: Zone, first: int, last: int) -> None:
        self._days = [day for day in range(first, last + 1) if calendar.is_working(day)]
        self._mornings = [zone.start(day) + OPENS * MINUTE for day in self._days]
        self._zone = zone

    def moment(self, time: float) -> int:
        """A point of office time as microseconds since the epoch, in whole seconds."""
        day, rest = divmod(time, DAY)
        return self._mornings[int(day)] + int(rest * 60) * SECOND

    def day(self, time: float) -> int:
        """The day of a point of office time, as a proleptic ordinal."""
        return self._days[int(time // DAY)]

    def begin_of(self, day: int) -> float:
        """The first point of office time on or after a day."""
        return float(bisect_left(self._days, day) * DAY)

    def at_or_after(self, moment: int) -> float:
        """The first point of office time at or after a moment."""
        time = self.begin_of(self._zone.day_of(moment))
        if self._days[int(time // DAY)] != self._zone.day_of(moment):
            return time
        passed = (moment - self._mornings[int(time // DAY)]) / MINUTE
        return time + min(max(passed, 0.0), float(DAY))
