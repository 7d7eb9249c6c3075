"""The units of the policy itself: a duty, and an edition."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.queries import departments_under
from aftersign.kernel.units.addresses import address_of
from aftersign.kernel.units.registry import UnitKind
from aftersign.orders.unit import visible_orders
from aftersign.policy.models import Duty, Edition


def visible_duties(actor: Actor | None) -> QuerySet[Duty]:
    """The duties that an actor may see: those of visible orders, their own, and those of their departments."""
    actor = actor.standing if actor else None
    if actor is None or (actor.kind == "person" and not actor.is_person):
        return Duty.objects.none()
    person = actor.person
    if person is None or actor.kind != "person" or person.is_auditor or person.held_posts:
        return Duty.objects.all()
    departments = departments_under(person) | ({person.department_id} if person.department_id else set())
    mine = Q(owner=person) | Q(owner_department__in=departments) | Q(owner__department__in=departments_under(person))
    return Duty.objects.filter(mine | Q(order__in=visible_orders(actor)))


KINDS = (
    UnitKind(
        name="duty",
        model=Duty,
        title=lambda duty: duty.term,
        address=lambda duty: address_of("duty", duty.pk),
        parent=lambda duty: duty.order,
        visible_to=visible_duties,
    ),
    UnitKind(
        name="edition",
        model=Edition,
        title=lambda edition: edition.version,
        address=lambda edition: "/",
        visible_to=lambda actor: Edition.objects.all(),
    ),
)
