"""A journey of the administrator: a day becomes a holiday, once what moves with it has been looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aftersign.chapters.general.acts import list_person
from aftersign.chapters.general.queries.calendar import HOLIDAY, year_of
from aftersign.kernel.access.actor import operating
from aftersign.kernel.org.queries import company
from aftersign.policy.models import Duty
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import PASSWORD, Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = 4
"""The day, its name, look, do."""


@pytest.fixture
def keeper(house: Firm) -> Firm:
    """The company with an administrator who can sign in."""
    admin = list_person(company(), account="admin", name="管理员", is_administrator=True, by=operating("setup"))
    admin.set_password(PASSWORD)
    admin.save()
    return house


def form_duty() -> Duty:
    return Duty.objects.get(term="2.1.1.a")


def last_day() -> date:
    """The day with whose end the handover form is due."""
    due = form_duty().due_at
    assert due is not None
    return timezone.localtime(due - timedelta(seconds=1)).date()


def test_a_typhoon_in_four_steps(keeper: Firm, desk: Desk) -> None:
    day = last_day()
    walk, owner = desk("admin"), desk("wumin")
    walk.open(f"/settings/calendar/{day.year}/")
    walk.press(f"main td a[href$='day={day.isoformat()}']")
    walk.arrive("**/change/**")
    assert walk.page.input_value("#id_days-0-day") == day.isoformat()
    walk.enter("#id_days-0-name", "台风")
    walk.press("button[value=look]")
    walk.page.wait_for_selector("#h-result")
    walk.look()
    walk.see("推后到期")
    assert last_day() == day
    walk.press("button[value=change]")
    walk.arrive(f"**/settings/calendar/{day.year}/")
    assert walk.steps <= STEPS
    walk.see("台风")
    run_due()
    assert last_day() > day
    assert rebuild().different == []
    owner.open(f"/settings/calendar/{day.year}/")
    owner.see("台风")
    assert not owner.page.locator("main td a, main a[href$='/change/']").count()
    assert owner.complaints == []


def test_several_days_without_a_script_on_a_phone(keeper: Firm, desk: Desk) -> None:
    day = last_day()
    page = desk("admin", java_script_enabled=False, viewport={"width": 360, "height": 740}).page
    page.goto(f"/settings/calendar/{day.year}/change/?day={day.isoformat()}")
    page.click("button[name=_add_row]")
    page.fill("#id_days-1-day", day.isoformat())
    page.click("button[value=look]")
    expect(page.locator("#errors")).to_contain_text("填了两次")
    page.click("button[name=_drop_row] >> nth=1")
    page.click("button[value=look]")
    page.wait_for_selector("#h-result")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("button[value=change]")
    page.wait_for_url(f"**/settings/calendar/{day.year}/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert year_of(day.year).kind(day) == HOLIDAY
