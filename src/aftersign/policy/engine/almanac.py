"""One calendar in one zone, with the periods of cycles: where each begins and ends, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import add_months
from aftersign.kernel.clock.durations import Duration
from aftersign.kernel.clock.reckoning import Reckoning
from aftersign.kernel.clock.zone import MINUTE, Zone


@dataclass(frozen=True, slots=True)
class Page:
    """One period: its name, its first moment and its end, and whether it makes a duty."""

    name: str
    begin: int
    end: int
    makes_duty: bool


class Almanac(Reckoning):
    """Due times and periods. Days are proleptic ordinals, moments microseconds."""

    def __init__(self, work: WorkCalendar, zone: Zone) -> None:
        super().__init__(work, zone)
        self._pages: dict[tuple[Duration, int, int, int], Page] = {}

    def first_begin(self, every: Duration, moment: int) -> int:
        """When the first period of a cycle begins that starts at a moment.

        One week, month, quarter or year follows the calendar, and the first is the first to begin on or after that day;
        other lengths begin with that day, those in hours with the moment itself.
        """
        if every.counts_hours:
            return moment
        opening = self.zone.day_of(moment)
        if every.number != 1 or every.unit in ("d", "bd"):
            return self.zone.start(opening)
        if every.unit == "w":
            return self.zone.start(opening + (1 - opening) % 7)
        day, months = date.fromordinal(opening), every.months
        index = day.year * 12 + day.month - 1
        if day.day > 1 or index % months:
            index = (index // months + 1) * months
        return self.zone.start(date(index // 12, index % 12 + 1, 1).toordinal())

    def page(self, every: Duration, anchor: int, number: int, begin: int) -> Page:
        """The period, counted from 0 after the one that began at `anchor`, that begins at a moment."""
        if every.counts_hours:
            return Page(self.zone.text(begin), begin, begin + every.minutes * MINUTE, self._has_work(every, begin))
        keeps_day = every.months > 0 and every.number > 1
        key = (every, anchor, number, begin) if keeps_day else (every, 0, min(number, 1), begin)
        found = self._pages.get(key)
        if found is None:
            found = self._pages[key] = self._page(every, anchor, number, begin)
        return found

    def _page(self, every: Duration, anchor: int, number: int, begin: int) -> Page:
        first = self.zone.day_of(begin)
        last = self._last_day(every, self.zone.day_of(anchor), number, first)
        is_long = every.months > 0 or every.unit == "w" or (every.unit == "d" and every.number >= 7)
        makes_duty = not is_long or self.work.between(first - 1, last) > 0
        return Page(date.fromordinal(first).isoformat(), begin, self.zone.end(last), makes_duty)

    def _last_day(self, every: Duration, anchor: int, number: int, first: int) -> int:
        if every.unit == "bd":
            return self.work.nth_after(first if number == 0 else first - 1, every.number)
        if every.months:
            if every.number == 1:
                return add_months(first, every.months) - 1
            return add_months(anchor, every.months * (number + 1)) - 1
        return first + every.number * (7 if every.unit == "w" else 1) - 1

    def _has_work(self, every: Duration, begin: int) -> bool:
        """Whether a period counted in hours makes a duty: one of a week or longer only with a working day in it."""
        if every.minutes < 7 * 24 * 60:
            return True
        first, last = self.zone.day_of(begin), self.zone.end_day_of(begin + every.minutes * MINUTE)
        return self.work.between(first - 1, last) > 0
