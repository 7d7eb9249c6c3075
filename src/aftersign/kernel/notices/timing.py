"""What the clock alone tells: reminders of what is coming, and the day's digest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from aftersign.kernel.clock import WorkCalendar, now
from aftersign.kernel.notices import hours, outbox
from aftersign.kernel.notices.models import Mark, Notice, Wishes
from aftersign.kernel.notices.registry import calendar, timers
from aftersign.kernel.notices.telling import happen
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.org.remembering import remembering

CLOCK = "clock"
EVERY = timedelta(seconds=30)
LONGEST = timedelta(days=1)
"""What passed longer ago while no worker ran is no reminder any more."""


@remembering()
def pass_time() -> int:
    """Tell what has come since the last time; answers with how many things were told. Several workers may do so."""
    mark, is_new = Mark.objects.get_or_create(pk=CLOCK, defaults={"at": now()})
    if is_new or now() - mark.at < EVERY:
        return 0
    with transaction.atomic():
        held = Mark.objects.select_for_update(skip_locked=True).filter(pk=CLOCK, at=mark.at).first()
        if held is None:
            return 0
        until = now()
        since = max(held.at, until - LONGEST)
        told = happen([each for timer in timers() for each in timer(since, until)])
        made = _digests(since, until)
        held.at = until
        held.save(update_fields=["at"])
    return told + made


def _digests(since: datetime, until: datetime) -> int:
    """A digest for each person with news since the last one, on working days; that of a day gone by is made no more."""
    zone, work = ZoneInfo(company().time_zone), calendar()
    day = until.astimezone(zone).date()
    came = day in hours.came(hours.DIGEST, since, until, zone) and work.is_working(day.toordinal())
    if not came or not outbox.is_on():
        return 0
    begin = hours.at(_day_before(day, work), hours.DIGEST, zone)
    without = Wishes.objects.filter(digest=False).values("pk")
    readers = Person.objects.filter(is_active=True, left_on=None, is_operating=False).exclude(email="")
    waiting = news_since(begin).order_by().values("person")
    return outbox.make_digests(readers.filter(pk__in=waiting).exclude(pk__in=without), day, begin)


def news_since(begin: datetime) -> QuerySet[Notice]:
    """What came after a moment, has not been read, and had no mail of its own."""
    unread = Notice.objects.filter(unread=True, at__gt=begin)
    return unread.exclude(messages__made_at__gt=begin)


def _day_before(day: date, work: WorkCalendar) -> date:
    """The working day before a day."""
    before = day.toordinal() - 1
    while not work.is_working(before):
        before -= 1
    return date.fromordinal(before)
