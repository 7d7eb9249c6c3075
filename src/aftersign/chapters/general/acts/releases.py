"""Acts by which an act may pass a gate once: whoever was refused asks, two others agree."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Model
from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, states
from aftersign.chapters.general.acts.answers import carried
from aftersign.chapters.general.acts.asking import answered_by_another, ask, decided, reason_of, waiting
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries import gates
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.units import registry
from aftersign.orders.models import Order
from aftersign.policy import citing

CHECK = "release_by_two_others"


@act("general.request_release", capability="general.request_release")
def request_release(unit: Model, *, term: str, act: str, reason: str, by: Actor) -> Request:
    """Somebody whom a gate has refused an act on a unit asks that the act may pass this gate once.

    Raises `Refused` for a gate that is never released, and for whoever was not refused by it.
    """
    gate, root = gates.releasable(unit, act, term), registry.root_of(unit)
    order = root if isinstance(root, Order) else None
    if gate is None:
        raise citing.refused(order.pk if order else None, CHECK, _("This gate is never released."))
    if not gates.was_refused(by, unit, act, term):
        raise Refused.because(_("A release is asked for by whoever was refused. Do the act first."))
    why = reason_of(reason, _("Write why the condition cannot be met."))
    about = registry.ids_of(unit).get(gate.term.per, gate.term.per)
    same = {"kind": Kind.RELEASE, "term": term, "act": act, "unit_id": about}
    said = {"order": order, "edition_id": gate.edition, "unit": gate.term.per, "clause": gate.term.clause}
    request = ask(by, same, reason=why, **said)
    state(facts.ReleaseRequested(about=company(), carries=carried(request), reason=why, **_said(request)))
    return request


@act("general.agree_to_release", capability="general.agree_to_release")
def agree_to_release(request: Request, *, by: Actor) -> Request:
    """The first of two agrees to a release."""
    if (first := waiting(request, Kind.RELEASE).agreed_by) is not None:
        said = _("%(name)s has agreed already; whoever agrees now lets the act pass.") % {"name": first.name}
        raise citing.refused(request.order_id, CHECK, said)
    answered_by_another(request, by)
    states.move(request, states.AGREED)
    request.agreed_by, request.agreed_for, request.agreed_at = by.person, by.on_behalf_of, now()
    request.save()
    state(facts.ReleaseAgreed(about=company(), carries=carried(request), approver=_person(by).pk, **_said(request)))
    return request


@act("general.release_gate", capability="general.release_gate")
def release_gate(request: Request, *, by: Actor) -> Request:
    """The second of two agrees, and the act may pass the gate once."""
    first = waiting(request, Kind.RELEASE).agreed_by
    if first is None:
        raise citing.refused(request.order_id, CHECK, _("Another person has to agree first."))
    ruling = state(
        facts.GateReleased(
            about=company(),
            carries=carried(request),
            reason=request.reason,
            approver=first.pk,
            second_person=_person(by).pk,
            **_said(request),
        )
    )
    return decided(request, states.APPROVED, by=by, ruling=ruling)


def _said(request: Request) -> dict[str, Any]:
    said = {"term": request.term, "act": request.act, "unit": request.unit_id}
    return {**said, "requester": request.requester_id}


def _person(by: Actor) -> Person:
    return cast(Person, by.person)
