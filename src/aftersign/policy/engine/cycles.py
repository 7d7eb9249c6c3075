"""Cycles: the periods between a start and an end, each a duty of its own, worked out from what was stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.due import add_months, due
from aftersign.kernel.clock.durations import Duration
from aftersign.kernel.clock.zone import MINUTE, Zone
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.variant import Rule


@dataclass(frozen=True, slots=True)
class Period:
    """One period: `start` and `end` as moments, its name, and when it is due."""

    name: str
    start: int
    end: int
    due: int
    makes_duty: bool


@dataclass(slots=True)
class Run:
    """A cycle from its start until it ends; `why` is the reason of the end, `rules` the versions it went through."""

    rules: list[tuple[int, Rule]]
    opener: Fact
    unit: str
    start: int
    end: int | None = None
    ended_by: str | None = None
    why: str | None = None
    closers: list[tuple[int, Fact]] = field(default_factory=list)
    order: str | None = None
    edition: str = ""

    @property
    def rule(self) -> Rule:
        """The rule that the next period follows."""
        return self.rules[-1][1]

    def rule_at(self, moment: int) -> Rule:
        """The rule that a period beginning at a moment follows."""
        return next((rule for since, rule in reversed(self.rules) if since <= moment), self.rules[0][1])


def periods(run: Run, until: int, work: WorkCalendar, zone: Zone) -> Iterator[Period]:
    """The periods of a run that begin by a moment, and before the run ends."""
    last = until if run.end is None else min(until, run.end)
    rule = run.rules[0][1]
    length = rule.every
    assert length is not None
    if length.counts_hours:
        yield from _by_minutes(run, length, last)
        return
    opening = zone.day_of(run.start)
    first, number = _first_day(opening, length), 1
    while True:
        follows = run.rule_at(zone.start(first)).every
        if follows is not None and follows != length:
            opening, length, number = first, follows, 1
        final = _last_day(opening, first, number, length, work)
        begin, end = zone.start(first), zone.end(final)
        if begin > last or (run.end is not None and begin >= run.end and begin > run.start):
            return
        grace = run.rule_at(begin).grace
        due_at = due(end, grace, work, zone, from_end=True) if grace else end
        is_long = length.unit in ("w", "m", "q", "y") or (length.unit == "d" and length.number >= 7)
        makes = not is_long or work.between(first - 1, final) > 0
        yield Period(date.fromordinal(first).isoformat(), max(begin, run.start), end, due_at, makes)
        first, number = final + 1, number + 1


def _by_minutes(run: Run, length: Duration, last: int) -> Iterator[Period]:
    step = length.minutes * MINUTE
    begin = run.start
    while begin <= last:
        yield Period(str(begin), begin, begin + step, begin + step, True)
        begin += step


def _first_day(opening: int, length: Duration) -> int:
    """The first day of the first period: of one week, month, quarter or year of the calendar, else the opening day."""
    if length.number != 1 or length.unit in ("d", "bd"):
        return opening
    day = date.fromordinal(opening)
    if length.unit == "w":
        return opening + (-day.weekday()) % 7
    months = length.months
    if day.day == 1 and (day.month - 1) % months == 0:
        return opening
    index = day.year * 12 + day.month - 1
    year, month = divmod((index // months + 1) * months, 12)
    return date(year, month + 1, 1).toordinal()


def _last_day(opening: int, first: int, number: int, length: Duration, work: WorkCalendar) -> int:
    if length.unit == "bd":
        return work.nth_after(opening, length.number * number)
    if length.months:
        whole = length.number == 1
        return add_months(first if whole else opening, length.months * (1 if whole else number)) - 1
    return first + length.number * (7 if length.unit == "w" else 1) - 1


