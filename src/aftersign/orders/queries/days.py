"""Days as the company counts them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Company
from aftersign.kernel.org.remembering import remembered


def today(company: Company) -> date:
    """The present day in the company's zone."""
    return now().astimezone(ZoneInfo(company.time_zone)).date()


def first_minute(day: date, company: Company) -> datetime:
    """When a day begins in the company's zone: the moment of an event of which only the day is known."""
    return datetime.combine(day, time.min, ZoneInfo(company.time_zone))


def rules_began(company: Company) -> date | None:
    """The day on which the policy first took effect; None before. One query for all who ask in one request."""
    begun = remembered("rules began", _first_effect)
    return begun.astimezone(ZoneInfo(company.time_zone)).date() if begun else None


def _first_effect() -> datetime | None:
    entries = Entry.objects.filter(fact="policy.took_effect", order_id=None).order_by("sequence")
    return entries.values_list("at", flat=True).first()
