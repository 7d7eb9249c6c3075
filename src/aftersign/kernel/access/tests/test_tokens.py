"""Tokens open what they were made for, as long as they run and their person works here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from aftersign.kernel.access import tokens
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org.models import Person, Token

pytestmark = pytest.mark.django_db


def made(**said: object) -> tuple[Token, str]:
    """A token of somebody for a day."""
    person = Person.objects.create(account="wumin", name="吴敏")
    values = {"name": "ERP", "scopes": (), "expires_at": now() + timedelta(days=1)} | said
    return tokens.make(person, **values)  # type: ignore[arg-type]


def left(token: Token) -> None:
    Person.objects.update(left_on=date(2026, 9, 1))


def disabled(token: Token) -> None:
    Person.objects.update(is_active=False)


@pytest.mark.parametrize("end", [left, disabled, tokens.revoke])
def test_it_opens_nothing_once_it_or_its_person_has_ended(end: Callable[[Token], object]) -> None:
    token, text = made()
    assert tokens.held(text) == token
    end(token)
    assert tokens.held(text) is None


def test_it_expires() -> None:
    token, text = made()
    with frozen(token.expires_at - timedelta(seconds=1)):
        assert tokens.held(text) == token
    with frozen(token.expires_at):
        assert tokens.held(text) is None


def test_another_text_opens_nothing() -> None:
    token, text = made()
    assert [tokens.held(each) for each in ("", token.digest, text[:-1], "\udcff\x00")] == [None] * 4


def test_its_use_is_noted_once_an_hour() -> None:
    token, text = made()
    began = now()
    for minutes, noted in ((0, 0), (59, 0), (60, 60)):
        with frozen(began + timedelta(minutes=minutes)):
            tokens.held(text)
        token.refresh_from_db()
        assert token.used_at == began + timedelta(minutes=noted)


def test_without_scopes_it_opens_everything() -> None:
    whole, part = Token(scopes=[]), Token(scopes=["orders:read"])
    assert all(tokens.opens(whole, each) for each in tokens.SCOPES)
    assert [each for each in tokens.SCOPES if tokens.opens(part, each)] == ["orders:read"]


def test_a_scope_that_is_none_makes_no_token() -> None:
    with pytest.raises(ValueError, match="orders:burn"):
        made(scopes=("orders:burn",))
    assert not Token.objects.exists()
