"""The unit of the general chapter: a request for an exception."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from aftersign.chapters.general import deciding
from aftersign.chapters.general.models import Request
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.queries import company
from aftersign.kernel.units.addresses import address_of
from aftersign.kernel.units.registry import UnitKind
from aftersign.orders.unit import visible_orders
from aftersign.policy.models import Duty
from aftersign.policy.unit import visible_duties


def visible_requests(actor: Actor | None) -> QuerySet[Request]:
    """The requests that an actor may see: about what they see, their own, and those that wait for them."""
    actor = actor.standing if actor else None
    if actor is None or (actor.kind == "person" and not actor.is_person):
        return Request.objects.none()
    person = actor.person
    if person is None or actor.kind != "person" or person.is_auditor or person.held_posts:
        return Request.objects.all()
    asked = Q(requester=person) | Q(on_behalf_of=person) | Q(author=person)
    answered = Q(agreed_by=person) | Q(agreed_for=person) | Q(decided_by=person) | Q(decided_for=person)
    waiting = Q(pk__in=[request.pk for request in deciding.waiting_for(actor)])
    about = Q(order__in=visible_orders(actor)) | Q(order=None, duty__in=visible_duties(actor))
    return Request.objects.filter(asked | answered | waiting | about)


def subject_of(request: Request) -> Model:
    """What a request is about: the duty, the fact, or for a gate the order or the company."""
    if request.duty_id:
        duty = deciding.duty_of(request)
        if duty is not None or request.order is not None:
            return duty or Duty(id=request.duty_id, order=request.order)
    if request.fact is not None:
        return request.fact
    return request.order or company()


KINDS = (
    UnitKind(
        name="exception_request",
        model=Request,
        title=lambda request: str(request.get_kind_display()),
        address=lambda request: address_of("general:request", request.pk),
        parent=subject_of,
        visible_to=visible_requests,
        related=("order", "duty", "fact"),
        guard=lambda request: company(),
    ),
)
