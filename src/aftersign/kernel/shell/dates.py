"""Dates and due times in words: short where the year is plain, relative where it helps, exact on hover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from aftersign.kernel.clock import eras, now

MIDNIGHT = time(0, 0)
_WEEKDAYS = (
    gettext_noop("Mon"),
    gettext_noop("Tue"),
    gettext_noop("Wed"),
    gettext_noop("Thu"),
    gettext_noop("Fri"),
    gettext_noop("Sat"),
    gettext_noop("Sun"),
)


@dataclass(frozen=True)
class Due:
    """A due time in words; `tone` is bad once it has passed, warn on its last day, else nothing; `at` for programs."""

    words: str
    tone: str
    exact: str
    at: str


def today() -> date:
    """The present day in the company's zone."""
    return timezone.localtime(now()).date()


def day_of(value: date | datetime) -> date:
    """The day to which a moment belongs: 24:00 belongs to the day that it ends."""
    return _day_of(timezone.localtime(value)) if isinstance(value, datetime) else value


def _day_of(local: datetime) -> date:
    return local.date() - timedelta(days=1) if local.time() == MIDNIGHT else local.date()


def short_day(day: date) -> str:
    """`11-25` in the present year, else `2027-01-05`."""
    return _short(day, today())


def _short(day: date, present: date) -> str:
    return day.isoformat()[5:] if day.year == present.year else eras.written(day)


def exact_day(value: date | datetime) -> str:
    """The full date, with the time of day unless it is the end of the day."""
    return exact(timezone.localtime(value) if isinstance(value, datetime) else value)


def exact(local: date | datetime) -> str:
    """The same of a day, or of a moment in the company's zone."""
    if not isinstance(local, datetime) or local.time() == MIDNIGHT:
        return eras.written(_day_of(local) if isinstance(local, datetime) else local)
    return f"{eras.written(local)} {local:%H:%M}"


def short_moment(value: datetime) -> str:
    """`Today 10:46`, `11-20 14:00` or `2025-11-20 14:00`."""
    local = timezone.localtime(value)
    if local.date() == today():
        return _("Today %(time)s") % {"time": f"{local:%H:%M}"}
    return f"{short_day(local.date())} {local:%H:%M}"


def due(value: date | datetime) -> Due:
    """A due time as a page says it: overdue by, today, tomorrow, a weekday within seven days, else the date."""
    local = timezone.localtime(value) if isinstance(value, datetime) else None
    at = None if local is None or local.time() == MIDNIGHT else local
    day, moment = (_day_of(local) if local else value), timezone.localtime(now())
    present = moment.date()
    if (day < present) if at is None else at <= moment:
        words = _late_by_days((present - day).days) if at is None else _late(moment - at)
        return Due(words, "bad", exact(at or day), (local or value).isoformat())
    words = _day_in_words(day, present)
    if at is not None:
        words = pgettext("day and time of day", "%(day)s %(time)s") % {"day": words, "time": f"{at:%H:%M}"}
    soon = day == present or (local is not None and local - moment <= timedelta(hours=24))
    return Due(words, "warn" if soon else "", exact(at or day), (local or value).isoformat())


def _day_in_words(day: date, present: date) -> str:
    ahead = (day - present).days
    if ahead == 0:
        return _("Today")
    if ahead == 1:
        return _("Tomorrow")
    if ahead <= 7:
        return _("%(weekday)s %(day)s") % {"weekday": weekday(day), "day": _short(day, present)}
    return _short(day, present)


def _late(late: timedelta) -> str:
    if late >= timedelta(days=1):
        return _late_by_days(late.days)
    minutes = int(late.total_seconds()) // 60
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("Overdue by %(hours)s hour", "Overdue by %(hours)s hours", hours) % {"hours": hours}
    minutes = max(minutes, 1)
    return ngettext("Overdue by %(minutes)s minute", "Overdue by %(minutes)s minutes", minutes) % {"minutes": minutes}


def _late_by_days(days: int) -> str:
    return ngettext("Overdue by %(days)s day", "Overdue by %(days)s days", days) % {"days": days}


def weekday(day: date) -> str:
    """The short name of the day of the week."""
    return _(_WEEKDAYS[day.weekday()])
