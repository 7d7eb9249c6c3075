"""The moments that divide a list of duties: what is overdue, due today, due this week, later, or paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Case, CharField, Value, When
from django.utils import timezone

from aftersign.kernel.clock import now

OVERDUE, TODAY, WEEK, LATER, PAUSED = "overdue", "today", "week", "later", "paused"
THIS, BEFORE = "this", "before"
GROUPS = (OVERDUE, TODAY, WEEK, LATER, PAUSED)


@dataclass(frozen=True)
class Ends:
    """Now, the end of this day, the end of this week, and where this quarter and the one before it begin."""

    now: datetime
    today: datetime
    week: datetime
    quarter: datetime
    quarter_before: datetime

    @classmethod
    def here(cls) -> Ends:
        """Those of this moment here."""
        moment = timezone.localtime(now())
        day = moment.date()
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=moment.tzinfo)
        quarter = _quarter(moment)
        return cls(moment, end, end + timedelta(days=6 - day.weekday()), quarter, _quarter(quarter - timedelta(days=1)))

    def group(self, due: datetime | None) -> str:
        """The group to which a due time belongs; a clock that stands still has none."""
        if due is None:
            return PAUSED
        if due <= self.now:
            return OVERDUE
        return TODAY if due <= self.today else WEEK if due <= self.week else LATER

    def when(self) -> Case:
        """The group of each row, for the database."""
        return Case(
            When(due_at=None, then=Value(PAUSED)),
            When(due_at__lte=self.now, then=Value(OVERDUE)),
            When(due_at__lte=self.today, then=Value(TODAY)),
            When(due_at__lte=self.week, then=Value(WEEK)),
            default=Value(LATER),
            output_field=CharField(),
        )

    def in_quarter(self) -> Case:
        """Whether a row came due in this quarter, in the one before, or in neither, for the database."""
        return Case(
            When(due_at__gt=self.now, then=Value("")),
            When(due_at__gte=self.quarter, then=Value(THIS)),
            When(due_at__gte=self.quarter_before, then=Value(BEFORE)),
            default=Value(""),
            output_field=CharField(),
        )


def _quarter(moment: datetime) -> datetime:
    first = (moment.month - 1) // 3 * 3 + 1
    return moment.replace(month=first, day=1, hour=0, minute=0, second=0, microsecond=0)
