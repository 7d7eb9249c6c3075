"""The guide for the first day: each step is read from what is there, and it is gone once it was put away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.general import acts
from aftersign.chapters.general.rules.newcomers import Newcomer
from aftersign.desk.setup import founding
from aftersign.desk.setup.steps import guide
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.clock import now
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Department, Person, Post
from aftersign.kernel.org.queries import company
from aftersign.policy.editions import store

GUIDE = "/setup/"
QUERIES = 30
"""How many questions the guide asks the database, whatever is there."""


@pytest.fixture
def admin(db: None) -> Actor:
    """The administrator of a company that has just been founded."""
    store.forget()
    list(founding.found("海川科技有限公司"))
    by = operating("setup")
    return Actor(
        "person", person=acts.list_person(company(), account="admin", name="管理", is_administrator=True, by=by)
    )


@pytest.fixture
def keeper(client: Client, admin: Actor) -> Client:
    """The administrator's browser."""
    client.force_login(admin.person)  # type: ignore[arg-type]
    return client


def done() -> set[str]:
    return {step.name for step in guide().steps if step.is_done}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_steps_are_done_when_what_they_ask_for_is_there(admin: Actor) -> None:
    assert done() == {"calendar"}
    house = company()
    said = {"name": "海川", "language": "zh-hans", "time_zone": house.time_zone, "base_currency": "CNY"}
    acts.change_company(house, **said, by=admin)
    acts.change_department(Department.objects.get(code="sales"), name="营销中心", by=admin)
    assert done() == {"calendar", "company", "departments"}
    acts.list_people(house, newcomers=[Newcomer(2, "a", "甲", "", "sales")], passwords={}, by=admin)
    assert done() == {"calendar", "company", "departments", "people"}
    Post.objects.update(holder=Person.objects.get(account="a"))
    Department.objects.update(head=Person.objects.get(account="a"))
    assert "posts" in done()
    assert guide().left == 1


def test_the_line_stands_in_the_menu_and_on_my_work_until_the_guide_is_put_away(keeper: Client) -> None:
    assert keeper.get("/").content.decode().count('href="/setup/"') >= 2
    page = keeper.get(GUIDE)
    assert page.status_code == 200
    assert "已完成 1 / 8" in text(page)
    assert keeper.post(f"{GUIDE}put-away/").status_code == 303
    assert 'href="/setup/"' not in keeper.get("/").content.decode()
    assert "收起向导" not in text(keeper.get(GUIDE))
    assert 'href="/setup/"' in keeper.get("/settings/").content.decode()
    assert AuditEntry.objects.filter(event=Event.SETTINGS_CHANGED, subject="guide put away").count() == 1


def test_every_button_leads_to_a_page_that_is_there(keeper: Client) -> None:
    for step in guide().steps:
        expected = {403} if step.by else {200}
        assert keeper.get(step.address).status_code in expected, step.name


def test_the_sample_company_and_others_are_not_led(keeper: Client, admin: Actor) -> None:
    clerk = acts.list_person(company(), account="clerk", name="职员", by=admin)
    browser = Client()
    browser.force_login(clerk)
    assert "/setup/" not in browser.get("/").content.decode()
    assert browser.get(GUIDE).status_code == 403
    assert browser.post(f"{GUIDE}put-away/").status_code == 403
    assert marks.of(marks.GUIDED) is None
    marks.put(marks.DEMO, now())
    assert 'href="/setup/"' not in keeper.get("/").content.decode()


def test_the_guide_stands_in_three_languages_and_asks_no_more_with_many_people(keeper: Client, admin: Actor) -> None:
    for language in ("zh-hans", "zh-hant", "en"):
        Person.objects.filter(account="admin").update(language=language)
        assert keeper.get(GUIDE).status_code == 200
    rows = [Newcomer(number, f"p{number}", "欧阳" * 30, "", "sales") for number in range(2, 302)]
    acts.list_people(company(), newcomers=rows, passwords={}, by=admin)
    keeper.get(GUIDE)
    with CaptureQueriesContext(connection) as found:
        assert keeper.get(GUIDE).status_code == 200
    assert len(found) <= QUERIES
