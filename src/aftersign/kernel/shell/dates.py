"""Dates and due times in words: short where the year is plain, relative where it helps, exact on hover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from aftersign.kernel.clock import now

MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class Due:
    """A due time in words; `tone` is bad once it has passed, warn on its last day, else nothing."""

    words: str
    tone: str
    exact: str


def today() -> date:
    """The present day in the company's zone."""
    return timezone.localtime(now()).date()


def day_of(value: date | datetime) -> date:
    """The day to which a moment belongs: 24:00 belongs to the day that it ends."""
    if not isinstance(value, datetime):
        return value
    local = timezone.localtime(value)
    return local.date() - timedelta(days=1) if local.time() == MIDNIGHT else local.date()


def short_day(day: date) -> str:
    """`11-25` in the present year, else `2027-01-05`."""
    return f"{day:%m-%d}" if day.year == today().year else day.isoformat()


def exact_day(value: date | datetime) -> str:
    """The full date, with the time of day unless it is the end of the day."""
    if not isinstance(value, datetime):
        return value.isoformat()
    local = timezone.localtime(value)
    return day_of(value).isoformat() if local.time() == MIDNIGHT else f"{local:%Y-%m-%d %H:%M}"


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
    day, moment = day_of(local or value), timezone.localtime(now())
    present = moment.date()
    if (day < present) if at is None else at <= moment:
        return Due(
            _late_by_days((present - day).days) if at is None else _late(moment - at), "bad", exact_day(at or day)
        )
    words = _day_in_words(day, present)
    if at is not None:
        words = pgettext("day and time of day", "%(day)s %(time)s") % {"day": words, "time": f"{at:%H:%M}"}
    soon = day == present or (local is not None and local - moment <= timedelta(hours=24))
    return Due(words, "warn" if soon else "", exact_day(at or day))


def _day_in_words(day: date, present: date) -> str:
    ahead = (day - present).days
    if ahead == 0:
        return _("Today")
    if ahead == 1:
        return _("Tomorrow")
    if ahead <= 7:
        return _("%(weekday)s %(day)s") % {"weekday": weekday(day), "day": short_day(day)}
    return short_day(day)


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
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]
