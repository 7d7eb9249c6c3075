"""Signing in and out, what is written down of it, and ending the sign-ins of oneself and of others."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from aftersign.kernel.access import sessions
from aftersign.kernel.access.models import AuditEntry, SignIn
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.sign_ins import device_in_words
from aftersign.kernel.shell.tests.people import PASSWORD, company, person

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50"
MINE = "/accounts/sign-ins/"


@pytest.fixture(autouse=True)
def _company() -> None:
    company()


def browser(who: Person, device: str = FIREFOX, password: str = PASSWORD) -> Client:
    """Somebody's browser after the sign-in."""
    client = Client(headers={"User-Agent": device})
    client.post("/accounts/login/", {"login": who.account, "password": password})
    return client


def events(**which: Any) -> list[str]:
    return list(AuditEntry.objects.filter(**which).order_by("id").values_list("event", flat=True))


def test_a_sign_in_has_a_new_key_and_is_written_down() -> None:
    client, lin = Client(headers={"User-Agent": FIREFOX}), person(account="lin")
    client.post("/me/preferences/", {"language": "en"})
    before = client.cookies["sessionid"].value
    client.post("/accounts/login/", {"login": "lin", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert not SignIn.objects.filter(session_key=before).exists()
    line = AuditEntry.objects.get()
    assert (line.event, line.person, line.about, line.address) == ("signed_in", lin, lin, "127.0.0.1")
    assert line.device == FIREFOX
    assert line.request_id


def test_a_failed_one_names_the_account_that_is_known_and_repeats_nothing_that_was_typed() -> None:
    lin = person(account="lin")
    browser(lin, password="wrong password 1")
    Client().post("/accounts/login/", {"login": "my-secret-typed-here", "password": "x"})
    first, second = AuditEntry.objects.order_by("id")
    assert (first.event, first.person, first.about) == ("sign_in_failed", None, lin)
    assert (second.event, second.person, second.about, second.subject) == ("sign_in_failed", None, None, "")
    assert "my-secret" not in "".join(str(value) for value in AuditEntry.objects.values_list())


def test_a_sign_out_is_written_down() -> None:
    lin = person(account="lin")
    browser(lin).post("/accounts/logout/")
    assert events(about=lin) == ["signed_in", "signed_out"]
    assert not sessions.running(lin).exists()


def test_attempts_are_limited_by_account_and_by_address_with_a_sentence() -> None:
    lin = person(account="lin")
    for _turn in range(5):
        browser(lin, password="wrong password 1")
    found = Client().post("/accounts/login/", {"login": "lin", "password": PASSWORD}, headers={"Accept-Language": "en"})
    assert re.search(r"Too many wrong passwords.*\d\d:\d\d", found.content.decode())
    assert "_auth_user_id" not in found.client.session
    cache.clear()
    for number in range(10):
        Client().post("/accounts/login/", {"login": f"nobody{number}", "password": "x"})
    assert "_auth_user_id" not in browser(lin).session
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    elsewhere.post("/accounts/login/", {"login": "lin", "password": PASSWORD})
    assert elsewhere.session["_auth_user_id"] == str(lin.pk)


def test_the_limits_are_counted_in_the_database_that_all_processes_share() -> None:
    from aftersign.project import settings as installed

    assert installed.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_the_page_shows_each_sign_in_and_says_which_one_this_is() -> None:
    lin = person(account="lin", language="en")
    here = browser(lin)
    browser(lin, device=PHONE)
    page = here.get(MINE).content.decode()
    assert "Firefox · Windows" in page
    assert "WeChat · iOS" in page
    assert page.count("this one") == 1
    keys = [each.session_key for each in sessions.running(lin)]
    assert not [key for key in keys if key in page]


def test_ending_one_and_ending_all_others() -> None:
    lin = person(account="lin")
    here, phone, tablet = browser(lin), browser(lin, PHONE), browser(lin)
    [row] = sessions.running(lin).filter(session_key=phone.session.session_key)
    assert here.post("/me/sign-ins/end/", {"sign_in": row.mark}).status_code == HTTPStatus.SEE_OTHER
    assert phone.get("/me/").status_code == HTTPStatus.FOUND
    assert tablet.get("/me/").status_code == HTTPStatus.OK
    here.post("/me/sign-ins/end/")
    assert tablet.get("/me/").status_code == HTTPStatus.FOUND
    assert here.get("/me/").status_code == HTTPStatus.OK
    assert events(event="sign_ins_ended") == ["sign_ins_ended"] * 2


def test_nobody_ends_those_of_others() -> None:
    lin, wang = person(account="lin"), person("王启明", "wang")
    here, theirs = browser(lin), browser(wang)
    [row] = sessions.running(wang)
    here.post("/me/sign-ins/end/", {"sign_in": row.mark})
    assert here.post(f"/settings/people/{wang.pk}/sign-ins/end/").status_code == HTTPStatus.FORBIDDEN
    assert here.get(f"/settings/people/{wang.pk}/sign-ins/").status_code == HTTPStatus.FORBIDDEN
    assert theirs.get("/me/").status_code == HTTPStatus.OK


def test_an_administrator_ends_those_of_somebody() -> None:
    lin, admin = person(account="lin"), person("管理员", "admin", is_administrator=True)
    theirs, boss = browser(lin), browser(admin)
    page = boss.get(f"/settings/people/{lin.pk}/sign-ins/").content.decode()
    assert "Firefox · Windows" in page
    boss.post(f"/settings/people/{lin.pk}/sign-ins/end/")
    assert theirs.get("/me/").status_code == HTTPStatus.FOUND
    line = AuditEntry.objects.get(event="sign_ins_ended")
    assert (line.person, line.about, line.subject) == (admin, lin, "1")


def test_another_password_ends_all_other_sign_ins() -> None:
    lin = person(account="lin")
    here, there = browser(lin), browser(lin, PHONE)
    before = here.session.session_key
    new = {"oldpassword": PASSWORD, "password1": "湖边的旧船今年修好了", "password2": "湖边的旧船今年修好了"}
    assert here.post("/accounts/password/change/", new).status_code == HTTPStatus.FOUND
    assert here.get("/me/").status_code == HTTPStatus.OK
    assert here.session.session_key != before
    assert there.get("/me/").status_code == HTTPStatus.FOUND
    assert [each.session_key for each in sessions.running(lin)] == [here.session.session_key]
    assert "password_changed" in events(about=lin)


def test_whoever_is_led_to_choose_a_password_gets_no_further(django_assert_max_num_queries: Any) -> None:
    lin = person(account="lin", must_change_password=True)
    assert browser(lin).get(MINE)["Location"] == "/accounts/password/change/"


def test_a_page_in_use_writes_nothing_for_minutes(django_assert_num_queries: Any) -> None:
    here = browser(person(account="lin"))
    here.get(MINE)
    with django_assert_num_queries(7) as asked:
        here.get(MINE)
    assert {each["sql"].partition(" ")[0] for each in asked.captured_queries} == {"SELECT"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox · Windows"),
        (PHONE, "WeChat · iOS"),
        ("curl/8.5", "curl/8.5"),
        ("", "—"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_a_device_in_words(said: str, words: str) -> None:
    assert device_in_words(said) == words


def test_an_address_is_taken_from_the_web_server_in_front_only_when_it_is_trusted(settings: Any) -> None:
    lin = person(account="lin")
    passed = {"X-Forwarded-For": "6.6.6.6, 10.0.0.7"}
    for trusted, address in ((0, "127.0.0.1"), (1, "10.0.0.7"), (3, "127.0.0.1")):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
        Client(headers=passed).post("/accounts/login/", {"login": "lin", "password": PASSWORD})
        assert AuditEntry.objects.filter(about=lin).latest("id").address == address
