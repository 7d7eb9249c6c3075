"""The acts by which an order stands still or ends early: one person asks, another approves."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.orders import facts, states
from aftersign.orders.acts import rows
from aftersign.orders.models import HaltRequest, Order
from aftersign.orders.rules import lacking

SUSPENSION, TERMINATION = HaltRequest.Kind.SUSPENSION, HaltRequest.Kind.TERMINATION


@act("order.request_suspension", capability="order.request_suspension")
def request_suspension(order: Order, *, reason: str, by: Actor) -> Order:
    """Ask that the order be suspended; nothing stands still before another person has approved."""
    request = _ask(order, SUSPENSION, by, reason=reason)
    state(facts.SuspensionRequested(about=order, reason=request.reason, requester=request.requester_id))
    return order


@act("order.request_termination", capability="order.request_termination")
def request_termination(order: Order, *, reason: str, settled_how: str, by: Actor) -> Order:
    """Ask that the order be terminated; `settled_how` says what becomes of work done, money and goods."""
    request = _ask(order, TERMINATION, by, reason=reason, settled_how=settled_how)
    state(
        facts.TerminationRequested(
            about=order, reason=request.reason, settled_how=request.settled_how, requester=request.requester_id
        )
    )
    return order


@act("order.withdraw_request", capability="order.withdraw_request")
def withdraw_request(order: Order, *, request: HaltRequest, by: Actor) -> Order:
    """Whoever asked, or for whom somebody asked, no longer does."""
    found = _decided(order, request, "withdrawn", by)
    if not found.askers & by.hands:
        raise Refused.because(_("Only %(name)s, who asked, withdraws this request.") % {"name": found.requester.name})
    state(facts.RequestWithdrawn(about=order, request=found.kind))
    return order


@act("order.reject_request", capability="order.reject_request")
def reject_request(order: Order, *, request: HaltRequest, reason: str, by: Actor) -> Order:
    """Somebody who could have approved says no, and why."""
    if not reason.strip():
        raise Refused((lacking("answer", _("Say why the request is rejected.")),))
    found = _decided(order, request, "rejected", by, answer=reason.strip())
    state(facts.RequestRejected(about=order, request=found.kind, reason=found.answer))
    return order


@act("order.suspend", capability="order.suspend", checks=("approver_is_not_requester",))
def suspend(order: Order, *, request: HaltRequest, by: Actor) -> Order:
    """Work on the order stands still: what one person asked for, another approves."""
    found = _granted(order, request, SUSPENSION, by)
    state(
        facts.Suspended(
            about=order, reason=found.reason, requester=found.requester_id, approver=cast(Person, by.person).pk
        )
    )
    return order


@act("order.resume", capability="order.resume")
def resume(order: Order, *, reason: str, by: Actor) -> Order:
    """Work on a suspended order goes on."""
    if order.stage != "suspended":
        raise Refused.because(_("This order is not suspended, so there is nothing to resume."))
    if not reason.strip():
        raise Refused((lacking("reason", _("Say why the order goes on.")),))
    state(facts.Resumed(about=order, reason=reason.strip()))
    return order


@act("order.terminate", capability="order.terminate", checks=("approver_is_not_requester",))
def terminate(order: Order, *, request: HaltRequest, by: Actor) -> Order:
    """The order ends before it is completed: what one person asked for, another approves."""
    found = _granted(order, request, TERMINATION, by)
    lapse(order)
    state(
        facts.Terminated(
            about=order,
            reason=found.reason,
            settled_how=found.settled_how,
            requester=found.requester_id,
            approver=cast(Person, by.person).pk,
        )
    )
    return order


def lapse(order: Order) -> None:
    """What is still asked for has become pointless."""
    HaltRequest.objects.filter(order=order, state=states.ASKED).update(state="lapsed", decided_at=now())


def _ask(order: Order, kind: HaltRequest.Kind, by: Actor, **said: str) -> HaltRequest:
    written = {name: text.strip() for name, text in said.items()}
    sentences = {
        "reason": _("Say why the order should be suspended.")
        if kind == SUSPENSION
        else _("Say why the order should be terminated."),
        "settled_how": _("Say how work done, money and goods are settled."),
    }
    if faults := tuple(lacking(name, sentences[name]) for name, text in written.items() if not text):
        raise Refused(faults)
    if HaltRequest.objects.filter(order=order, kind=kind, state=states.ASKED).exists():
        raise Refused.because(_("This has been asked for already and waits for approval."))
    request = HaltRequest(
        order=order,
        kind=kind,
        requester=cast(Person, by.person),
        on_behalf_of=by.on_behalf_of,
        requested_at=now(),
        **written,
    )
    rows.cleaned(request).save(force_insert=True)
    return request


def _granted(order: Order, request: HaltRequest, kind: HaltRequest.Kind, by: Actor) -> HaltRequest:
    if request.kind != kind:
        raise Refused.because(_("This request asks for something else."))
    return _decided(order, request, "granted", by)


def _decided(order: Order, request: HaltRequest, to: str, by: Actor, answer: str = "") -> HaltRequest:
    """The request, read anew under the lock, after it has been decided."""
    found = HaltRequest.objects.select_related("requester").filter(order=order, pk=request.pk).first()
    if found is None:
        raise Refused.because(_("This request belongs to another order."))
    states.move_by(states.RULINGS, found, to)
    found.decided_by, found.decided_at, found.answer = by.person, now(), answer
    rows.cleaned(found).save()
    return found
