"""At the door: who is not known, what a token was made for, how often it may ask, and no HTML whatever is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aftersign.api.tests.program import V1, Program
from aftersign.kernel.access import tokens
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org.models import Person, Token
from aftersign.kernel.shell.api import limits
from tests.firm import Firm

PROBLEM = "application/problem+json"


def test_strangers_are_told_how_to_come_in(firm: Firm) -> None:
    for headers in ({}, {"Authorization": "Basic d3VtaW46eA=="}, {"Authorization": "Bearer"}):
        answer = Client().get(V1 + "/orders", headers=headers)
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, PROBLEM)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="AfterSign"'
    wrong = Client().get(V1 + "/orders", headers={"Authorization": "Bearer aftersign_x"})
    assert (wrong.status_code, 'error="invalid_token"' in wrong.headers["WWW-Authenticate"]) == (401, True)


def test_a_token_that_ran_out_or_was_revoked_opens_nothing(firm: Firm) -> None:
    program = Program("wumin")
    assert program.get("/orders").status_code == 200
    with frozen(now() + timedelta(days=2)):
        assert program.get("/orders").status_code == 401
    tokens.revoke(program.token)
    assert program.get("/orders").status_code == 401


def test_whoever_leaves_loses_this_door_too(firm: Firm) -> None:
    program = Program("wumin")
    Person.objects.filter(account="wumin").update(is_active=False)
    assert program.get("/token").status_code == 401


def test_a_token_opens_only_what_it_was_made_for(firm: Firm) -> None:
    program = Program("wumin", "facts:read")
    assert program.get("/facts").status_code == 200
    answer = program.get("/orders")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:aftersign:problem:scope")
    assert 'scope="orders:read"' in answer.headers["WWW-Authenticate"]
    shown = program.get("/token").json()
    assert (shown["person"]["account"], shown["scopes"]) == ("wumin", ["facts:read"])


def test_too_many_requests_wait(firm: Firm, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    monkeypatch.setattr("aftersign.kernel.shell.api.limits.time.time", lambda: 60_000_030.0)
    program, other = Program("wumin"), Program("lujian")
    answers = [program.get("/token") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert (answers[-1].headers["Retry-After"], answers[-1].headers["Content-Type"]) == ("30", PROBLEM)
    assert other.get("/token").status_code == 200
    limits._counts.clear()  # another process, that has counted nothing of its own yet
    assert program.get("/token").status_code == 429
    monkeypatch.setattr("aftersign.kernel.shell.api.limits.time.time", lambda: 60_000_060.0)
    assert program.get("/token").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/", 404),
        ("get", "/api/v1", 404),
        ("post", "/api/v1/nothing/here", 404),
        ("get", "/api/v1/orders/", 404),
        ("delete", "/api/v1/orders", 405),
        ("get", "/api/v1/orders/%00", 400),
        ("get", "/api/v1/orders?stage=%00", 400),
        ("get", "/api/v1/orders/SO-1999-0001", 404),
        ("get", "/api/v1/duties/no-id", 404),
    ],
)
def test_nothing_is_answered_with_a_page(firm: Firm, method: str, path: str, status: int) -> None:
    program = Program("chenli")
    headers = {"Authorization": f"Bearer {program.text}", "Accept": "text/html"}
    answer = getattr(Client(), method)(path, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '{"title": "\\ud800"}', "\udcff"])
def test_a_body_that_cannot_be_read_is_a_problem(firm: Firm, body: str) -> None:
    program = Program("wumin")
    headers = {"Authorization": f"Bearer {program.text}"}
    sent = body.encode(errors="surrogateescape")
    answer = Client().generic("POST", V1 + "/orders", sent, "application/json", headers=headers)
    assert (answer.status_code in (400, 422), answer.headers["Content-Type"]) == (True, PROBLEM)


def test_a_body_that_is_too_large_is_a_problem(firm: Firm, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Program("wumin").post("/orders", {"title": "x" * 2000})
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, PROBLEM)


def test_problems_are_told_in_the_language_of_the_person_or_of_the_program(firm: Firm) -> None:
    program = Program("wumin")
    headers = {"Authorization": f"Bearer {program.text}", "Accept-Language": "en"}
    english = Client().get(V1 + "/orders/none", headers=headers)
    assert english.json()["title"] == "There is no such thing here"
    assert program.get("/orders/none").json()["title"] == "此处没有这一项"


def test_a_mistake_of_ours_is_a_problem_too(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program("wumin")
    monkeypatch.setattr(Token, "person", property(lambda token: 1 / 0), raising=False)
    answer = program.get("/token")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "division" not in answer.content.decode()
