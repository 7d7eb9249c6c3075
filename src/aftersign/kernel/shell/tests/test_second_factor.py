"""The second factor: set up, asked for, kept from being used twice, lost, reset, and taken for a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.test import Client

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.models import AuditEntry
from aftersign.kernel.acts.refusals import Forbidden
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import identity, second_factor
from aftersign.kernel.shell.tests.authenticator import code_of
from aftersign.kernel.shell.tests.people import PASSWORD, company, person, request
from aftersign.kernel.shell.tests.test_sign_ins import browser, events

pytestmark = pytest.mark.django_db(transaction=True)
SET_UP, CODE, OFF, CODES = "/accounts/2fa/set-up/", "/accounts/2fa/code/", "/accounts/2fa/off/", "/accounts/2fa/codes/"
MIDDLE = "2026-09-07 02:00:10+00:00"
"""Ten seconds into a half minute, so that no test runs over its end."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of which no two codes around that time are alike, and none is 000000."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    company()
    with time_machine.travel(MIDDLE, tick=False) as traveller:
        yield traveller


def with_factor(account: str = "lin", **more: Any) -> tuple[Person, str]:
    """Somebody with a second factor, and its secret."""
    made = person(account=account, **more)
    TOTP.activate(made, SECRET)
    return made, SECRET


def proven(client: Client) -> Client:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == HTTPStatus.OK


def test_setting_it_up_asks_for_the_password_and_for_a_code_that_fits() -> None:
    lin = person(account="lin", language="en")
    client = browser(lin)
    assert client.get(SET_UP)["Location"].startswith("/accounts/reauthenticate/")
    page = proven(client).get(SET_UP).content.decode()
    [secret] = re.findall(r'<span class="secret n">([A-Z2-7]{32})</span>', page)
    assert "<svg" in page
    assert "style=" not in page
    refused = client.post(SET_UP, {"code": "000000"})
    assert "This code does not fit" in refused.content.decode()
    assert not Authenticator.objects.exists()
    assert client.post(SET_UP, {"code": code_of(secret)})["Location"] == CODES
    assert second_factor.is_set_up(Person.objects.get())
    assert "factor_set_up" in events(about=lin)


def test_a_secret_stands_nowhere_in_the_clear() -> None:
    lin, secret = with_factor()
    kept = Authenticator.objects.get(user=lin).data["secret"]
    assert secret not in kept
    assert second_factor.Adapter().decrypt(kept) == secret


def test_with_another_key_of_the_installation_no_code_fits_and_nothing_breaks(settings: Any) -> None:
    lin, secret = with_factor()
    settings.SECRET_KEY = "another key"
    client = browser(lin)
    assert client.post(CODE, {"code": code_of(secret)}).status_code == HTTPStatus.OK
    assert not is_in(client)


def test_recovery_codes_are_shown_once_and_can_be_kept() -> None:
    lin, _secret = with_factor(language="en")
    client = proven(browser_with_code(lin, _secret))
    client.post(f"{CODES}new/")
    first = client.get(CODES).content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", first)
    assert len(set(codes)) == 10
    assert f"{codes[0]}%0D%0A{codes[1]}" in first
    second = client.get(CODES).content.decode()
    assert not [each for each in codes if each in second]
    assert "10 codes are left" in second


def browser_with_code(who: Person, secret: str, ahead: int = 0) -> Client:
    client = browser(who)
    assert not is_in(client)
    client.post(CODE, {"code": code_of(secret, ahead)})
    return client


def test_the_password_alone_lets_nobody_in_who_has_set_it_up() -> None:
    lin, secret = with_factor()
    client = browser(lin)
    assert client.get("/").status_code == HTTPStatus.FOUND
    assert not is_in(client)
    assert "signed_in" not in events()
    assert is_in(browser_with_code(lin, secret))
    assert events() == ["signed_in"]


def test_a_code_holds_half_a_minute_longer_on_both_sides_and_no_more() -> None:
    lin, secret = with_factor()
    assert is_in(browser_with_code(lin, secret, -1))
    assert is_in(browser_with_code(lin, secret, 1))
    assert not is_in(browser_with_code(lin, secret, 2))


def test_a_code_opens_nothing_twice_not_even_a_minute_later(clock: time_machine.Traveller) -> None:
    lin, secret = with_factor()
    code = code_of(secret, 1)
    assert is_in(browser_with_code(lin, secret, 1))
    clock.shift(45)
    client = browser(lin)
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_wrong_codes_are_written_down_and_lock() -> None:
    lin, secret = with_factor(language="en")
    client = browser(lin)
    for _turn in range(5):
        client.post(CODE, {"code": "000000"})
    found = client.post(CODE, {"code": code_of(secret)}, headers={"Accept-Language": "en"}).content.decode()
    assert "Too many attempts" in found
    assert not is_in(client)
    assert events(about=lin) == ["sign_in_failed"] * 5
    assert set(AuditEntry.objects.values_list("subject", flat=True)) == {"totp"}


