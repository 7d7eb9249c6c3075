"""Which days have ended without their refused attempts having been counted."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Company

COUNTED = "general.refusals_counted"
SETTLED = timedelta(minutes=5)
"""How long after its end a day is counted: whoever was refused at the last moment has been noted by then."""


def uncounted_days(company: Company) -> list[date]:
    """The days that have ended since the last that was counted, since the company's first fact where none was."""
    ended = (now() - SETTLED).astimezone(ZoneInfo(company.time_zone)).date()
    last = journal.latest(None, COUNTED)
    if last is not None:
        day = date.fromisoformat(last.payload["day"]) + timedelta(days=1)
    else:
        first = Entry.objects.order_by("sequence").values_list("entered", flat=True).first()
        day = first.astimezone(ZoneInfo(company.time_zone)).date() if first else ended
    return [day + timedelta(days=place) for place in range((ended - day).days)]
