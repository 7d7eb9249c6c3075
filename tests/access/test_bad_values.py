"""Whatever a form or an address says that nobody would: it is answered with a page, never with an error of ours."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.access.stage import Stage
from tests.access.table import TABLE, Route
from tests.access.test_routes import enter, expected
from tests.access.visits import SENT, address

VALUES = {
    "a figure of another script": "²",
    "more figures than any number has": "9" * 5000,
    "a number without end": "1e999999999",
    "a number too small to be written": "-1e-999999999",
    "no number": "NaN",
    "the first day there is": "0001-01-01",
    "the last day there is": "9999-12-31",
    "the day before it": "9999-12-30",
    "no day": "2026-13-45",
    "a moment at the edge": "0001-01-01T00:00",
    "spaces": "   ",
    "a word too long for any column": "长" * 3000,
    "a name of somebody else's": "11111111-1111-4111-8111-111111111111",
}
AT_THE_DATABASE = {"a word too long for any column", "a number without end", "the last day there is", "spaces"}
TRIED = {what: value for what, value in VALUES.items() if connection.vendor == "sqlite" or what in AT_THE_DATABASE}
"""What no form has to catch for SQLite to take it, PostgreSQL may refuse; the rest never comes so far."""
NAMED = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
KEPT = {"csrfmiddlewaretoken", "_form", "_key", "_version", "_for", "next", "password", "step"}
"""What says which form it is, and who signs: otherwise nothing else of it would be looked at."""
ASKED = (
    "after",
    "before",
    "page",
    "pages",
    "sort",
    "view",
    "q",
    "from",
    "to",
    "day",
    "kind",
    "chosen",
    "draft",
    "format",
)
FITTING = {
    "count": ("a figure of another script", "more figures than any number has", "a number without end"),
    "number": (
        "more figures than any number has",
        "a number without end",
        "a number too small to be written",
        "no number",
    ),
    "day": ("the first day there is", "the last day there is", "the day before it", "no day", "a moment at the edge"),
    "text": ("spaces", "a word too long for any column"),
}
"""What is tried in a field by itself; everything else in all fields at once."""
DAY, NUMBER = re.compile(r"\d{4}-\d\d-\d\d.*"), re.compile(r"[\d,.%]+")
CARRIED = ("a word too long for any column", "more figures than any number has", "a figure of another script")
IN_ADDRESSES = (*CARRIED, "a number without end", "the first day there is", "the last day there is")
CURSORS = {
    "lists in lists": "[" * 5000,
    "a moment beyond": '["9999-12-31T23:59:59-14:00", "11111111-1111-4111-8111-111111111111"]',
    "a moment before": '["0001-01-01T00:00:00+14:00", "11111111-1111-4111-8111-111111111111"]',
    "a number without end": '["1e999999999", "11111111-1111-4111-8111-111111111111"]',
    "a sign that no database keeps": '["\\u0000", "11111111-1111-4111-8111-111111111111"]',
    "no list": "7",
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def test_a_form_is_answered_whatever_it_says(stage: Stage) -> None:
    wrong = [
        f"{route.name}, {what}: {found.status_code}"
        for route in posted()
        for what, said in wrongly(route, stage)
        if (found := answer(stage, route, said)).status_code >= 500
    ]
    assert not wrong, "\n".join(wrong)


def test_an_address_is_answered_whatever_it_asks(stage: Stage) -> None:
    wrong = [
        f"{route.name}, {what}: {found.status_code}"
        for route in TABLE.routes.values()
        if "GET" in route.methods and (role := someone(route, "GET"))
        for what, query in queries(route, stage, role)
        if (found := visit(stage, route, role, query)).status_code >= 500
    ]
    assert not wrong, "\n".join(wrong)


def posted() -> Iterator[Route]:
    """The routes of which it is known what a form sends there, and which somebody may open."""
    return (route for name, route in TABLE.routes.items() if name in SENT and someone(route, "POST"))


def someone(route: Route, method: str) -> str:
    """Whoever comes first of those that a route answers on their own order; nobody: empty."""
    roles = (role for role in TABLE.roles if method in route.methods)
    return next((role for role in roles if expected(route, method, role, "own") == "open"), "")


def wrongly(route: Route, stage: Stage) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a form sends with one field that says something else, then with all of them."""
    right = {name: value for name, value in SENT[route.name](stage.sides["own"]).items() if isinstance(value, str)}
    shown = fields(route, stage) - KEPT
    for what, value in TRIED.items():
        for name in right.keys() - KEPT:
            if what in FITTING[kind_of(name, right[name])]:
                yield f"{name} is {what}", right | {name: value}
        yield f"everything is {what}", right | dict.fromkeys(shown, value)
        if what in CARRIED:
            yield f"what it carries is {what}", right | dict.fromkeys(("_key", "_version", "_form"), value)


def kind_of(name: str, value: str) -> str:
    """What a field holds, by what it is sent when nothing is wrong."""
    if name.endswith("-rows"):
        return "count"
    if DAY.fullmatch(value):
        return "day"
    return "number" if NUMBER.fullmatch(value) else "text"


def fields(route: Route, stage: Stage) -> frozenset[str]:
    """The names of all fields of the page of a form."""
    if "GET" not in route.methods:
        return frozenset()
    return frozenset(NAMED.findall(visit(stage, route, someone(route, "GET"), {}).content.decode(errors="replace")))


def queries(route: Route, stage: Stage, role: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What an address may ask, one thing at a time and everything at once."""
    shown = visit(stage, route, role, {})
    if shown.status_code != 200 or "text/html" not in shown.headers.get("content-type", ""):
        return
    asked = {*ASKED, *NAMED.findall(shown.content.decode())} - KEPT
    for what in IN_ADDRESSES:
        yield f"everything is {what}", dict.fromkeys(asked, VALUES[what])
    if "after=" in shown.content.decode() or "list" in route.name:
        for what, cursor in CURSORS.items():
            written = base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")
            yield f"after is {what}", {"after": written}
            yield f"before is {what}", {"before": written}


def answer(stage: Stage, route: Route, said: dict[str, Any]) -> Any:
    """What comes of a form; whatever it changed is taken back."""
    with transaction.atomic():
        client = tolerant(someone(route, "POST"))
        found = client.post(address(route.name, stage, "own"), said)
        transaction.set_rollback(True)
    return found


def visit(stage: Stage, route: Route, role: str, query: dict[str, str]) -> Any:
    """A page as somebody asks for it; what it noted is taken back."""
    with transaction.atomic():
        found = tolerant(role).get(address(route.name, stage, "own"), query)
        if found.streaming:
            b"".join(found.streaming_content)
        transaction.set_rollback(True)
    return found


def tolerant(role: str) -> Client:
    """A browser that is shown our errors as people are."""
    client = enter(role)
    client.raise_request_exception = False
    return client
