"""Every route, called by every role on its own and on a foreign order, answers as the access table says."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Deputyship, Person
from tests.access.stage import DEPUTY, PEOPLE, Stage, play
from tests.access.table import SIDES, TABLE, Route
from tests.access.visits import API, SENT, address, names

OUTSIDE = ("stranger", "disabled", "left")
METHODS = ("GET", "POST")
DEPUTIES = ("seller", "project_head", "records", "general_manager", "auditor", "administrator")
ON_BOTH = ("seller", "general_manager")
"""Whose rights are tried on both databases: what asks for them is the same for all."""
DONE = (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.NO_CONTENT, HTTPStatus.UNPROCESSABLE_ENTITY)


def each_or_on_one_database(roles: Iterable[str]) -> list[Any]:
    """All roles, most of them to be tried on SQLite alone."""
    return [role if role in ON_BOTH else pytest.param(role, marks=pytest.mark.sight) for role in roles]


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")


def test_every_route_has_a_line_and_every_line_a_route() -> None:
    known = {name for name in names() if not name.startswith(API)}
    lacking, void = sorted(known - TABLE.routes.keys()), sorted(TABLE.routes.keys() - known)
    assert not lacking, f"docs/guide/access.toml does not say who may open {', '.join(lacking)}."
    assert not void, f"docs/guide/access.toml speaks of routes that are not there: {', '.join(void)}."


def test_strangers_reach_the_sign_in_and_the_choice_of_language_alone() -> None:
    open_to_all = {name for name, route in TABLE.routes.items() if "anybody" in route.methods.values()}
    assert open_to_all == {"account_login", "account_inactive", "shell:preferences"}


@pytest.mark.parametrize("role", each_or_on_one_database(TABLE.roles))
def test_a_role_finds_what_the_table_says(stage: Stage, role: str) -> None:
    wrong = [
        f"{role}, {side}, {method} {route.name}: {found} where {expected(route, method, role, side)} was to come"
        for route in TABLE.routes.values()
        for method in route.methods
        for side in sides(stage, route, method)
        if (found := answer(stage, role, route, method, side)) != expected(route, method, role, side)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["seller", "general_manager", "administrator"])
def test_what_a_route_does_not_offer_it_offers_to_nobody(stage: Stage, role: str) -> None:
    """Who may is asked after what may be done, by the same words for all."""
    offered = [
        f"{role}, {method} {route.name}: {found}"
        for route in TABLE.routes.values()
        for method in METHODS
        if method not in route.methods and (found := answer(stage, role, route, method, "own")) != "not offered"
    ]
    assert not offered, "\n".join(offered)


def sides(stage: Stage, route: Route, method: str) -> Iterable[str]:
    """On whose order a route is called; once where the order plays no part."""
    own, foreign = (address(route.name, stage, side) for side in SIDES)
    return SIDES[:1] if own == foreign and (method == "GET" or route.name not in SENT) else SIDES


@pytest.mark.parametrize("role", each_or_on_one_database(DEPUTIES))
def test_a_deputy_finds_what_whoever_they_act_for_finds(stage: Stage, role: str) -> None:
    name_deputy(role)
    wrong = [
        f"for the {role}, {side}, {route.name}: {found} where {expected(route, 'GET', role, side)} was to come"
        for route in TABLE.routes.values()
        for side in sides(stage, route, "GET")
        if "GET" in route.methods
        if (found := answer(stage, DEPUTY, route, "GET", side)) != expected(route, "GET", role, side)
    ]
    assert not wrong, "\n".join(wrong)


def name_deputy(role: str) -> None:
    """Let somebody without a role act for the person who plays one, today."""
    day, people = localtime(now()).date(), {each.account: each for each in Person.objects.all()}
    Deputyship.objects.create(person=people[PEOPLE[role]], deputy=people[DEPUTY], from_on=day, until=day)


def expected(route: Route, method: str, role: str, side: str) -> str:
    """What the table promises of a method that is offered: the sign-in, open, refused or hidden."""
    if role in OUTSIDE and route.group != "anybody":
        return "sign-in"
    if TABLE.may(route.methods[method], role, side):
        return "open"
    return "refused" if TABLE.may(route.group, role, side) else "hidden"


def answer(stage: Stage, role: str, route: Route, method: str, side: str) -> str:
    """What really comes; whatever the request changed is taken back."""
    with transaction.atomic():
        client = enter(role)
        before = Entry.objects.count()
        to = address(route.name, stage, side)
        if method == "GET":
            found = client.get(to)
        else:
            found = client.post(to, SENT[route.name](stage.sides[side]) if route.name in SENT else {})
        word = in_a_word(found, role, stated=Entry.objects.count() > before, takes=route.name == "take")
        transaction.set_rollback(True)
    return word


def enter(role: str) -> Client:
    """A browser of the role; whoever is disabled or has left signed in before that."""
    client = Client()
    if role == DEPUTY:
        client.force_login(Person.objects.get(account=DEPUTY))
        client.post(reverse("shell:act_for"), {"for": str(Deputyship.objects.get(deputy__account=DEPUTY).person_id)})
    elif role != "stranger":
        client.force_login(Person.objects.get(account=PEOPLE[role]))
        play(role)
    return client


def in_a_word(found: Any, role: str, *, stated: bool, takes: bool) -> str:
    """An answer as the table speaks of it. Taking a duty tells a refusal on the next page."""
    status, to = found.status_code, found.get("Location", "")
    if status == HTTPStatus.FOUND and to.startswith(reverse(settings.LOGIN_URL)) and role in OUTSIDE:
        return "sign-in"
    words = {HTTPStatus.NOT_FOUND: "hidden", HTTPStatus.METHOD_NOT_ALLOWED: "not offered"}
    if stated and status not in DONE:
        return f"{status}, and yet something was stated"
    if status == HTTPStatus.FORBIDDEN or (takes and status == HTTPStatus.FOUND and not stated):
        return "refused"
    return "open" if status in DONE else words.get(status, str(status))
