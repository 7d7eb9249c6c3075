"""The company's working days: weekdays less holidays plus make-up days. A day is a proleptic ordinal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date


def _is_weekday(day: int) -> bool:
    return (day - 1) % 7 < 5


def _weekdays_up_to(day: int) -> int:
    weeks, rest = divmod(day, 7)
    return weeks * 5 + min(rest, 5)


class WorkCalendar:
    """Working days without bound in time; counting takes the same time for a day and for a decade."""

    def __init__(self, holidays: Iterable[date] = (), workdays: Iterable[date] = ()) -> None:
        made_up = {day.toordinal() for day in workdays}
        free = {day.toordinal() for day in holidays} - made_up
        self._off = sorted(day for day in free if _is_weekday(day))
        self._on = sorted(day for day in made_up if not _is_weekday(day))
        self._is_off, self._is_on = frozenset(self._off), frozenset(self._on)
        self._after: dict[tuple[int, int], int] = {}

    def is_working(self, day: int) -> bool:
        """Whether people work on a day."""
        return day not in self._is_off if _is_weekday(day) else day in self._is_on

    def differing(self, other: WorkCalendar) -> list[int]:
        """The days on which people work by one calendar and not by the other, in order."""
        return sorted((self._is_off ^ other._is_off) | (self._is_on ^ other._is_on))

    def count_up_to(self, day: int) -> int:
        """Working days from the beginning of time up to and with a day; only differences mean something."""
        return _weekdays_up_to(day) - bisect_right(self._off, day) + bisect_right(self._on, day)

    def between(self, after: int, up_to: int) -> int:
        """Working days after one day, up to and with another; none when that is not later."""
        return max(0, self.count_up_to(up_to) - self.count_up_to(after))

    def nth_after(self, day: int, number: int) -> int:
        """The number-th working day after a day; with 0 the day itself, or the next working day when it is none."""
        known = self._after.get((day, number))
        if known is None:
            known = self._after[day, number] = self._search(day, number)
        return known

    def _search(self, day: int, number: int) -> int:
        if number == 0:
            return day if self.is_working(day) else self.nth_after(day, 1)
        wanted = self.count_up_to(day) + number
        found = day + number + 2 * (number // 5)
        while self.count_up_to(found) < wanted:
            found += 1
        while self.count_up_to(found - 1) >= wanted:
            found -= 1
        return found
