"""Tokens in the browser: made by oneself with the password, shown once, seen and revoked by administrators."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aftersign.kernel.access import tokens
from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Company, Person, Token
from aftersign.kernel.shell.dates import today
from aftersign.kernel.shell.token_pages import MOST, WORDS

MINE, ALL = "/me/tokens/", "/settings/tokens/"
PASSWORD = "a long enough password"


@pytest.fixture
def person(db: None) -> Person:
    Company.objects.create(name="海川")
    made = Person(account="wumin", name="吴敏" * 30)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def own(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def keeper(person: Person) -> Client:
    """An administrator's browser."""
    browser = Client()
    browser.force_login(Person.objects.create(account="guanli", name="管理", is_administrator=True))
    return browser


def said(**more: Any) -> dict[str, Any]:
    until = (today() + timedelta(days=30)).isoformat()
    return {"name": "ERP", "scopes": ["orders:read"], "until": until, "password": PASSWORD, **more}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_token_is_made_and_shown_once(own: Client, person: Person) -> None:
    began = now()
    answer = own.post(MINE, said())
    found = re.search(r"<code>(aftersign_[^<]+)</code>", answer.content.decode())
    assert found is not None
    assert answer.headers["Cache-Control"] == "no-store"
    token = tokens.held(found[1])
    assert token is not None
    assert (token.person, token.scopes, token.name) == (person, ["orders:read"], "ERP")
    assert token.expires_at > began + timedelta(days=30)
    page = own.get(MINE)
    assert found[1] not in page.content.decode()
    assert "ERP" in text(page)
    note = AuditEntry.objects.get(event=Event.TOKEN_MADE)
    assert (note.person, note.about) == (person, person)
    assert found[1] not in note.subject


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "not the password"},
        {"name": ""},
        {"name": "长" * 61},
        {"scopes": ["all:everything"]},
        {"until": "2001-01-01"},
        {"until": "2999-01-01"},
    ],
)
def test_a_mistake_makes_none(own: Client, wrong: dict[str, Any]) -> None:
    answer = own.post(MINE, said(**wrong))
    assert answer.status_code == 422
    assert PASSWORD not in answer.content.decode()
    assert not Token.objects.exists()


def test_there_are_not_too_many(own: Client, person: Person) -> None:
    for number in range(MOST):
        tokens.make(person, name=str(number), scopes=(), expires_at=now() + timedelta(days=1))
    assert own.post(MINE, said()).status_code == 422
    assert Token.objects.count() == MOST


def test_one_revokes_only_ones_own(own: Client, person: Person, keeper: Client) -> None:
    mine, _text = tokens.make(person, name="a", scopes=(), expires_at=now() + timedelta(days=1))
    other = Person.objects.get(account="guanli")
    theirs, secret = tokens.make(other, name="b", scopes=(), expires_at=now() + timedelta(days=1))
    for token in (mine, theirs):
        assert own.post(f"{MINE}revoke/", {"token": str(token.pk)}).status_code == 303
    assert own.post(f"{MINE}revoke/", {"token": "nonsense"}).status_code == 303
    assert [row.pk for row in tokens.running()] == [theirs.pk]
    assert own.post(f"{ALL}revoke/", {"token": str(theirs.pk)}).status_code == 403
    assert tokens.held(secret) is not None


def test_administrators_see_and_revoke_everybodys(own: Client, person: Person, keeper: Client) -> None:
    made, secret = tokens.make(person, name="ERP", scopes=["orders:read"], expires_at=now() + timedelta(days=1))
    assert own.get(ALL).status_code == 403
    page = keeper.get(ALL)
    assert "吴敏" in text(page)
    assert "ERP" in text(page)
    assert secret not in page.content.decode()
    assert keeper.post(f"{ALL}revoke/", {"token": str(made.pk)}).status_code == 303
    assert tokens.held(secret) is None
    note = AuditEntry.objects.get(event=Event.TOKEN_REVOKED)
    assert (note.person, note.about) == (Person.objects.get(account="guanli"), person)


def test_ten_thousand_tokens_in_three_languages(own: Client, person: Person, keeper: Client) -> None:
    Token.objects.bulk_create(
        Token(person=person, name="长" * 60, digest=str(number), made_at=now(), expires_at=now() + timedelta(days=1))
        for number in range(10_000)
    )
    for language in ("zh-hans", "zh-hant", "en"):
        Person.objects.update(language=language)
        answer = keeper.get(ALL)
        assert answer.status_code == 200
        assert len(answer.content) < 1_000_000
    assert "10000" in text(keeper.get(ALL))


def test_every_scope_has_words() -> None:
    assert set(WORDS) == set(tokens.SCOPES)
