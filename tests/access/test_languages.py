"""Every page in every language says nothing in another one: what is shown, what is refused, and what was just done."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from aftersign.desk.help import guide
from aftersign.kernel.clock import eras
from aftersign.kernel.org.models import Person
from aftersign.policy.editions import store
from tests.access.stage import PEOPLE, Stage
from tests.access.table import TABLE, Route
from tests.access.tongues import EXEMPT, TAGS, Reader, Tongue, entered, texts
from tests.access.visits import SENT, address
from tests.shape.languages import HAN

pytestmark = pytest.mark.sight
ROLES = ("seller", "general_manager", "auditor", "administrator")
"""Whose pages are read: who sells, who decides, who looks on, who administers."""

OTHERS = "other_seller", "project_manager", "project_head", "customer_service", "finance", "records", "policy_owner"
"""Who else is asked for what none of the four may do."""


OF_EVERYBODY = ("my-work", "orders:list", "compliance", "setup", "shell:settings", "help", "search", "general:people")
"""Pages that look different to each of the four."""

NEWCOMER = "xinren"
"""The account that a form of the table lists."""

COMMON_ERA = re.compile(r"(?<![\w-])20\d\d(?:-\d\d-\d\d| ?年)")
"""A day, or a year by itself, that is not counted from the founding of the Republic."""

CHOOSES = "shell:preferences"
"""The form that leads to a page in another language."""


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def speaking(stage: Stage, request: pytest.FixtureRequest) -> str:
    """Everybody reads in one language."""
    language: str = request.param
    Person.objects.update(language=language)
    return language


every_language = pytest.mark.parametrize("speaking", TAGS, indirect=True)


def client_of(role: str) -> Client:
    """The browser of whoever plays a role."""
    person = Person.objects.get(account=PEOPLE[role])
    client = Client(raise_request_exception=False, headers={"accept-language": person.language})
    client.force_login(person)
    return client


def said_by(answer: Any) -> str:
    """The text of an answer that people read in a browser; nothing of files."""
    return answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""


def told(tongue: Tongue, who: str, where: str, answer: Any) -> Iterator[str]:
    """What is wrong with an answer, and where it was found."""
    assert answer.status_code < 500, f"{who} {where}: {answer.status_code}"
    for fault in tongue.faults(said_by(answer)):
        yield f"{where}, {who}: {fault}"


@every_language
def test_every_page_is_in_the_readers_language(stage: Stage, speaking: str) -> None:
    """Each page is read by one who may open it and by one who may not, whatever everybody sees by all four."""
    tongue, clients = Tongue(speaking, entered()), {role: client_of(role) for role in ROLES}
    wrong = [
        fault
        for route in TABLE.routes.values()
        for role in readers(route)
        for fault in told(tongue, role, route.name, clients[role].get(address(route.name, stage, "own")))
    ]
    assert not wrong, "\n".join(wrong)


def readers(route: Route) -> list[str]:
    """Who reads a page."""
    if route.name in OF_EVERYBODY:
        return [*ROLES]
    may = {role: TABLE.may(route.methods["GET"], role, "own") for role in ROLES} if "GET" in route.methods else {}
    return list({answer: role for role, answer in reversed(may.items())}.values())


@every_language
def test_every_clause_and_every_page_of_the_guide_is_too(stage: Stage, speaking: str) -> None:
    tongue, client, rulebook = Tongue(speaking, entered()), client_of("auditor"), store.shown()
    assert rulebook is not None
    where = [reverse("clause", args=[number]) for number in rulebook.clauses]
    where += [reverse("help-page", args=[name]) for name in guide.pages() if name not in EXEMPT]
    wrong = [fault for each in where for fault in told(tongue, "auditor", each, client.get(each))]
    assert not wrong, "\n".join(wrong)


def test_whoever_counts_years_from_the_republic_reads_them_so_on_every_page(stage: Stage) -> None:
    """In what is said, not in fields, which browsers show in the way of their system, nor in samples of pages."""
    Person.objects.update(language="zh-hant", years=eras.ROC)
    clients = {role: client_of(role) for role in ROLES}
    wrong = []
    for route in (each for each in TABLE.routes.values() if each.name != "shell:samples"):
        for role in readers(route):
            reader = Reader("zh-Hant")
            reader.feed(said_by(clients[role].get(address(route.name, stage, "own"))))
            wrong += [
                f"{route.name}, {role}: {each.text[:120]}" for each in reader.said if COMMON_ERA.search(each.text)
            ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@every_language
@pytest.mark.parametrize("other", TAGS)
def test_a_clause_read_in_another_language_says_which_words_are_of_it(stage: Stage, speaking: str, other: str) -> None:
    tongue, client, rulebook = Tongue(speaking, entered()), client_of("auditor"), store.shown()
    assert rulebook is not None
    where = [f"{reverse('clause', args=[number])}?lang={other}" for number in rulebook.clauses]
    wrong = [fault for each in where for fault in told(tongue, "auditor", each, client.get(each))]
    assert not wrong, "\n".join(wrong)


@every_language
def test_what_is_refused_or_not_there_says_so_in_the_readers_language(stage: Stage, speaking: str) -> None:
    tongue, client = Tongue(speaking, entered()), client_of("seller")
    for name, side, status in (
        ("orders:team", "own", 403),
        ("orders:order", "foreign", 404),
        ("final:issue", "own", 403),
    ):
        answer = client.get(address(name, stage, side))
        assert answer.status_code == status
        assert list(told(tongue, "seller", name, answer)) == []


@every_language
def test_every_form_answers_in_the_readers_language(stage: Stage, speaking: str) -> None:
    """Sent empty each form says what it lacks, sent well the next page says what was done."""
    data = entered()
    typed = (text for each in SENT.values() for text in texts(each(stage.sides["own"])))
    tongue = Tongue(speaking, data | {text for text in typed if HAN.search(text)} | {NEWCOMER})
    wrong = [
        fault
        for route in TABLE.routes.values()
        if "POST" in route.methods and route.name != CHOOSES
        for body in ({}, *([SENT[route.name]] if route.name in SENT else ()))
        for fault in sent(tongue, route, stage, body(stage.sides["own"]) if body else {})
    ]
    assert not wrong, "\n".join(wrong)


def sent(tongue: Tongue, route: Route, stage: Stage, body: dict[str, Any]) -> list[str]:
    """What is wrong with the answer to a form and with the page to which it leads; nothing of it stays."""
    who = next((role for role in (*ROLES, *OTHERS) if TABLE.may(route.methods["POST"], role, "own")), ROLES[0])
    with transaction.atomic():
        answer = client_of(who).post(address(route.name, stage, "own"), body, follow=True)
        found = list(told(tongue, who, f"{route.name}, sent {'well' if body else 'empty'}", answer))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("language", TAGS)
def test_strangers_are_spoken_to_in_the_language_of_their_browser(stage: Stage, language: str) -> None:
    client, tongue = Client(headers={"accept-language": language}), Tongue(language, entered())
    for where in (reverse("account_login"), "/nowhere/", reverse("account_inactive")):
        assert list(told(tongue, "stranger", where, client.get(where, follow=True))) == []
    answer = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"})
    assert list(told(tongue, "stranger", "a wrong password", answer)) == []
