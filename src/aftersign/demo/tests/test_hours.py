"""Office hours of the sample company."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from aftersign.demo import hours
from aftersign.kernel.clock.calendar import WorkCalendar

ZONE, WORK = ZoneInfo("Asia/Shanghai"), WorkCalendar()


def at(text: str) -> datetime:
    """A moment in Shanghai, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "pause", "then"),
    [
        ("2026-11-24 10:00", 3, "2026-11-24 13:00"),
        ("2026-11-24 17:00", 3, "2026-11-25 11:00"),
        ("2026-11-24 06:30", 1, "2026-11-24 10:00"),
        ("2026-11-24 20:00", 1, "2026-11-25 10:00"),
        ("2026-11-27 17:30", 1, "2026-11-30 09:30"),
        ("2026-11-24 09:00", 18, "2026-11-25 18:00"),
    ],
    ids=["the same day", "over night", "before work", "after work", "over a weekend", "two full days"],
)
def test_work_is_done_in_office_hours(moment: str, pause: float, then: str) -> None:
    assert hours.later(at(moment), pause, WORK, ZONE) == at(then)


@pytest.mark.parametrize(("today", "number", "day"), [("2026-11-24", 1, "2026-11-23"), ("2026-11-23", 1, "2026-11-20")])
def test_working_days_are_counted_back(today: str, number: int, day: str) -> None:
    assert hours.days_ago(date.fromisoformat(today), number, WORK) == date.fromisoformat(day).toordinal()


def test_a_day_without_work_counts_as_the_last_one_with_it() -> None:
    assert hours.days_ago(date(2026, 11, 22), 0, WORK) == date(2026, 11, 20).toordinal()


@pytest.mark.parametrize(("clock", "day"), [("12:59", "2026-11-29"), ("13:00", "2026-11-30"), ("00:20", "2026-11-29")])
def test_a_day_counts_once_its_morning_is_over(clock: str, day: str) -> None:
    assert hours.last_day(datetime.fromisoformat(f"2026-11-30T{clock}+08:00"), ZONE) == date.fromisoformat(day)
