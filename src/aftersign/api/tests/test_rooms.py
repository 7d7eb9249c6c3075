"""Handover, duties, clauses, facts and files for programs: what is read, done, and left to people."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.api.tests.program import Program
from aftersign.chapters.general.facts.people import PersonListed
from aftersign.chapters.general.models import Request
from aftersign.chapters.handover.models import HandoverCopy, Question, Signature
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import Firm


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order whose form has been sent."""
    made = firm.register(points=1)
    firm.send(made, points=1)
    return made


def test_the_handover_is_read_word_for_word(order: Order) -> None:
    program = Program("linxiaolan", "handover:read")
    shown = program.get(f"/orders/{order.number}/handover").json()
    assert {each["department"] for each in shown["copies"]} == {"project", "customer_service", "finance"}
    [signature] = shown["signatures"]
    assert (signature["role"], signature["person"]["account"]) == ("giver", "wumin")
    form = program.get(f"/orders/{order.number}/handover/versions/1").json()
    assert (
        hashlib.sha256(form["text"].encode()).hexdigest() == form["check_value"] == shown["versions"][0]["check_value"]
    )
    assert form["content"]["head"]


def test_an_order_without_a_form_has_an_empty_handover(firm: Firm) -> None:
    shown = Program("wumin").get(f"/orders/{firm.register().number}/handover").json()
    assert (shown["number"], shown["versions"], shown["copies"]) == ("", [], [])


def test_a_copy_is_returned_once(order: Order) -> None:
    program, to = Program("linxiaolan"), f"/orders/{order.number}/handover/copies/project"
    copy = program.get(to)
    items = [{"item": "customer_requirements.R1", "reason": "lacking", "text": "缺第 4 页"}]
    said = {"check_value": copy.json()["check_value"], "items": items}
    nowhere = program.post(to + "/return", said | {"items": [items[0] | {"item": "nowhere"}]})
    assert (nowhere.status_code, HandoverCopy.objects.filter(state="returned").count()) == (422, 0)
    done = [program.post(to + "/return", said, If_Match=copy.headers["ETag"], Idempotency_Key="1") for _ in range(2)]
    assert [(each.status_code, each.json()["state"]) for each in done] == [(200, "returned")] * 2
    assert Entry.objects.filter(fact="handover.copy_returned").count() == 1
    again = program.post(to + "/return", said)
    assert (again.status_code, again.json()["check"]) == (422, "state")


def test_a_question_is_asked_and_answered(order: Order) -> None:
    asking, answering = Program("linxiaolan", "handover:write"), Program("wumin", "handover:write")
    asked = asking.post(f"/orders/{order.number}/handover/copies/project/questions", {"text": "由谁供电？"})
    assert asked.status_code == 201
    to = f"/orders/{order.number}/handover/questions/{asked.json()['id']}/answer"
    refused = asking.post(to, {"text": "我"})
    assert (refused.status_code, Question.objects.get().state) == (403, "asked")
    assert answering.post(to, {"text": "由总包方供电"}).json()["answer"] == "由总包方供电"


@pytest.mark.parametrize("path", ["copies/project/accept", "sign"])
def test_a_program_signs_nothing(order: Order, path: str) -> None:
    before = (Signature.objects.count(), Entry.objects.count())
    for account in ("linxiaolan", "wumin"):
        answer = Program(account).post(f"/orders/{order.number}/handover/{path}")
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:aftersign:problem:signature")
    assert (Signature.objects.count(), Entry.objects.count()) == before


def test_duties_are_listed_read_and_taken(order: Order) -> None:
    program = Program("linxiaolan")
    copy = HandoverCopy.objects.get(department__code="project")
    duty = Duty.objects.get(order=order, unit_id=str(copy.pk), owner=None, term="2.1.3.b")
    found = program.get("/duties", order=order.number, state="open", department="project").json()["items"]
    assert str(duty.pk) in {each["id"] for each in found}
    assert all(each["title"] and each["order"] == order.number for each in found)
    shown = program.get(f"/duties/{duty.pk}").json()
    assert {"opened", "due"} <= {tick["kind"] for tick in shown["clock"]}
    assert program.post(f"/duties/{duty.pk}/take").json()["owner"]["account"] == "linxiaolan"
    again = program.post(f"/duties/{duty.pk}/take")
    assert (again.status_code, again.json()["type"]) == (422, "urn:aftersign:problem:refused")


def test_pages_of_duties_hold_each_once(order: Order) -> None:
    program, seen = Program("chenli"), []
    page: dict[str, Any] = {"next": "/duties?limit=3"}
    while page["next"]:
        page = program.get(page["next"]).json()
        seen += [each["id"] for each in page["items"]]
    assert sorted(seen) == sorted(str(pk) for pk in Duty.objects.values_list("pk", flat=True))


