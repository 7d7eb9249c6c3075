"""Acts by which a request comes to nothing: it is refused with a reason, or whoever asked takes it back."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, states
from aftersign.chapters.general.acts.asking import answered_by_another, decided, reason_of, waiting
from aftersign.chapters.general.models import Request
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company


@act("general.refuse_request", capability="general.refuse_request")
def refuse_request(request: Request, *, reason: str, by: Actor) -> Request:
    """Somebody who could approve a request refuses it, and says why."""
    answered_by_another(waiting(request), by)
    why = reason_of(reason, _("Write why it is refused."))
    person = cast(Person, by.person)
    state(
        facts.RequestRefused(
            about=company(),
            carries=carried(request),
            kind=request.kind,
            requester=request.requester_id,
            approver=person.pk,
            reason=why,
        )
    )
    return decided(request, states.REFUSED, by=by, answer=why)


@act("general.withdraw_request", capability="general.withdraw_request")
def withdraw_request(request: Request, *, by: Actor) -> Request:
    """Whoever asked takes the request back before it is answered."""
    withdrawn = decided(waiting(request), states.WITHDRAWN, by=None)
    state(
        facts.RequestWithdrawn(
            about=company(), carries=carried(request), kind=request.kind, requester=request.requester_id
        )
    )
    return withdrawn


def carried(request: Request) -> dict[str, str]:
    """The ids that a fact about a request carries: what it was about."""
    ids = {"order": request.order_id, "duty": request.duty_id, "fact": request.fact_id}
    return {name: str(each) for name, each in ids.items() if each}
