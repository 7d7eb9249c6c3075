"""What facts of the handover mean to people: a copy for one's department, and what came back to whoever gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover.models import HandoverCopy, Question, Signature
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.notices import registry
from aftersign.kernel.notices.registry import INFORMATION, Cause, Ending, Happening, Reason, Said, Teller, Telling
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.models import TeamMember
from aftersign.policy.notices.owing import members_of
from aftersign.policy.notices.words import most_urgent

SENT, RETURNED, ACCEPTED, ASKED = "sent", "returned", "accepted", "asked"
REASONS = (
    Reason(SENT, gettext_lazy("Sent to my department"), INFORMATION, 40),
    Reason(RETURNED, gettext_lazy("Returned to me"), INFORMATION, 15),
    Reason(ACCEPTED, gettext_lazy("Accepted or confirmed"), INFORMATION, 50),
    Reason(ASKED, gettext_lazy("Question or answer"), INFORMATION, 45),
)
UNIT, QUESTION, TERMINATED = "handover_copy", "question", "order.terminated"
_TO_RECEIVERS = {"handover.copy_sent": SENT, "handover.copy_resent": SENT}
_TO_GIVER = {
    "handover.copy_returned": RETURNED,
    "handover.copy_accepted": ACCEPTED,
    "handover.key_points_confirmed": ACCEPTED,
}
_ENDS = ("handover.copy_accepted", "handover.copy_recalled")
_OF_QUESTIONS = ("handover.question_asked", "handover.question_answered", "handover.question_withdrawn")
FACTS = frozenset({*_TO_RECEIVERS, *_TO_GIVER, *_ENDS, *_OF_QUESTIONS, TERMINATED})


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    for reason in REASONS:
        registry.offer_reason(reason)
    registry.offer_teller(Teller("handover", tell, FACTS))
    registry.offer_describer(UNIT, describe)


def tell(facts: Sequence[Recorded]) -> Iterator[Happening]:
    """What the next facts of the handover mean to whom; some six queries however many facts there are."""
    copies = _copies(facts)
    givers, receivers = _givers(copies.values()), _receivers(copies.values())
    for fact in facts:
        cause = Cause.of(fact)
        if fact.name == TERMINATED:
            yield from (Ending(cause, UNIT, pk) for pk, copy in copies.items() if copy.order_id == fact.order_id)
        elif fact.name in _OF_QUESTIONS:
            yield from _of_question(fact, givers)
        elif copy := copies.get(fact.unit_id):
            if fact.name in _ENDS:
                yield Ending(cause, UNIT, fact.unit_id)
            people = receivers[copy.pk] if fact.name in _TO_RECEIVERS else givers[copy.pk]
            if reason := (_TO_RECEIVERS | _TO_GIVER).get(fact.name):
                yield from (Telling(cause, person, UNIT, fact.unit_id, reason) for person in people)


def _copies(facts: Sequence[Recorded]) -> dict[str, HandoverCopy]:
    """The copies of which these facts speak, by id."""
    rows = HandoverCopy.objects.select_related("order", "department")
    ids = {fact.units[UNIT] for fact in facts if UNIT in fact.units}
    ended = {fact.order_id for fact in facts if fact.name == TERMINATED}
    found = {*rows.filter(pk__in=ids)} | ({*rows.filter(order__in=ended)} if ended else set())
    return {str(row.pk): row for row in found}


def _givers(copies: Iterable[HandoverCopy]) -> dict[UUID, set[UUID]]:
    """Who signed the version that each copy holds, and for whom; else whoever sells the order."""
    rows = list(copies)
    signed: dict[UUID, set[UUID]] = {}
    given = Signature.objects.filter(form__in={row.form_id for row in rows}, role=Signature.Role.GIVER)
    for form, person, behalf in given.order_by().values_list("form", "person", "on_behalf_of"):
        signed[form] = {person, behalf} - {None}
    return {row.pk: signed.get(row.form_id) or {row.order.sales_owner_id} for row in rows}


def _receivers(copies: Iterable[HandoverCopy]) -> dict[UUID, set[UUID]]:
    """Who of the department is named on the order, with its head; where nobody is named, everybody there."""
    rows = list(copies)
    members = members_of({row.department_id for row in rows})
    named: dict[UUID, set[UUID]] = {}
    team = TeamMember.objects.filter(order__in={row.order_id for row in rows})
    for order, person in team.order_by().values_list("order", "person"):
        named.setdefault(order, set()).add(person)
    found = {}
    for row in rows:
        here, head = members[row.department_id], row.department.head_id
        found[row.pk] = set(named.get(row.order_id, set()) & here or here) | ({head} if head else set())
    return found


def _of_question(fact: Recorded, givers: Mapping[UUID, set[UUID]]) -> Iterator[Happening]:
    """A question goes to the giver, its answer back to whoever asked."""
    cause, pk = Cause.of(fact), fact.unit_id
    if fact.name == "handover.question_asked":
        people = givers.get(UUID(fact.units[UNIT]), set()) if UNIT in fact.units else set()
    else:
        yield Ending(cause, QUESTION, pk)
        asked = Question.objects.filter(pk=pk).values_list("asked_by", flat=True)
        people = set(asked) if fact.name == "handover.question_answered" else set()
    yield from (Telling(cause, person, QUESTION, pk, ASKED) for person in people)


def describe(units: Sequence[Any]) -> Mapping[str, Said]:
    """Copies as an inbox says them: with the clause and the due time of what is still owed about each."""
    owed = most_urgent(UNIT, units)
    return {str(copy.pk): _said(copy, owed.get(str(copy.pk))) for copy in units}


def _said(copy: HandoverCopy, owed: Said | None) -> Said:
    address = address_of("handover:copy", copy.order.number, copy.key)
    about = {"number": copy.handover.number, "department": copy.department.name}
    order = f"{copy.order.number} {copy.order.title}"
    said = Said(title=_("Handover form %(number)s, %(department)s") % about, page=address, order=order)
    if owed is None:
        return said
    return replace(owed, title=said.title, page=address, order=order)
