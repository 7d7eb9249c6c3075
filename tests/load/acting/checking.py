"""What the journal must say after the trial: every act once, none lost, none twice, nothing of what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from aftersign.kernel.journal import chain
from aftersign.kernel.journal.models import Entry
from aftersign.policy import rows
from aftersign.policy.cases import case_of
from tests.load.acting.hands import Done

FACTS: dict[str, Counter[str]] = {
    "register": Counter({"order.signed": 1, "order.registered": 1}),
    "change information": Counter({"order.information_changed": 1}),
    "send and sign": Counter(
        {
            "handover.submitted": 1,
            "handover.giver_signed": 1,
            "handover.copy_sent": 3,
            "handover.distributed": 1,
        }
    ),
    "ask": Counter({"handover.question_asked": 1}),
    "answer": Counter({"handover.question_answered": 1}),
    "explain": Counter({"handover.key_points_explained": 3}),
    "return": Counter({"handover.copy_returned": 1}),
    "correct and resend": Counter({"handover.submitted": 1, "handover.giver_signed": 1, "handover.copy_resent": 3}),
    "accept": Counter({"handover.key_points_confirmed": 1, "handover.copy_accepted": 1}),
    "keep original": Counter({"handover.original_received": 1}),
    "name team": Counter({"order.team_named": 1}),
    "ask for more time": Counter({"general.extension_requested": 1}),
    "extend": Counter({"general.duty_extended": 1}),
    "ask for suspension": Counter({"order.suspension_requested": 1}),
    "suspend": Counter({"order.suspended": 1}),
    "resume": Counter({"order.resumed": 1}),
}
"""The facts that each act states."""
BESIDE = frozenset({"order.customer_listed", "handover.accepted"})
"""What an act may state besides: a new customer's, the last signature's."""


def faults(tried: Sequence[Done], since: int) -> Iterator[str]:
    """Everything that is not as it must be in the journal after the place `since`."""
    stated: dict[str, Counter[str]] = {}
    places: dict[str, list[int]] = {}
    for sequence, request, fact in Entry.objects.filter(sequence__gt=since).values_list(
        "sequence", "request_id", "fact"
    ):
        stated.setdefault(request, Counter())[fact] += 1
        places.setdefault(request, []).append(sequence)
    for done in tried:
        found = stated.pop(done.request, Counter())
        wanted = Counter[str]() if done.outcome else FACTS[done.name]
        if Counter({name: n for name, n in found.items() if name not in BESIDE}) != wanted:
            yield f"{done.name} {done.request} ({done.outcome or 'done'}) states {dict(found)}"
        there = places.get(done.request, [])
        if there and max(there) - min(there) + 1 != len(there):
            yield f"{done.name} {done.request} states its facts apart: {there}"
    yield from (f"nobody's: {request} {dict(found)}" for request, found in stated.items())
    yield from (f"chain at {sequence}: {why}" for sequence, why in chain.faults(since))
    yield from _rebuilt_otherwise(since)


def _rebuilt_otherwise(since: int) -> Iterator[str]:
    """The orders of the trial whose duties, derived anew, are not those that stand."""
    orders = Entry.objects.filter(sequence__gt=since, order_id__isnull=False).values_list("order_id", flat=True)
    for order in sorted({each for each in orders if each}):
        found = rows.difference({order: case_of(order)})
        if found.fresh or found.changed or found.gone:
            yield f"order {order} is derived otherwise"
