"""Who acts for whom, now and in days to come."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from aftersign.kernel.org.models import Deputyship
from aftersign.kernel.org.queries import company
from aftersign.orders.queries import days


def today() -> date:
    """The present day in the company's zone."""
    return days.today(company())


def deputyships() -> QuerySet[Deputyship]:
    """The deputyships that run or are to come, with both people, by their first day."""
    found = Deputyship.objects.filter(ended_at=None, until__gte=today())
    return found.select_related("person", "deputy").order_by("from_on", "person__name", "id")
