"""The list of duties begins in its period and reads no more of an index than that, and leaves nothing out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from aftersign.desk.compliance.listing import DutyList
from aftersign.desk.queries.compliance.selection import as_shown, showing
from aftersign.desk.tests.desks import multiply, person
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.shell.paging import page
from aftersign.policy.models import Duty
from tests.firm import Firm


def listing(said: str) -> DutyList:
    """The list as the head of a department asks for it."""
    request: Any = RequestFactory().get("/compliance/list/")
    request.GET, request.actor = QueryDict(said), Actor("person", person=person("wumin"))
    return DutyList(request)


@pytest.fixture
def duties(firm: Firm) -> None:
    """Duties of this quarter and of those around it, and some whose clock stands still."""
    order = firm.register()
    some = Duty.objects.get(order=order, term="2.1.1.a")
    for days in (-100, -40, 100):
        multiply(some, 3, due_at=now() + timedelta(days=days))
    multiply(some, 4, due_at=None, state="paused")
    multiply(some, 2, due_at=None, state="done", closed_at=now() - timedelta(days=1))
    multiply(some, 2, due_at=None, state="done", closed_at=now() - timedelta(days=200))


@pytest.mark.usefixtures("duties")
@pytest.mark.parametrize("sort", ["due_at", "-due_at"])
@pytest.mark.parametrize("period", ["2026-Q3", "2026-Q2", "2026-Q1", "2026", "all"])
def test_the_period_bounds_what_is_read_and_leaves_out_nothing(sort: str, period: str) -> None:
    asked = listing(f"period={period}&stage=any&sort={sort}&size=25")
    assert (asked.within is None) == (period == "all")
    expected = page(asked.rows, asked.sorting, 200)
    assert asked.page.total == expected.total == len(expected.rows)
    assert [row.pk for row in asked.page.rows] == [row.pk for row in expected.rows[:25]]
    following = listing(f"period={period}&stage=any&sort={sort}&size=25&after={asked.page.following}").page.rows
    if asked.page.following:
        assert [row.pk for row in following] == [row.pk for row in expected.rows[25:50]]


@pytest.mark.usefixtures("duties")
def test_another_order_is_not_bounded() -> None:
    assert listing("period=2026-Q3&sort=clause").within is None
    assert listing("period=2026-Q3&sort=clause").page.total == listing("period=2026-Q3").page.total


@pytest.mark.usefixtures("duties")
def test_what_is_asked_for_by_state_is_what_people_see_in_it() -> None:
    one = Duty.objects.filter(term="2.1.1.a").exclude(due_at=None)[0]
    for state in ("breached", "open", "done", "done_late", "waived"):
        for hours in (-30, -1, 2, 23, 30):
            multiply(one, 1, state=state, due_at=now() + timedelta(hours=hours))
    seen = dict(as_shown(Duty.objects.all()).values_list("pk", "shown"))
    for state in (*set(seen.values()), "void"):
        found = Duty.objects.filter(showing([state])).values_list("pk", flat=True)
        assert set(found) == {pk for pk, shown in seen.items() if shown == state}, state
    assert {"breached", "due_soon", "open", "paused", "done", "waived"} <= set(seen.values())
