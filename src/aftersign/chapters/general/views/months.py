"""A year of the working calendar as its page shows it: months of weeks of days, each day with its mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from aftersign.chapters.general.forms.calendar import rows_of
from aftersign.chapters.general.queries import today
from aftersign.chapters.general.queries.calendar import (
    FIRST,
    HOLIDAY,
    LAST,
    MAKE_UP,
    Change,
    Span,
    Year,
    changes_of,
    is_published,
    public,
    spans,
    weeks_of,
)
from aftersign.chapters.general.rules.calendar import earliest
from aftersign.kernel.shell.dates import weekday


@dataclass(frozen=True)
class Day:
    """A day in its month: what is special about it, its name, and whether it may be changed by the reader."""

    day: date
    kind: str
    name: str
    is_today: bool
    opens: bool

    @property
    def tone(self) -> str:
        """The class of its cell."""
        if self.kind in (HOLIDAY, MAKE_UP):
            return "off" if self.kind == HOLIDAY else "on"
        return "wkd" if self.day.weekday() >= 5 else ""


@dataclass(frozen=True)
class Month:
    """A month: its first day, its weeks, and how many working days it has."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    working: int

    @property
    def week_of_days(self) -> tuple[date, ...]:
        """The days of a whole week of the month, from Monday on."""
        return tuple(each.day for each in self.weeks[1] if each)


@dataclass(frozen=True)
class YearPage:
    """What the page of a year shows; `proposed` is how many days the public holidays would change."""

    year: Year
    months: tuple[Month, ...]
    free: tuple[Span, ...]
    made_up: tuple[Span, ...]
    changes: tuple[Change, ...]
    proposed: int
    keeps: bool

    @property
    def is_published(self) -> bool:
        """Whether the make-up days of the year are known."""
        return is_published(self.year.number)

    @property
    def before(self) -> int | None:
        """The year before, None for the first that is shown."""
        return self.year.number - 1 if self.year.number > FIRST else None

    @property
    def after(self) -> int | None:
        """The year after, None for the last that is shown."""
        return self.year.number + 1 if self.year.number < LAST else None

    @property
    def month(self) -> int | None:
        """The present month, where it lies in this year."""
        return today().month if today().year == self.year.number else None

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The days of the week from Monday on."""
        return tuple(weekday(day) for day in self.months[0].week_of_days)

    @property
    def working(self) -> int:
        """How many working days the year has."""
        return sum(month.working for month in self.months)


def year_page(number: int, *, keeps: bool) -> YearPage:
    """A year with everything beside it; three queries, or four where facts were withdrawn."""
    year, changes = changes_of(number)
    opens = keeps and date(number, 12, 31) >= earliest(today())
    return YearPage(
        year=year,
        months=tuple(_month(year, month, opens) for month in range(1, 13)),
        free=tuple(spans(year.holidays)),
        made_up=tuple(spans(year.workdays)),
        changes=changes,
        proposed=len(rows_of(year, public(number, get_language() or "zh-hans"))) if opens else 0,
        keeps=opens,
    )


def _month(year: Year, month: int, keeps: bool) -> Month:
    weeks = tuple(tuple(_days(year, week, keeps)) for week in weeks_of(year.number, month))
    return Month(date(year.number, month, 1), weeks, sum(_is_working(day) for week in weeks for day in week))


def _days(year: Year, week: list[date | None], keeps: bool) -> Iterator[Day | None]:
    present = today()
    for day in week:
        opens = keeps and day is not None and day >= earliest(present)
        yield Day(day, year.kind(day), year.name(day), day == present, opens) if day else None


def _is_working(day: Day | None) -> bool:
    return day is not None and day.tone in ("", "on")
