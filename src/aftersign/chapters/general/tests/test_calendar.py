"""The working calendar: days with their names, what administrators may put right, and what is proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.queries.calendar import (
    MAKE_UP,
    ORDINARY,
    Year,
    changes_of,
    is_published,
    public,
    spans,
    year_of,
)
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused, Stale
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Company, Person
from aftersign.policy.standing import world

WEDNESDAY, SATURDAY = date(2031, 5, 7), date(2031, 5, 10)
SET: dict[str, Any] = {"year": 2031, "holidays": [WEDNESDAY], "workdays": [SATURDAY], "names": {WEDNESDAY: "厂庆"}}


@pytest.fixture(autouse=True)
def _before_a_founding_states_those_years() -> Iterator[None]:
    with frozen(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        yield


def test_a_day_keeps_its_name_and_the_policy_counts_by_it(company: Company, admin: Actor) -> None:
    acts.change_calendar(company, **SET, by=admin)
    year, changes = changes_of(2031)
    assert (dict(year.holidays), dict(year.workdays)) == ({WEDNESDAY: "厂庆"}, {SATURDAY: ""})
    assert [(each.who, each.actor) for each in changes] == [("管理", "person")]
    assert not world()[0].calendar().is_working(WEDNESDAY.toordinal())
    assert world()[0].calendar().is_working(SATURDAY.toordinal())


def test_a_day_is_taken_back_by_what_stands_without_it(company: Company, admin: Actor) -> None:
    acts.change_calendar(company, **SET, by=admin)
    stands = year_of(2031)
    fewer = stands.with_days({WEDNESDAY: (ORDINARY, "")})
    said: dict[str, Any] = {
        "holidays": list(fewer.holidays),
        "workdays": list(fewer.workdays),
        "instead_of": stands.stated,
    }
    acts.change_calendar(company, year=2031, **said, by=admin)
    assert dict(year_of(2031).holidays) == {}
    assert world()[0].calendar().is_working(WEDNESDAY.toordinal())


def test_whoever_was_slower_changes_nothing(company: Company, admin: Actor) -> None:
    acts.change_calendar(company, **SET, by=admin)
    before = journal.company_end()
    with pytest.raises(Stale, match="2031"):
        acts.change_calendar(company, year=2031, holidays=[], workdays=[], by=admin)
    assert journal.company_end() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"holidays": [SATURDAY], "workdays": []}, "周末"),
        ({"holidays": [], "workdays": [WEDNESDAY]}, "平日"),
        ({"holidays": [], "workdays": [], "names": {}}, "没有变化"),
    ],
    ids=["a weekend day off", "a weekday worked", "nothing"],
)
def test_what_makes_no_difference_is_refused(
    company: Company, admin: Actor, change: dict[str, Any], sentence: str
) -> None:
    before = journal.company_end()
    with pytest.raises(Refused, match=sentence):
        acts.change_calendar(company, **(SET | change), by=admin)
    assert journal.company_end() == before


def test_last_week_is_put_right_and_what_lies_far_back_stays(company: Company, admin: Actor) -> None:
    with frozen(datetime(2031, 6, 20, 4, tzinfo=UTC)):
        acts.change_calendar(company, year=2031, holidays=[date(2031, 6, 13)], workdays=[], by=admin)
        stands, before = year_of(2031), journal.company_end()
        assert list(stands.holidays) == [date(2031, 6, 13)]
        more = [date(2031, 5, 19), *stands.holidays]
        with pytest.raises(Refused, match="2031-05-20"):
            acts.change_calendar(company, year=2031, holidays=more, workdays=[], instead_of=stands.stated, by=admin)
    assert journal.company_end() == before


def test_nobody_else_changes_the_calendar(company: Company, clerk: Person) -> None:
    before = journal.company_end()
    with pytest.raises(Forbidden):
        acts.change_calendar(company, **SET, by=Actor("person", person=clerk))
    assert journal.company_end() == before


def test_public_holidays_come_with_their_names_and_make_up_days() -> None:
    known = public(2026, "zh-hans")
    assert known.name(date(2026, 10, 1)) == "国庆节"
    assert known.kind(date(2026, 10, 10)) == MAKE_UP
    assert known.name(date(2026, 10, 10)) == "换 10-07 放假"
    assert all(day.weekday() < 5 for day in known.holidays)
    assert public(2026, "en").name(date(2026, 10, 1)) == "National Day"
    assert is_published(2026)
    assert not is_published(2099)


def test_days_of_one_name_are_told_together() -> None:
    friday = date(2026, 10, 2)
    days = {friday: "国庆节", friday + timedelta(days=3): "国庆节", date(2026, 10, 7): "国庆节", date(2026, 12, 3): ""}
    told = [(each.first.day, each.last.day, each.number) for each in spans(days)]
    assert told == [(2, 5, 2), (7, 7, 1), (3, 3, 1)]
    assert list(spans({})) == []


def test_a_year_that_nobody_has_stated_has_no_days(company: Company) -> None:
    assert year_of(2040) == Year(2040)
