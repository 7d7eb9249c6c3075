"""Acting for somebody who is away: begun by the deputy, seen on every page, over on the day, and never unnoticed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org.models import Deputyship, Person
from aftersign.kernel.shell.forms import FOR, ActForm
from aftersign.kernel.shell.tests.people import PASSWORD, company, department, person, request
from aftersign.policy.editions import store

pytestmark = pytest.mark.django_db
ME, SWITCH, CHOOSE = "/me/", "/me/acting/", "/accounts/password/change/"
SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG = "欧阳" * 30


@pytest.fixture(autouse=True)
def _house() -> None:
    company()


@pytest.fixture
def away() -> Person:
    return person(LONG, "lin", department=department())


@pytest.fixture
def deputy() -> Person:
    return person("邓凯", "deng")


@pytest.fixture
def signed(client: Client, deputy: Person) -> Client:
    client.force_login(deputy)
    return client


def today() -> date:
    return now().astimezone(SHANGHAI).date()


def named(away: Person, deputy: Person, days: int = 3, since: int = 0) -> Deputyship:
    """The deputyship of somebody, from so many days ago until in so many days."""
    day = today()
    begin, end = day - timedelta(days=since), day + timedelta(days=days)
    return Deputyship.objects.create(person=away, deputy=deputy, from_on=begin, until=end)


def acting_name(client: Client) -> str:
    """Whom the page says that one acts for."""
    acting = client.get(ME).context["frame"].acting
    return acting.person.name if acting else ""


def test_a_deputy_acts_for_somebody_and_stops_again(signed: Client, away: Person, deputy: Person) -> None:
    named(away, deputy)
    assert f"代 {LONG}" in signed.get(ME).content.decode()
    signed.post(SWITCH, {"for": str(away.pk)})
    actor = signed.get(ME).context["actor"]
    assert (actor.person, actor.on_behalf_of) == (deputy, away)
    assert acting_name(signed) == LONG
    assert '<form class="acting' in signed.get("/settings/samples/").content.decode()
    signed.post(SWITCH, {"for": ""})
    assert acting_name(signed) == ""


def test_nobody_acts_for_somebody_who_has_not_named_them(signed: Client, away: Person, deputy: Person) -> None:
    named(deputy, away)
    assert signed.post(SWITCH, {"for": str(away.pk)}).status_code == 404
    assert signed.post(SWITCH, {"for": "nobody"}).status_code == 404
    assert acting_name(signed) == ""
    assert "代他人办理" not in signed.get(ME).content.decode()


@pytest.mark.parametrize(("days", "since", "runs"), [(0, 0, True), (3, -1, False), (-1, 3, False), (0, 5, True)])
def test_both_days_count(signed: Client, away: Person, deputy: Person, days: int, since: int, runs: bool) -> None:
    with frozen(datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)):
        named(away, deputy, days, since)
        assert (signed.post(SWITCH, {"for": str(away.pk)}).status_code == 303) is runs


def test_it_is_over_with_the_day_of_the_company(signed: Client, away: Person, deputy: Person) -> None:
    begin = datetime(2026, 11, 25, 23, 50, tzinfo=SHANGHAI)
    with frozen(begin):
        named(away, deputy, days=0)
        signed.force_login(deputy)
        signed.post(SWITCH, {"for": str(away.pk)})
        assert acting_name(signed) == LONG
    with frozen(begin + timedelta(minutes=10)):
        page = signed.get(ME)
        assert page.context["actor"].on_behalf_of is None
        assert "不再代" in page.content.decode()
        assert "不再代" not in signed.get(ME).content.decode()


@pytest.mark.parametrize("why", ["ended", "left", "disabled"])
def test_whoever_stops_or_goes_is_acted_for_no_more(signed: Client, away: Person, deputy: Person, why: str) -> None:
    named(away, deputy)
    signed.post(SWITCH, {"for": str(away.pk)})
    if why == "ended":
        Deputyship.objects.update(ended_at=now())
    elif why == "left":
        Person.objects.filter(pk=away.pk).update(left_on=today())
    else:
        Person.objects.filter(pk=away.pk).update(is_active=False)
    assert signed.get(ME).context["actor"].on_behalf_of is None


def test_what_is_sent_too_late_is_not_done_in_ones_own_name(signed: Client, away: Person, deputy: Person) -> None:
    named(away, deputy)
    signed.post(SWITCH, {"for": str(away.pk)})
    Deputyship.objects.update(ended_at=now())
    answer = signed.post("/me/preferences/", {"theme": "dark"})
    assert answer.status_code == 409
    assert LONG in answer.content.decode()
    assert Person.objects.get(pk=deputy.pk).theme == ""
    assert signed.post("/me/preferences/", {"theme": "dark"}).status_code == 302


def test_a_page_opened_in_another_name_is_not_sent_unnoticed(away: Person, deputy: Person) -> None:
    own = ActForm(request(deputy))
    assert own.initial[FOR] == str(deputy.pk)
    sent = request(deputy, data={FOR: own.initial[FOR]})
    sent.actor = Actor("person", person=deputy, on_behalf_of=away)  # type: ignore[attr-defined]
    form = ActForm(sent)
    assert not form.does(lambda: pytest.fail("it was done"))
    assert form.status == 409
    assert ActForm(request(deputy, data={FOR: str(deputy.pk)})).is_valid()
    assert ActForm(request(deputy, data={})).is_valid()


def test_who_stands_in_for_nobody_pays_no_query(
    signed: Client, away: Person, deputy: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LABELS_LAST", 3600.0)  # or a slow machine looks labels up in between

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            signed.get("/settings/samples/")
        return len(asked)

    signed.get("/settings/samples/")
    alone = queries()
    named(away, deputy)
    assert queries() == alone + 1  # whom they may act for
    signed.post(SWITCH, {"for": str(away.pk)})
    assert queries() == alone + 3  # that they still may, and the posts of whoever is away


def test_a_given_password_is_replaced_before_anything_else(client: Client) -> None:
    newcomer = person("新人", "new", must_change_password=True)
    client.force_login(newcomer)
    assert client.get("/settings/samples/").headers["Location"] == CHOOSE
    page = client.get(CHOOSE)
    assert page.status_code == 200
    assert "请先换成自己的" in page.content.decode()
    own = "my own long password"
    answer = client.post(CHOOSE, {"oldpassword": PASSWORD, "password1": own, "password2": own})
    assert answer.headers["Location"] == "/"
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password
    assert newcomer.check_password(own)
    assert client.get("/settings/samples/").status_code == 200