def test_a_waiver_is_asked_for_once(order: Order) -> None:
    program = Program("linxiaolan")
    copy = HandoverCopy.objects.get(department__code="project")
    duty = Duty.objects.get(order=order, unit_id=str(copy.pk), term="2.1.3.b")
    said = {"until": "2026-09-30", "reason": "客户暂停"}
    early = program.post(f"/duties/{duty.pk}/waiver", said | {"until": "2026-09-01"})
    assert (early.status_code, early.json()["missing"], Request.objects.count()) == (422, ["until"], 0)
    answers = [program.post(f"/duties/{duty.pk}/waiver", said, Idempotency_Key="w") for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Request.objects.count() == 1


def test_clauses_are_listed_by_number_and_read_in_words(order: Order) -> None:
    program, numbers = Program("sunqian"), []
    page: dict[str, Any] = {"next": "/clauses?limit=40"}
    while page["next"]:
        page = program.get(page["next"]).json()
        numbers += [each["number"] for each in page["items"]]
    assert len(numbers) == len(set(numbers)) > 40
    shown = program.get("/clauses/2.1.3").json()
    assert (shown["edition"], shown["is_installed"], "{" in shown["text"]) == ("2", True, False)
    assert "2.1.3.b" in {each["id"] for each in shown["terms"]}
    assert program.get("/clauses/2.1.3", version="99").status_code == 404
    assert program.get("/clauses", after="nowhere").status_code == 400


def test_facts_come_in_their_order_to_whoever_may_see_them(order: Order) -> None:
    program = Program("linxiaolan")
    whole = program.get("/facts", order=order.number, limit=200).json()["items"]
    sequences, page = [], {"next": f"/facts?order={order.number}&limit=2"}
    while page["next"]:
        page = program.get(page["next"]).json()
        sequences += [each["sequence"] for each in page["items"]]
    assert sequences == sorted(sequences) == [each["sequence"] for each in whole]
    signed = next(each for each in whole if each["fact"] == "order.signed")
    assert (signed["actor"]["account"], signed["order"]) == ("wumin", order.number)
    assert program.get(f"/facts/{signed['id']}").json() == signed


def test_what_is_not_everybodys_is_not_in_the_facts(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PersonListed, "SEEN_BY", "department")
    listed = Entry.objects.filter(fact="general.person_listed").first()
    assert listed is not None
    for account, status in (("fangzheng", 200), ("wumin", 404)):
        program = Program(account)
        assert program.get(f"/facts/{listed.id}").status_code == status
        assert bool(program.get("/facts", fact=listed.fact).json()["items"]) == (status == 200)


def test_a_file_is_given_to_whoever_sees_its_order(order: Order) -> None:
    program = Program("linxiaolan", "files:read")
    shown = next(each for each in program.get("/files", order=order.number).json()["items"] if each["sha256"])
    content = program.get(f"/files/{shown['id']}/content")
    assert hashlib.sha256(b"".join(content.streaming_content)).hexdigest() == shown["sha256"]
    assert content.headers["Content-Disposition"].startswith("attachment")
    assert content.headers["X-Content-Type-Options"] == "nosniff"
    sales = Person.objects.get(account="wumin").department
    Person.objects.create(account="suyu", name="苏雨", department=sales)
    for path in (f"/files/{shown['id']}", f"/files/{shown['id']}/content"):
        assert Program("suyu").get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/duties", 5),
        ("/facts", 7),
        ("/files", 4),
        ("/clauses", 6),
        ("/clauses/2.1.3", 13),
    ],
)
def test_reading_asks_the_database_a_constant_number_of_times(firm: Firm, order: Order, path: str, most: int) -> None:
    program = Program("linxiaolan")
    program.get(path)
    with CaptureQueriesContext(connection) as before:
        program.get(path)
    firm.send(firm.register(points=1), points=1)
    program.get(path)
    with CaptureQueriesContext(connection) as after:
        program.get(path)
    assert (len(before), len(after)) == (len(after), most)


def test_spaces_are_neither_a_question_nor_an_answer(order: Order) -> None:
    program, to = Program("linxiaolan"), f"/orders/{order.number}/handover/copies/project/questions"
    assert program.post(to, {"text": "  \n "}).status_code == 422
    assert not Question.objects.exists()
    asked = program.post(to, {"text": " 由谁供电？ "})
    assert (asked.status_code, asked.json()["text"]) == (201, "由谁供电？")
    answered = Program("wumin").post(
        f"/orders/{order.number}/handover/questions/{asked.json()['id']}/answer", {"text": "  "}
    )
    assert (answered.status_code, Question.objects.get().state) == (422, "asked")
