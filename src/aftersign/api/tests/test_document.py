"""The description of the interface is complete, and every answer to whatever is sent is one that it describes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from aftersign.api.interface import api
from aftersign.api.tests.program import Program
from aftersign.chapters.handover import acts
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.demo import scenes
from aftersign.kernel.access.tokens import SCOPES
from aftersign.policy.models import Duty, StatedFact
from aftersign.project.wsgi import application
from tests.firm import Firm

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 30
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def one_connection(settings: Any) -> Iterator[None]:
    """Requests leave the connection open, in whose transaction the test stands, and are as many as it likes."""
    settings.API_REQUESTS_A_MINUTE = 10**6
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def described() -> dict[str, Any]:
    """The document as a stranger gets it."""
    found = Client().get(DOCUMENT)
    assert found.status_code == 200
    document: dict[str, Any] = found.json()
    return document


def operations() -> dict[str, dict[str, Any]]:
    """All operations by name."""
    return {each["operationId"]: each for methods in described()["paths"].values() for each in methods.values()}


NAMES = sorted(
    op.view_func.__name__
    for each in api._get_bound_routers()
    for view in each.path_operations.values()
    for op in view.operations
)


@pytest.mark.django_db
def test_every_operation_says_what_it_needs_and_how_it_fails() -> None:
    found = operations()
    assert sorted(found) == NAMES
    for name, operation in found.items():
        [needed] = operation["security"]
        assert set(needed["token"]) <= set(SCOPES), name
        assert operation["description"], name
        assert {"400", "401", "403", "404", "409", "422", "429"} <= operation["responses"].keys(), name
    acts_alone = {name for name, each in found.items() if "Idempotency-Key" in json.dumps(each)}
    assert {"register_order", "return_copy", "take", "ask_for_waiver"} <= acts_alone


@pytest.mark.django_db
def test_the_document_is_the_same_in_every_language_and_refers_to_nothing_that_is_lacking() -> None:
    document = described()
    assert document["openapi"].startswith("3.1")
    assert Client().get(DOCUMENT, headers={"Accept-Language": "zh-hans"}).json() == document
    text = json.dumps(document)
    for kind, name in re.findall(r'"#/components/(\w+)/([^"]+)"', text):
        assert name in document["components"][kind]
    assert "://" not in text.replace("urn:", "")


@pytest.mark.parametrize("reads", [True, False])
def test_every_answer_is_described(firm: Firm, one_connection: None, reads: bool) -> None:
    program, known = Program("chenli"), _known(firm)
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, application)
    for name in [name for name in NAMES if name.startswith(("list_", "read_", "download_")) == reads]:
        met = _try_out(schema.find_operation_by_id(name), program, known)
        assert 401 not in met, name
        assert 200 in met or not reads, name


def _known(firm: Firm) -> dict[str, Any]:
    """What is there, by the names that addresses give it."""
    order = firm.register(points=1)
    firm.send(order, points=1)
    copy = HandoverCopy.objects.get(order=order, department__code="project")
    question = acts.ask(copy, text="由谁供电？", by=scenes.actor("linxiaolan"))
    return {
        "number": order.number,
        "department": "project",
        "form_number": 1,
        "question": str(question.pk),
        "duty": str(Duty.objects.get(order=order, term="2.1.3.b", unit_id=str(copy.pk)).pk),
        "fact": str(StatedFact.objects.filter(order=order).order_by("sequence")[0].pk),
        "file": str(order.papers.exclude(file="")[0].pk),
        "clause": "2.1.3",
    }


def _try_out(operation: Any, program: Program, known: dict[str, Any]) -> set[int]:
    """Send some cases that the description allows, most of them to what is there; the statuses that came."""
    met: set[int] = set()
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

    @trying(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=slow)
    @given(case=operation.as_strategy(), real=st.sampled_from([True, True, False]))
    def send(case: Any, real: bool) -> None:
        if real:
            case.path_parameters = {key: known[key] for key in case.path_parameters or {}}
        answer = case.call(headers={"Authorization": f"Bearer {program.text}"})
        met.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    send()
    return met
