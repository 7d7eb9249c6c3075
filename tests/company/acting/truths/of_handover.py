"""Handovers, copies, signatures and questions, each as the facts of their order have left them."""

from __future__ import annotations

from typing import Any

from aftersign.chapters.handover.models import (
    Correction,
    FormVersion,
    Handover,
    HandoverCopy,
    Original,
    Question,
    ReturnItem,
    Signature,
)
from tests.company.acting.truths.told import Compared, Told, counted

COPY = {f"handover.copy_{each}": each for each in ("sent", "accepted", "returned", "resent", "recalled")}
FORM = {
    "handover.submitted": "submitted",
    "handover.giver_signed": "signed",
    "handover.distributed": "distributed",
    "handover.copy_resent": "distributed",
    "handover.accepted": "accepted",
}
QUESTION = {f"handover.question_{each}": each for each in ("asked", "answered", "withdrawn")}


def compared(told: Told) -> Compared:
    """Everything of the handover."""
    copies = {str(pk): state for pk, state in HandoverCopy.objects.values_list("pk", "state")}
    # Where the giver's signature was taken back, what it had sent is recalled, and no fact of the copy stands.
    called_back = dict.fromkeys((each.unit_id for each in told.ever("handover.copy_sent")), "recalled")
    yield "copies", copies, called_back | told.last(COPY)
    yield "handovers", _handovers(), _handovers_told(told)
    asked = dict.fromkeys((each.unit_id for each in told.ever("handover.question_asked")), "mistaken")
    questions = {str(pk): state for pk, state in Question.objects.values_list("pk", "state")}
    yield "questions", questions, asked | told.last(QUESTION)
    versions = FormVersion.objects.values_list("order_id", "number", "check_value")
    submitted = ((each.order_id, each.payload["version"], each.payload["form"]) for each in _of(told, "submitted"))
    yield "versions", counted(versions), counted(submitted)
    signatures = Signature.objects.values_list("order_id", "copy_id", "person_id", "check_value")
    yield "signatures", counted(tuple(map(str, each)) for each in signatures), counted(_signed(told))
    originals = Original.objects.values_list("order_id", "sha256")
    received = ((each.order_id, each.payload["receipt"]) for each in _of(told, "original_received"))
    yield "originals", counted(originals), counted(received)
    corrections = Correction.objects.values_list("order_id", "item", "new", "cause")
    corrected = [(each.order_id, each.payload) for each in _of(told, "corrected")]
    said = ((order, *(payload[name] for name in ("item", "new", "cause"))) for order, payload in corrected)
    yield "corrections", counted(corrections), counted(said)
    items = ReturnItem.objects.values_list("copy_id", "item", "text")
    yield "returned", counted((str(pk), *more) for pk, *more in items), counted(_returned(told))


def _of(told: Told, *names: str) -> list[Any]:
    return told.of(*(f"handover.{each}" for each in names))


def _handovers() -> dict[Any, Any]:
    rows = Handover.objects.values_list("order_id", "state", "latest", "accepted_at")
    return {order: tuple(more) for order, *more in rows}


def _handovers_told(told: Told) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for fact in told.of(*FORM):
        state, latest, accepted = found.get(fact.order_id, ("draft", 0, None))
        if fact.name == "handover.submitted":
            latest = fact.payload["version"]
        if fact.name == "handover.accepted":
            accepted = fact.entered
        moved = FORM[fact.name] if fact.name != "handover.copy_resent" or state == "signed" else state
        found[fact.order_id] = moved, latest, accepted
    return found


def _signed(told: Told) -> Any:
    for fact in _of(told, "giver_signed", "copy_accepted"):
        copy = fact.unit_id if fact.unit == "handover_copy" else None
        yield str(fact.order_id), str(copy), fact.payload["signer"], fact.payload["check_value"]


def _returned(told: Told) -> Any:
    for fact in _of(told, "copy_returned"):
        for item in fact.payload["items"]:
            yield fact.unit_id, item["item"], item["text"]
