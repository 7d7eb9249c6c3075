"""What requests for exceptions mean to people: some wait for a decision, others were decided; and who stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.general import deciding, states
from aftersign.chapters.general.models import Request
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.notices import registry
from aftersign.kernel.notices.registry import INFORMATION, Cause, Ending, Happening, Reason, Said, Teller, Telling
from aftersign.kernel.shell import dates
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.readers import DECIDED, TO_DECIDE

UNIT, DEPUTY = "exception_request", "deputy"
_ASKED = {
    "general.waiver_requested": "waiver",
    "general.extension_requested": "extension",
    "general.release_requested": "release",
    "general.release_agreed": "release",
    "general.withdrawal_requested": "withdrawal",
}
_RULED = ("general.duty_waived", "general.duty_extended", "general.gate_released", WITHDRAWN)
_OVER = ("general.request_refused", "general.request_withdrawn")
_NAMED = "general.deputy_named"
FACTS = frozenset({*_ASKED, *_RULED, *_OVER, _NAMED})


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    registry.offer_reason(Reason(DEPUTY, gettext_lazy("Named as deputy"), INFORMATION, 35))
    registry.offer_teller(Teller("exceptions", tell, FACTS))
    registry.offer_describer(UNIT, describe)


def tell(facts: Sequence[Recorded]) -> Iterator[Happening]:
    """What the next facts mean: a request goes to those who may decide, a decision to those who asked."""
    for fact in facts:
        cause = Cause.of(fact)
        if fact.name == _NAMED:
            yield Telling(cause, UUID(fact.payload["deputy"]), "person", fact.unit_id, DEPUTY)
            continue
        request = _request_of(fact)
        if request is None:
            continue
        pk = str(request.pk)
        if fact.name in _ASKED:
            if request.state in states.WAITING:
                people = deciding.approvers(request) - request.askers - request.first_hands
                yield from (Telling(cause, person, UNIT, pk, TO_DECIDE) for person in people)
            continue
        yield Ending(cause, UNIT, pk)
        if fact.name != "general.request_withdrawn":
            yield from (Telling(cause, person, UNIT, pk, DECIDED) for person in request.askers)


def _request_of(fact: Recorded) -> Request | None:
    """The request of which a fact speaks; one query a fact, as such facts are few."""
    rows = Request.objects.select_related(*deciding.RELATED).order_by("-asked_at", "-id")
    if fact.name in _RULED:
        return rows.filter(ruling=fact.id).first()
    asked = Q(kind=_ASKED.get(fact.name) or fact.payload.get("kind"))
    if duty := fact.units.get("duty"):
        asked &= Q(duty=duty)
    elif about := fact.units.get("fact"):
        asked &= Q(fact=about)
    elif fact.name in _OVER:
        asked &= Q(requester=fact.payload["requester"], kind="release", order=fact.order_id)
    else:
        asked &= Q(term=fact.payload["term"], act=fact.payload["act"], unit_id=fact.payload["unit"])
    return rows.filter(asked).first()


def describe(units: Sequence[Any]) -> Mapping[str, Said]:
    """Requests as an inbox says them."""
    rows = Request.objects.filter(pk__in=[each.pk for each in units]).select_related(*deciding.RELATED)
    return {str(row.pk): _said(row) for row in rows}


def _said(request: Request) -> Said:
    address = address_of("general:request", request.pk)
    waits = request.state in states.WAITING and not deciding.void_because(request)
    about = {"kind": request.get_kind_display(), "name": request.requester.name}
    due = request.old_due if waits else None
    return Said(
        title=_("%(kind)s, asked for by %(name)s") % about,
        page=address,
        order=f"{request.order.number} {request.order.title}" if request.order else "",
        clause=request.clause,
        due=due,
        deadline=dates.exact_day(due) if due else "",
        action=_("Decide") if waits else "",
        address=address if waits else "",
        actors=deciding.approvers(request) - request.askers if waits else frozenset(),
    )
