"""Days as the company counts them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Company


def today(company: Company) -> date:
    """The present day in the company's zone."""
    return now().astimezone(ZoneInfo(company.time_zone)).date()


def first_minute(day: date, company: Company) -> datetime:
    """When a day begins in the company's zone: the moment of an event of which only the day is known."""
    return datetime.combine(day, time.min, ZoneInfo(company.time_zone))
