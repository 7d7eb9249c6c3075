"""The units of the policy itself: a duty, an edition, and a fact where something is about the fact."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal.facts import kinds
from aftersign.kernel.org.queries import company, departments_under
from aftersign.kernel.units import words
from aftersign.kernel.units.addresses import address_of
from aftersign.kernel.units.registry import UnitKind
from aftersign.orders.unit import visible_orders
from aftersign.policy.models import Duty, Edition, StatedFact


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


def visible_facts(actor: Actor | None) -> QuerySet[StatedFact]:
    """The facts that an actor may see as records: those of visible orders, and of the company's what is everybody's.

    Whether one of an order is shown to a smaller circle only is asked of the fact itself.
    """
    actor = actor.standing if actor else None
    if actor is None or (actor.kind == "person" and not actor.is_person):
        return StatedFact.objects.none()
    person = actor.person
    if person is None or actor.kind != "person" or person.is_auditor or person.held_posts:
        return StatedFact.objects.all()
    shown = [name for name, kind in kinds().items() if kind.SEEN_BY == "everyone"]
    mine = Q(actor_id=person.pk) | Q(on_behalf_of=person.pk)
    others = Q(order=None) & (Q(fact__in=shown) | mine)
    return StatedFact.objects.filter(others | Q(order__in=visible_orders(actor)))


def _address_of_fact(fact: StatedFact) -> str:
    if fact.order is None:
        return "/"
    return address_of("orders:activity", fact.order.number) + f"?before={fact.sequence + 1}"


KINDS = (
    UnitKind(
        name="duty",
        model=Duty,
        title=lambda duty: duty.term,
        address=lambda duty: address_of("duty", duty.pk),
        parent=lambda duty: duty.order,
        visible_to=visible_duties,
        along=("owner", "owner_department"),
        guard=lambda duty: company(),
    ),
    UnitKind(
        name="edition",
        model=Edition,
        title=lambda edition: edition.version,
        address=lambda edition: address_of("final:edition", edition.version),
        visible_to=lambda actor: Edition.objects.defer("files"),
        guard=lambda edition: company(),
    ),
    UnitKind(
        name="fact",
        model=StatedFact,
        title=lambda fact: words.label("fact", fact.fact, get_language() or "zh-hans"),
        address=_address_of_fact,
        parent=lambda fact: fact.order,
        visible_to=visible_facts,
        related=("order",),
        guard=lambda fact: company(),
    ),
)
