"""Working days, and when durations end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aftersign.policy.engine.tests.small import BEGIN


@dataclass(frozen=True)
class Days:
    """A calendar."""

    holidays: Sequence[date]
    workdays: Sequence[date]

    def works(self, day: int) -> bool:
        """Whether people work on a day."""
        on = BEGIN + timedelta(day)
        return on in self.workdays or (on.weekday() < 5 and on not in self.holidays)

    def counted(self, day: int, number: int, unit: str) -> int:
        """The day that a duration in days ends which is counted from a day."""
        if unit == "d":
            return day + number
        while number or not self.works(day):
            day += 1
            number -= self.works(day) if number else 0
        return day

    def due_from(self, start: int, length: str, *, from_end: bool = False) -> int:
        """When a duration ends that starts at an hour, or counts on from a due time."""
        number, unit = re.fullmatch(r"\+?(\d+)(h|bd|d)", length).groups()  # type: ignore[union-attr]
        if unit == "h":
            return start + int(number)
        return (self.counted((start - 1 if from_end else start) // 24, int(number), unit) + 1) * 24

    def left(self, at: int, due: int, unit: str) -> int:
        """What is left at an hour of the time up to another, in the unit of a clock."""
        if unit == "h":
            return due - at
        days = range(at // 24 + 1, (due - 1) // 24 + 1)
        return len(days) if unit == "d" else sum(map(self.works, days))
