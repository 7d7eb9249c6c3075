"""Every operation of the interface for programs, sent for every role, answers as the access table says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse

from aftersign.kernel.access import tokens
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Customer
from tests.access.stage import PEOPLE, Set, Stage, play
from tests.access.table import SIDES, TABLE, Operation
from tests.access.visits import API, names

OUTSIDE = ("stranger", "disabled", "left")
WORDS = {401: "unknown", 403: "refused", 404: "hidden", 405: "not offered", 422: "open"}

_order: Callable[[Set], Any] = lambda chosen: {"number": chosen.sent.number}  # noqa: E731
_copy: Callable[[Set], Any] = lambda chosen: {"number": chosen.sent.number, "department": "project"}  # noqa: E731
_duty: Callable[[Set], Any] = lambda chosen: {"duty": chosen.duty.pk}  # noqa: E731
ARGS: dict[str, Callable[[Set], dict[str, Any]]] = {
    **dict.fromkeys(("read_order", "change_information", "read_handover", "sign_handover", "put_file"), _order),
    **dict.fromkeys(("read_copy", "return_copy", "ask_question", "accept_copy"), _copy),
    **dict.fromkeys(("read_duty", "take", "ask_for_waiver", "ask_for_extension"), _duty),
    **dict.fromkeys(("read_file", "download_file"), lambda chosen: {"file": chosen.paper.pk}),
    "read_version": lambda chosen: {"number": chosen.sent.number, "form_number": 1},
    "answer_question": lambda chosen: {"number": chosen.sent.number, "question": chosen.question.pk},
    "read_clause": lambda chosen: {"clause": "2.1.3"},
    "read_fact": lambda chosen: {"fact": chosen.fact.pk},
}


def _day(days: int) -> str:
    return (now() + timedelta(days=days)).isoformat()


SENT: dict[str, Callable[[Set], dict[str, Any]]] = {
    "register_order": lambda chosen: {
        "title": "新订单",
        "contract_no": "HT-2026-0999",
        "kind": "sales",
        "customer": Customer.objects.get().name,
        "signed_on": _day(0)[:10],
        "currency": "CNY",
        "sales_owner": "wumin",
    },
    "change_information": lambda chosen: {"title": "改名"},
    "put_file": lambda chosen: {"kind": "contract", "file": SimpleUploadedFile("补充合同.pdf", b"%PDF-1.7 new")},
    "return_copy": lambda chosen: {
        "check_value": chosen.copy.form.check_value,
        "items": [{"item": "customer_requirements.R1", "reason": "lacking", "text": "缺第 4 页"}],
    },
    "ask_question": lambda chosen: {"text": "几家单位？"},
    "answer_question": lambda chosen: {"text": "由总包方供电"},
    "ask_for_waiver": lambda chosen: {"until": _day(20)[:10], "reason": "客户暂停"},
    "ask_for_extension": lambda chosen: {"new_due": _day(9), "reason": "客户资料未到"},
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")


def test_every_operation_has_a_line_and_every_line_an_operation() -> None:
    known = {name.removeprefix(API) for name in names() if name.startswith(API)}
    lacking, void = sorted(known - TABLE.operations.keys()), sorted(TABLE.operations.keys() - known)
    assert not lacking, f"docs/guide/access.toml does not say who may send {', '.join(lacking)}."
    assert not void, f"docs/guide/access.toml speaks of operations that are not there: {', '.join(void)}."
    assert {each.scope for each in TABLE.operations.values()} - {""} == set(tokens.SCOPES)


@pytest.mark.parametrize("role", TABLE.roles)
def test_a_program_finds_what_the_table_says(stage: Stage, role: str) -> None:
    wrong = [
        f"{role}, {side}, {each.name}: {found} where {expected(each, role, side)} was to come"
        for each in TABLE.operations.values()
        if each.name != "unknown"
        for side in SIDES
        if (found := answer(stage, role, each, side)) != expected(each, role, side)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_token_of_another_scope_opens_nothing(stage: Stage) -> None:
    for each in TABLE.operations.values():
        if each.scope:
            others = tuple(scope for scope in tokens.SCOPES if scope != each.scope)
            assert answer(stage, "general_manager", each, "own", others) == "refused", each.name


def test_a_session_opens_nothing_here(stage: Stage) -> None:
    client = Client()
    client.force_login(Person.objects.get(account=PEOPLE["general_manager"]))
    assert client.get(reverse("api:list_orders")).status_code == 401


def expected(operation: Operation, role: str, side: str) -> str:
    """What the table promises: unknown, open, refused or hidden."""
    if role in OUTSIDE and operation.group != "anybody":
        return "unknown"
    if TABLE.may(operation.may, role, side):
        return "open"
    return "refused" if TABLE.may(operation.group, role, side) else "hidden"


def answer(stage: Stage, role: str, operation: Operation, side: str, scopes: tuple[str, ...] = ()) -> str:
    """What really comes; whatever the request changed is taken back."""
    with transaction.atomic():
        headers = bearer(role, scopes or ((operation.scope,) if operation.scope else ()))
        chosen, before = stage.sides[side], Entry.objects.count()
        if operation.name == "ask_for_waiver":
            chosen.exception.delete()
        args = ARGS[operation.name](chosen) if operation.name in ARGS else {}
        to = reverse(API + operation.name, kwargs=args)
        said = SENT[operation.name](chosen) if operation.name in SENT else {}
        client = Client(raise_request_exception=True)
        kind = MULTIPART_CONTENT if "file" in said else "application/json"
        found: Any = (
            client.get(to, headers=headers)
            if operation.method == "GET"
            else client.post(to, said, kind, headers=headers)
        )
        stated = Entry.objects.count() > before
        transaction.set_rollback(True)
    assert not stated or found.status_code in (200, 201), f"{found.status_code}, and yet something was stated"
    return WORDS.get(found.status_code, "open" if found.status_code in (200, 201) else str(found.status_code))


def bearer(role: str, scopes: tuple[str, ...]) -> dict[str, str]:
    """The token of a role, made before its person left or lost their account."""
    if role == "stranger":
        return {}
    person = Person.objects.get(account=PEOPLE[role])
    _token, text = tokens.make(person, name=role, scopes=scopes, expires_at=now() + timedelta(days=1))
    play(role)
    return {"Authorization": f"Bearer {text}"}