def test_a_recovery_code_lets_in_once() -> None:
    lin, secret = with_factor()
    proven(client := browser_with_code(lin, secret)).post(f"{CODES}new/")
    code = re.findall(r"<li>(\d{8})</li>", client.get(CODES).content.decode())[0]
    first, second = browser(lin), browser(lin)
    first.post(CODE, {"code": code})
    assert is_in(first)
    second.post(CODE, {"code": code})
    assert not is_in(second)
    assert events(event="code_used", about=lin) == ["code_used"]
    assert second_factor.recovery_codes_left(lin) == 9


def test_it_is_switched_off_with_the_password() -> None:
    lin, secret = with_factor()
    client = browser_with_code(lin, secret)
    assert client.post(OFF)["Location"].startswith("/accounts/reauthenticate/")
    assert second_factor.is_set_up(lin)
    proven(client).post(OFF)
    assert not second_factor.is_set_up(lin)
    assert is_in(browser(lin))
    assert "factor_off" in events(about=lin)


@pytest.mark.parametrize(
    ("wanted", "is_administrator", "asked"),
    [
        ("optional", True, False),
        ("administrators", False, False),
        ("administrators", True, True),
        ("everyone", False, True),
    ],
)
def test_a_company_may_ask_for_it(settings: Any, wanted: str, is_administrator: bool, asked: bool) -> None:
    settings.SECOND_FACTOR = wanted
    client = browser(person(account="lin", is_administrator=is_administrator))
    found = client.get("/settings/")
    assert (found.status_code == HTTPStatus.FOUND and found["Location"] == SET_UP) is asked
    assert client.post("/me/preferences/", {"language": "en"})["Location"] == "/"
    assert client.post("/accounts/logout/").status_code == HTTPStatus.FOUND


def test_where_it_is_asked_for_nobody_switches_it_off(settings: Any) -> None:
    settings.SECOND_FACTOR = "everyone"
    lin, secret = with_factor(language="en")
    client = proven(browser_with_code(lin, secret))
    assert is_in(client)
    assert "Your company asks for a second factor" in client.get(OFF).content.decode()
    client.post(OFF)
    assert second_factor.is_set_up(lin)


def test_an_administrator_resets_it_and_that_is_written_down() -> None:
    (lin, secret), admin = with_factor(), person("管理员", "admin", is_administrator=True)
    theirs, boss = browser_with_code(lin, secret), browser(admin)
    boss.post(f"/settings/people/{lin.pk}/second-factor/reset/")
    assert not second_factor.is_set_up(lin)
    assert not is_in(theirs)
    assert is_in(browser(lin))
    line = AuditEntry.objects.get(event="factor_reset")
    assert (line.person, line.about) == (admin, lin)


def test_nobody_else_resets_it_and_nobody_their_own() -> None:
    lin, _secret = with_factor(is_administrator=True)
    wang = person("王启明", "wang")
    for by in (wang, lin):
        with pytest.raises(Forbidden):
            second_factor.reset(lin, by=Actor("person", person=by))
    assert browser(wang).post(f"/settings/people/{lin.pk}/second-factor/reset/").status_code == HTTPStatus.FORBIDDEN
    assert second_factor.is_set_up(lin)


def proof(who: Person, secret: str) -> str:
    asked = request(who, data={})
    asked.user = who
    with context.request_context(asked):
        return identity.prove(asked, secret)


def refused(who: Person, secret: str) -> str:
    with pytest.raises(ValidationError) as said:
        proof(who, secret)
    return str(said.value.code)


def test_whoever_sits_there_proves_it_by_password_or_code() -> None:
    lin, secret = with_factor()
    assert proof(lin, PASSWORD) == identity.PASSWORD
    assert refused(lin, "wrong password 1") == "wrong"
    assert proof(lin, f" {code_of(secret)} ") == identity.SECOND_FACTOR
    assert refused(lin, code_of(secret)) == "incorrect_code"
    assert events() == ["confirmation_failed"] * 2


def test_without_a_second_factor_six_digits_prove_nothing() -> None:
    assert refused(person(account="lin"), "123456") == "wrong"


def test_failing_to_prove_it_locks() -> None:
    lin, secret = with_factor()
    for _turn in range(5):
        assert refused(lin, "000000") == "incorrect_code"
    assert refused(lin, code_of(secret)) != "incorrect_code"
    assert proof(lin, PASSWORD) == identity.PASSWORD
