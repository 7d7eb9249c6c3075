"""Requests for exceptions: who asked, what became of it, and the fact by which each was granted."""

from __future__ import annotations

from aftersign.chapters.general.models import Kind, Request
from tests.company.acting.truths.told import Compared, Told, counted

ASKED = {f"general.{kind}_requested": str(kind) for kind in Kind}
RULING = {
    "general.duty_waived": Kind.WAIVER,
    "general.duty_extended": Kind.EXTENSION,
    "general.gate_released": Kind.RELEASE,
}
ENDED = {"general.request_refused": "refused", "general.request_withdrawn": "withdrawn"}


def compared(told: Told) -> Compared:
    """Everything that was asked for."""
    requests = list(Request.objects.all())
    alone = [each for each in requests if each.kind == Kind.WITHDRAWAL and each.ruling and each.decided_by_id is None]
    asked = counted(each.kind for each in requests if each not in alone)
    yield "what was asked for", asked, counted(ASKED[each.name] for each in told.ever(*ASKED))
    kept = {each.id for each in told.standing}
    rulings = {each.ruling: each.state for each in requests if each.ruling}
    granted = {pk: "approved" if pk in kept else "undone" for pk in rulings}
    yield "what was granted", rulings, granted
    by_kind = {each.ruling: Kind(each.kind) for each in requests if each.ruling and each.kind != Kind.WITHDRAWAL}
    yield "the facts that grant", by_kind, {each.id: RULING[each.name] for each in told.ever(*RULING)}
    unanswered = [each for each in requests if each.state in ENDED.values()]
    ended = counted((each.payload["kind"], ENDED[each.name]) for each in told.ever(*ENDED))
    yield "what came to nothing", counted((each.kind, each.state) for each in unanswered), ended
    agreed = counted(each.agreed_by_id for each in requests if each.agreed_by_id)
    first = counted(each.actor_id for each in told.ever("general.release_agreed"))
    yield "who agreed first", agreed, first
