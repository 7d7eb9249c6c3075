"""When somebody may be rung: quiet hours, working days, and the moments at which a day's news and reminders come."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aftersign.kernel.clock import WorkCalendar
from aftersign.kernel.notices.registry import DAYS, ESCALATION, HOURS

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
DIGEST, REMINDING = time(8, 30), time(9)


def not_before(moment: datetime, *, level: int, clock: str, zone: ZoneInfo, work: WorkCalendar) -> datetime:
    """When a mail may go out that is made at a moment: at once, or when the quiet hours end.

    What day clocks bring about waits for a working day; only an escalation of an hour clock rings at night.
    """
    if level >= ESCALATION and clock == HOURS:
        return moment
    local = moment.astimezone(zone)
    is_quiet = not QUIET_UNTIL <= local.time() < QUIET_FROM
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    free = clock == DAYS and not work.is_working(day.toordinal())
    if free:
        day = date.fromordinal(work.nth_after(day.toordinal(), 0))
    return at(day, QUIET_UNTIL, zone) if is_quiet or free else moment


def at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """A time of day in the company's zone."""
    return datetime.combine(day, hour, tzinfo=zone)


def came(hour: time, since: datetime, until: datetime, zone: ZoneInfo) -> list[date]:
    """The days on which a time of day has come after one moment and by another."""
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found = []
    while day <= last:
        if since < at(day, hour, zone) <= until:
            found.append(day)
        day += timedelta(days=1)
    return found
