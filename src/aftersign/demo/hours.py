"""Office hours of the sample company: when the next thing happens."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aftersign.kernel.clock.calendar import WorkCalendar

OPENS, SHUTS = time(9, 0), time(18, 0)
MORNING_OVER = time(13, 0)
DAY = 9.0


def opening(day: int, zone: ZoneInfo) -> datetime:
    """When work begins on a day."""
    return datetime.combine(date.fromordinal(day), OPENS, tzinfo=zone).astimezone(UTC)


def last_day(moment: datetime, zone: ZoneInfo) -> date:
    """The latest day whose morning has been worked through by a moment."""
    there = moment.astimezone(zone)
    return there.date() if there.time() >= MORNING_OVER else there.date() - timedelta(days=1)


def later(moment: datetime, hours: float, work: WorkCalendar, zone: ZoneInfo) -> datetime:
    """So many office hours after a moment."""
    left = timedelta(hours=hours)
    there = moment.astimezone(zone)
    while True:
        day = there.date().toordinal()
        begins = datetime.combine(there.date(), OPENS, tzinfo=zone)
        ends = datetime.combine(there.date(), SHUTS, tzinfo=zone)
        if work.is_working(day):
            there = max(there, begins)
            if there + left <= ends:
                return (there + left).astimezone(UTC)
            left -= max(timedelta(0), ends - there)
        there = datetime.combine(date.fromordinal(day + 1), OPENS, tzinfo=zone)


def days_ago(today: date, number: int, work: WorkCalendar) -> int:
    """The working day so many working days before a day."""
    day = today.toordinal()
    while number > 0 or not work.is_working(day):
        day -= 1
        number -= work.is_working(day)
    return day
