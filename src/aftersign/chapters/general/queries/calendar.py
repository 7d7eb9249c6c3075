"""The working calendar of a year: what stands, what public holidays would make of it, and who has changed it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.queries import names_of
from aftersign.kernel.shell.dates import weekday
from aftersign.policy.engine.names import CALENDAR

FIRST, LAST = 2000, 2100
COUNTRY = "CN"
NAMED = gettext_noop("in exchange for %(day)s")
LANGUAGES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW", "en": "en_US"}
HOLIDAY, MAKE_UP, ORDINARY = "holiday", "make_up", "ordinary"

Days = Mapping[date, str]
"""Days with their names, "" for one that has none."""


@dataclass(frozen=True)
class Change:
    """A change of a year: when, and by whom."""

    at: datetime
    who: str
    actor: str


@dataclass(frozen=True)
class Year:
    """The days of a year that are other than their weekday says; `stated` is the fact that says so, None for none."""

    number: int
    holidays: Days = field(default_factory=dict)
    workdays: Days = field(default_factory=dict)
    stated: UUID | None = None

    def kind(self, day: date) -> str:
        """What a day is said to be."""
        return HOLIDAY if day in self.holidays else MAKE_UP if day in self.workdays else ORDINARY

    def name(self, day: date) -> str:
        """The name of a day, "" where it has none."""
        return self.holidays.get(day) or self.workdays.get(day) or ""

    def differing(self, other: Year) -> list[date]:
        """The days that the other year says otherwise, their names too, in order."""
        known = {*self.holidays, *self.workdays, *other.holidays, *other.workdays}
        return sorted(day for day in known if (self.kind(day), self.name(day)) != (other.kind(day), other.name(day)))

    def with_days(self, days: Mapping[date, tuple[str, str]]) -> Year:
        """The same year with other days; each comes with what it is and its name."""
        off = {day: name for day, name in self.holidays.items() if day not in days}
        on = {day: name for day, name in self.workdays.items() if day not in days}
        off |= {day: name for day, (kind, name) in days.items() if kind == HOLIDAY}
        on |= {day: name for day, (kind, name) in days.items() if kind == MAKE_UP}
        return Year(self.number, dict(sorted(off.items())), dict(sorted(on.items())), self.stated)


@dataclass(frozen=True)
class Span:
    """Days in a row under one name, weekends between them left out of the count."""

    first: date
    last: date
    name: str
    number: int

    @property
    def weekday(self) -> str:
        """The day of the week of the first."""
        return weekday(self.first)


def year_of(number: int) -> Year:
    """A year as it stands: the last fact that states it; two queries, or one more where facts were withdrawn."""
    return _last(number, _facts(number))


def changes_of(number: int) -> tuple[Year, tuple[Change, ...]]:
    """A year with everybody who has changed it, the last one in front; one query more."""
    facts = _facts(number)
    names = names_of({fact.actor_id for fact in facts if fact.actor_id})
    told = (Change(fact.at, names.get(fact.actor_id, "") if fact.actor_id else "", fact.actor_kind) for fact in facts)
    return _last(number, facts), tuple(told)[::-1]


def _facts(number: int) -> list[Recorded]:
    return [fact for fact in journal.all_of(None, CALENDAR) if fact.payload.get("year") == number]


def _last(number: int, facts: list[Recorded]) -> Year:
    if not facts:
        return Year(number)
    said = facts[-1].payload
    return Year(number, _read(said.get("holidays")), _read(said.get("workdays")), facts[-1].id)


def _read(rows: Any) -> dict[date, str]:
    named = ((row.get("day"), row.get("name")) if isinstance(row, dict) else (row, "") for row in rows or ())
    return dict(sorted((date.fromisoformat(str(day)[:10]), str(name or "")) for day, name in named))


def public(number: int, language: str) -> Year:
    """Public holidays on weekdays, and weekend days that are worked instead of others, as the library knows them."""
    known = _library(number, LANGUAGES.get(language, "en_US"))
    with override(language):
        off = {day: name.replace("; ", _(", ")) for day, name in known.items() if day.weekday() < 5}
        on = {day: _(NAMED) % {"day": f"{free:%m-%d}"} for day, free in _exchanged(number).items()}
    made_up = {day: on.get(day, "") for day in _made_up(number)}
    return Year(number, dict(sorted(off.items())), made_up)


def is_published(number: int) -> bool:
    """Whether the make-up days of a year are known: before that, its public holidays are an estimate."""
    return bool(_made_up(number))


def _library(number: int, language: str = "zh_CN") -> Any:
    return holidays.country_holidays(COUNTRY, years=number, language=language)


def _made_up(number: int) -> list[date]:
    return sorted(day for day in getattr(_library(number), "weekend_workdays", ()) if day.year == number)


def _exchanged(number: int) -> dict[date, date]:
    """The free weekday for which each make-up day is worked; the library says it in the name of the former."""
    found = ((re.search(r"\d{4}-\d\d-\d\d", name), day) for day, name in _library(number).items())
    return {date.fromisoformat(made_up[0]): day for made_up, day in found if made_up}


def spans(days: Days) -> Iterator[Span]:
    """Days in a row under one name, told together."""
    found: list[date] = []
    for day, name in days.items():
        if found and (days[found[-1]] != name or not name or _working_between(found[-1], day)):
            yield Span(found[0], found[-1], days[found[0]], len(found))
            found = []
        found.append(day)
    if found:
        yield Span(found[0], found[-1], days[found[0]], len(found))


def _working_between(one: date, other: date) -> bool:
    return any((one + timedelta(days=step)).weekday() < 5 for step in range(1, (other - one).days))


def weeks_of(number: int, month: int) -> list[list[date | None]]:
    """The weeks of a month from Monday on; days of other months are left out."""
    rows = calendar.Calendar().monthdatescalendar(number, month)
    return [[day if day.month == month else None for day in week] for week in rows]
