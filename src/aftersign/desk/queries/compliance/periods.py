"""Periods of the calendar in which duties come due: quarters, months, years, and all time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.kernel.clock import eras, now

ALL = "all"
_WRITTEN = re.compile(r"(20\d\d)(?:-Q([1-4])|-(0[1-9]|1[0-2]))?")
_QUARTERS, _EARLIER, _MONTHS = 4, 3, 3


@dataclass(frozen=True)
class Period:
    """From one midnight to another; what is due at 24:00 belongs to the day that it ends. All time has neither."""

    name: str
    words: str
    begin: datetime | None
    end: datetime | None

    @property
    def holds(self) -> Q:
        """The duties that are due in it; one whose clock stands still belongs to every period that is not over."""
        if self.begin is None or self.end is None:
            return Q()
        due = Q(due_at__gt=self.begin, due_at__lte=self.end)
        ended = Q(due_at=None, closed_at__gt=self.begin, closed_at__lte=self.end)
        return due | ended | Q(due_at=None, closed_at=None) if self.end > now() else due | ended

    def contains(self, due: datetime | None, closed: datetime | None) -> bool:
        """Whether a duty belongs to it, as `holds` says."""
        if self.begin is None or self.end is None:
            return True
        at = due or closed
        return self.end > now() if at is None else self.begin < at <= self.end


def period_of(written: str) -> Period:
    """A period as an address writes it: `2026-Q4`, `2026-11`, `2026` or `all`; this quarter for anything else."""
    if written == ALL:
        return Period(ALL, _("All time"), None, None)
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return period_of(_quarter(timezone.localtime(now()).date()))
    year = int(found[1])
    if found[2]:
        quarter = int(found[2])
        words = _("%(year)s Q%(quarter)d") % {"year": eras.year(year), "quarter": quarter}
        return _between(written, words, _first(year, 3 * quarter - 2), _first(year, 3 * quarter + 1))
    if found[3]:
        month = int(found[3])
        words = _("%(year)s, month %(month)d") % {"year": eras.year(year), "month": month}
        return _between(written, words, _first(year, month), _first(year, month + 1))
    return _between(written, _("The year %(year)s") % {"year": eras.year(year)}, _first(year, 1), _first(year + 1, 1))


def offered() -> list[Period]:
    """The periods to choose from: this quarter and those before it, the last months, this year, and all time."""
    today = timezone.localtime(now()).date()
    quarters = [_quarter(_first(today.year, today.month - 3 * back)) for back in range(_EARLIER + 1)]
    months = [_first(today.year, today.month - back).strftime("%Y-%m") for back in range(_MONTHS)]
    years = [str(today.year), str(today.year - 1)]
    return [period_of(each) for each in (*quarters, *months, *years, ALL)]


def _first(year: int, month: int) -> date:
    """The first day of a month, counted on over the ends of years."""
    whole, rest = divmod(month - 1, 12)
    return date(year + whole, rest + 1, 1)


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def _between(name: str, words: str, first: date, after: date) -> Period:
    return Period(name, words, _midnight(first), _midnight(after))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
