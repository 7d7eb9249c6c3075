"""When somebody may be rung, at every hour of a week with a weekend."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from aftersign.kernel.clock import WorkCalendar
from aftersign.kernel.notices import hours
from aftersign.kernel.notices.registry import DAYS, ESCALATION, HOURS, INFORMATION, OVERDUE

ZONE, WORK = ZoneInfo("Asia/Shanghai"), WorkCalendar()


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "level", "clock", "rings"),
    [
        ("2026-09-09 10:00", INFORMATION, "", "2026-09-09 10:00"),
        ("2026-09-09 19:59", INFORMATION, "", "2026-09-09 19:59"),
        ("2026-09-09 20:00", INFORMATION, "", "2026-09-10 08:00"),
        ("2026-09-09 07:59", INFORMATION, "", "2026-09-09 08:00"),
        ("2026-09-09 08:00", INFORMATION, "", "2026-09-09 08:00"),
        ("2026-09-12 00:00", OVERDUE, DAYS, "2026-09-14 08:00"),
        ("2026-09-12 11:00", OVERDUE, DAYS, "2026-09-14 08:00"),
        ("2026-09-10 00:00", OVERDUE, DAYS, "2026-09-10 08:00"),
        ("2026-09-12 00:00", ESCALATION, DAYS, "2026-09-14 08:00"),
        ("2026-09-12 03:00", OVERDUE, HOURS, "2026-09-12 08:00"),
        ("2026-09-12 03:00", ESCALATION, HOURS, "2026-09-12 03:00"),
        ("2026-09-11 23:00", ESCALATION, HOURS, "2026-09-11 23:00"),
    ],
)
def test_quiet_hours(moment: str, level: int, clock: str, rings: str) -> None:
    assert hours.not_before(at(moment), level=level, clock=clock, zone=ZONE, work=WORK) == at(rings)


def test_an_hour_of_the_day_comes_once_a_day() -> None:
    since, until = at("2026-09-09 08:30"), at("2026-09-11 08:30")
    assert [day.day for day in hours.came(hours.DIGEST, since, until, ZONE)] == [10, 11]
    assert hours.came(hours.DIGEST, at("2026-09-09 08:31"), at("2026-09-09 23:00"), ZONE) == []
