"""Refused attempts are counted into one fact a day, also where there were none, and each day once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aftersign.chapters.general import acts
from aftersign.desk.setup import founding
from aftersign.kernel.access.actor import CLOCK, operating
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.acts.tally import tally
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import chain
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.models import Company
from aftersign.kernel.org.queries import company as the_company
from aftersign.policy.rebuild import rebuild

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=SHANGHAI)
DAY = timedelta(days=1)


@pytest.fixture
def company(db: None) -> Company:
    """A company founded on a Monday morning."""
    with frozen(MONDAY):
        list(founding.found("海川科技有限公司"))
    return the_company()


def be_refused(company: Company, at: datetime) -> None:
    """Try what is refused: a department without a name."""
    with frozen(at), pytest.raises(Refused):
        acts.list_department(company, name=" ", by=operating())


def counted() -> list[Recorded]:
    """What was stated of days."""
    return journal.all_of(None, "general.refusals_counted")


def test_a_day_is_counted_by_act_once_it_has_ended(company: Company) -> None:
    for hours in (0, 1, 13.4):  # the last shortly before midnight
        be_refused(company, MONDAY + timedelta(hours=hours))
    with frozen(MONDAY), pytest.raises(Refused):
        acts.change_calendar(company, year=2027, holidays=[date(2026, 1, 1)], workdays=[], by=operating())
    with frozen(MONDAY + timedelta(hours=13.5)):
        assert acts.count_refusals(company, by=CLOCK) == []
    with frozen(MONDAY + timedelta(hours=13.55)):  # midnight has passed, but somebody may just be refused
        assert acts.count_refusals(company, by=CLOCK) == []
    with frozen(MONDAY + timedelta(hours=13.6)):
        assert acts.count_refusals(company, by=CLOCK) == [MONDAY.date()]
    (fact,) = counted()
    assert fact.payload["day"] == "2026-11-23"
    assert fact.payload["count"] == 4
    assert fact.payload["by_act"] == [
        {"act": "general.change_calendar", "count": 1},
        {"act": "general.list_department", "count": 3},
    ]
    assert (fact.actor_kind, fact.at) == ("clock", datetime(2026, 11, 24, tzinfo=SHANGHAI))


def test_every_day_is_stated_once_and_days_without_refusals_too(company: Company) -> None:
    be_refused(company, MONDAY + 2 * DAY)
    with frozen(MONDAY + 4 * DAY):
        assert len(acts.count_refusals(company, by=CLOCK)) == 4
        assert acts.count_refusals(company, by=CLOCK) == []
    with frozen(MONDAY + 5 * DAY):
        assert acts.count_refusals(company, by=CLOCK) == [date(2026, 11, 27)]
    assert [fact.payload["count"] for fact in counted()] == [0, 0, 1, 0, 0]
    assert list(chain.faults()) == []


def test_a_long_absence_is_made_up_for_in_portions(company: Company) -> None:
    with frozen(MONDAY + 130 * DAY):
        portions = [len(acts.count_refusals(company, by=CLOCK)) for _time in range(3)]
    assert portions == [100, 30, 0]


@pytest.mark.parametrize("change", [{"act": "general.list_person"}, {"reasons": []}, {"refused_at": MONDAY}, None])
def test_rows_that_were_meddled_with_disagree_with_the_check_value(company: Company, change: dict[str, object]) -> None:
    be_refused(company, MONDAY + timedelta(hours=1))
    with frozen(MONDAY + DAY):
        acts.count_refusals(company, by=CLOCK)
    midnight = datetime(2026, 11, 23, tzinfo=SHANGHAI)
    said = counted()[0].payload["check_value"]
    assert tally(midnight, midnight + DAY).check_value == said
    RefusedAct.objects.update(**change) if change else RefusedAct.objects.all().delete()
    assert tally(midnight, midnight + DAY).check_value != said


def test_a_page_that_is_opened_and_an_act_that_succeeds_are_no_refusals(company: Company) -> None:
    with frozen(MONDAY + DAY):
        acts.list_department(company, name="华东销售", by=operating())
    with frozen(MONDAY + 2 * DAY):
        acts.count_refusals(company, by=CLOCK)
        assert {fact.payload["count"] for fact in counted()} == {0}
        assert rebuild().different == []
