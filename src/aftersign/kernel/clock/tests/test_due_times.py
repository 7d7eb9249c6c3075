"""Due times in any zone: against the sentences of the grammar, and against counting day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersign.kernel.clock import Reckoning, WorkCalendar, Zone, duration, freeze, frozen, now, unfreeze

HOLIDAYS = [date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23)] + [date(2026, 9, 25)]
HOLIDAYS += [date(2026, 10, day) for day in (1, 2, 5, 6, 7)]
WORKDAYS = [date(2026, 2, 14), date(2026, 2, 28), date(2026, 9, 20), date(2026, 10, 10)]
CALENDAR = WorkCalendar(HOLIDAYS, WORKDAYS)
SHANGHAI = Zone("Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo"]


def moment(text: str, zone: Zone = SHANGHAI) -> int:
    """A local time as microseconds."""
    return (datetime.fromisoformat(text).replace(tzinfo=zone.info) - EPOCH) // timedelta(microseconds=1)


def said(at: int) -> str:
    """A moment in Shanghai, 24:00 as that of the day it ends."""
    text = SHANGHAI.text(at)[:16]
    return (date.fromisoformat(text[:10]) - timedelta(days=1)).isoformat() if text.endswith("T00:00") else text


@pytest.mark.parametrize(
    ("opened", "length", "due"),
    [
        ("2026-09-30T16:00", "1bd", "2026-10-08"),
        ("2026-09-30T16:00", "2bd", "2026-10-09"),
        ("2026-10-03T10:00", "0bd", "2026-10-08"),
        ("2026-10-08T00:00", "0bd", "2026-10-08"),
        ("2026-09-18T09:00", "1bd", "2026-09-20"),
        ("2026-09-30T10:00", "7d", "2026-10-07"),
        ("2026-09-30T10:00", "2w", "2026-10-14"),
        ("2026-01-31T10:00", "1m", "2026-02-28"),
        ("2026-11-30T10:00", "1q", "2027-02-28"),
        ("2028-02-29T10:00", "1y", "2029-02-28"),
        ("2026-10-17T22:00", "2h", "2026-10-17"),
        ("2026-10-18T01:30", "24h", "2026-10-19T01:30"),
        ("2026-10-18T01:30", "15min", "2026-10-18T01:45"),
    ],
)
def test_due_time(opened: str, length: str, due: str) -> None:
    """Working days, calendar days, months with and without that day, and hours round the clock."""
    assert said(Reckoning(CALENDAR, SHANGHAI).due(moment(opened), duration(length))) == due


@pytest.mark.parametrize(
    ("due", "length", "step"),
    [
        ("2026-10-10T00:00", "2bd", "2026-10-12"),
        ("2026-10-19T01:30", "2h", "2026-10-19T03:30"),
        ("2026-10-18T10:00", "1bd", "2026-10-19"),
        ("2026-10-24T00:00", "1d", "2026-10-24"),
        ("2026-10-24T00:00", "4h", "2026-10-24T04:00"),
    ],
)
def test_counting_on_from_a_due_time(due: str, length: str, step: str) -> None:
    """24:00 belongs to the day it ends, also when a step counts on from it."""
    assert said(Reckoning(CALENDAR, SHANGHAI).counted_on(moment(due), duration(length))) == step


@pytest.mark.parametrize(
    ("clock", "paused", "due", "left", "resumed", "new_due"),
    [
        ("bd", "2026-09-22T15:00", "2026-09-24T00:00", 1, "2026-09-24T11:00", "2026-09-28"),
        ("bd", "2026-10-14T10:00", "2026-10-20T00:00", 3, "2026-10-26T10:00", "2026-10-29"),
        ("bd", "2026-10-14T10:00", "2026-10-15T00:00", 0, "2026-10-25T10:00", "2026-10-26"),
        ("bd", "2026-10-23T10:00", "2026-11-17T00:00", 16, "2026-10-30T10:00", "2026-11-23"),
        ("d", "2026-10-14T10:00", "2026-10-20T00:00", 5, "2026-10-25T10:00", "2026-10-30"),
        ("h", "2026-10-14T10:00", "2026-10-14T12:30", 9_000_000_000, "2026-10-15T10:00", "2026-10-15T12:30"),
    ],
)
def test_what_is_left_counts_anew(clock: str, paused: str, due: str, left: int, resumed: str, new_due: str) -> None:
    """Days left are those after the day of the pause up to the day of the due time."""
    reckoning = Reckoning(CALENDAR, SHANGHAI)
    assert reckoning.left(moment(paused), moment(due), clock) == left
    assert said(reckoning.resumed(moment(resumed), left, clock)) == new_due


@given(
    day=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    count=st.integers(0, 60),
    off=st.sets(st.integers(0, 120), max_size=40),
    on=st.sets(st.integers(0, 120), max_size=20),
)
def test_working_days_are_counted_one_by_one(day: date, count: int, off: set[int], on: set[int]) -> None:
    """The n-th working day after a day, found by walking there."""
    holidays, workdays = ({day + timedelta(each) for each in days} for days in (off, on))
    work = WorkCalendar(holidays, workdays)

    def is_worked(each: date) -> bool:
        return each in workdays or (each.weekday() < 5 and each not in holidays)

    found, passed = day, 0
    while passed < count or (count == 0 and not is_worked(found)):
        found += timedelta(1)
        passed += is_worked(found)
    assert work.nth_after(day.toordinal(), count) == found.toordinal()
    between = sum(is_worked(day + timedelta(each)) for each in range(1, (found - day).days + 1))
    assert work.between(day.toordinal(), found.toordinal()) == between


@settings(max_examples=200)
@given(zone=st.sampled_from(ZONES), seconds=st.integers(788_918_400, 2_366_841_600))
def test_days_of_a_zone(zone: str, seconds: int) -> None:
    """A moment lies between the midnights of its day, whatever the offset does on it."""
    info, known = ZoneInfo(zone), Zone(zone)
    when, at = seconds * 1_000_000, EPOCH + timedelta(seconds=seconds)
    day = known.day_of(when)
    assert day == at.astimezone(info).toordinal()
    assert known.start(day) <= when < known.end(day)
    assert datetime.fromisoformat(known.text(when)) == at


def test_a_held_clock() -> None:
    """A block holds the clock for itself, `freeze` for the process, and a block wins."""
    at, other = datetime(2026, 10, 1, 8, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    freeze(other)
    try:
        with frozen(at):
            assert now() == at
        assert now() == other
    finally:
        unfreeze()
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)
    with pytest.raises(ValueError, match="offset"):
        freeze(datetime(2026, 10, 1))  # noqa: DTZ001


def test_no_duration() -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match="no duration"):
        duration("3 days")
