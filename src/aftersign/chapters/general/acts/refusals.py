"""What the clock states once a day about attempts that were refused."""

from __future__ import annotations

from datetime import date, timedelta

from aftersign.chapters.general import facts
from aftersign.chapters.general.queries.refusals import uncounted_days
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.acts.tally import tally
from aftersign.kernel.org.models import Company
from aftersign.orders.queries.days import first_minute

MOST = 100
"""Facts that one transaction of the clock appends."""


def count_refusals(company: Company, *, by: Actor) -> list[date]:
    """State for each day that has ended how many attempts were refused, by act; answers with the days counted.

    A day without any is stated as well: otherwise nobody could tell it from a day on which nothing was counted, or
    whose rows were taken away before. Safe on several workers at once: a day is counted under the company's lock, once.
    """
    if not uncounted_days(company):
        return []
    with clockwork(company, by=by):
        days = uncounted_days(company)[:MOST]
        for day in days:
            _count(day, company)
    return days


def _count(day: date, company: Company) -> None:
    ends = first_minute(day + timedelta(days=1), company)
    refused = tally(first_minute(day, company), ends)
    by_act = [{"act": act, "count": count} for act, count in refused.by_act.items()]
    state(
        facts.RefusalsCounted(
            about=company, at=ends, day=day, count=refused.count, by_act=by_act, check_value=refused.check_value
        )
    )
