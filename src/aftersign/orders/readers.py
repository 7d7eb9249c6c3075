"""What facts about orders mean to people: who is named, who decides, and who hears that an order stands or ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.notices import registry
from aftersign.kernel.notices.registry import INFORMATION, Cause, Ending, Happening, Reason, Said, Teller, Telling
from aftersign.kernel.org.queries import department_of_code
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.models import HaltRequest, Order, TeamMember

NAMED, TO_DECIDE, DECIDED, COURSE, CHANGED = "named", "to_decide", "decided", "course", "changed"
REASONS = (
    Reason(TO_DECIDE, _("Waits for my decision"), INFORMATION, 20),
    Reason(NAMED, _("Named for an order"), INFORMATION, 30),
    Reason(DECIDED, _("What I asked for was decided"), INFORMATION, 60),
    Reason(COURSE, _("Order suspended, resumed or ended"), INFORMATION, 70),
    Reason(CHANGED, _("Order information changed"), INFORMATION, 80),
)
_COURSE = {"order.suspended": COURSE, "order.resumed": COURSE, "order.terminated": COURSE, "order.completed": COURSE}
_EVERYBODY = {**_COURSE, "order.information_changed": CHANGED}
_ASKED = ("order.suspension_requested", "order.termination_requested")
_REJECTED = "order.request_rejected"
_WITHDRAWN = "order.request_withdrawn"
_DECISIONS = ("order.suspended", "order.terminated", _REJECTED, _WITHDRAWN)
_NAMING = ("order.team_named", "order.post_handed_on")
FACTS = frozenset({*_EVERYBODY, *_ASKED, *_NAMING, *_DECISIONS})


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    for reason in REASONS:
        registry.offer_reason(reason)
    registry.offer_teller(Teller("orders", tell, FACTS))
    registry.offer_describer("order", describe)


def tell(facts: Sequence[Recorded]) -> Iterator[Happening]:
    """What the next facts about orders mean to whom; at most three queries."""
    orders = Order.objects.select_related("sales_owner__department").in_bulk(
        {fact.order_id for fact in facts if fact.order_id}
    )
    teams: dict[UUID, set[UUID]] = {pk: {order.sales_owner_id} for pk, order in orders.items()}
    for pk, person in TeamMember.objects.filter(order__in=orders).values_list("order", "person"):
        teams[pk].add(person)
    for fact in facts:
        order = orders.get(fact.order_id) if fact.order_id else None
        if order is not None:
            if fact.name in _DECISIONS:
                yield Ending(Cause.of(fact), "order", str(order.pk), TO_DECIDE)
            for person, reason in _told(fact, order, teams[order.pk]).items():
                yield Telling(Cause.of(fact), person, "order", str(order.pk), reason)


def _told(fact: Recorded, order: Order, team: set[UUID]) -> Mapping[UUID, str]:
    """Who is told of one fact, and why."""
    said = fact.payload
    if fact.name == _WITHDRAWN:
        return {}
    if fact.name in _NAMING:
        return dict.fromkeys(_named(fact.name, said), NAMED)
    if fact.name in _ASKED:
        return dict.fromkeys(_deciders(order), TO_DECIDE)
    if fact.name == _REJECTED:
        return dict.fromkeys(_askers(order, said["request"]), DECIDED)
    asker = UUID(said["requester"]) if said.get("requester") else None
    everybody = dict.fromkeys(team, _EVERYBODY[fact.name])
    return {**everybody, asker: DECIDED} if asker else everybody


def _named(name: str, said: Mapping[str, Any]) -> set[UUID]:
    if name == "order.post_handed_on":
        found = {said["to_person"], said.get("deputy")}
    else:
        found = {row.get("person") for row in (*said["team"], *(said.get("deputies") or ()))}
    return {UUID(each) for each in found if each}


def _deciders(order: Order) -> set[UUID]:
    """The heads who may suspend or terminate: that of whoever sells, and that of the project department."""
    sells = order.sales_owner.department
    return {each.head_id for each in (sells, department_of_code("project")) if each and each.head_id}


def _askers(order: Order, kind: str) -> set[UUID]:
    found = HaltRequest.objects.filter(order=order, kind=kind, state="rejected")
    rejected = found.order_by("-decided_at", "-id").first()
    return set(rejected.askers) if rejected else set()


def describe(units: Sequence[Any]) -> Mapping[str, Said]:
    """Orders as an inbox says them."""
    return {
        str(order.pk): Said(title=order.title, order=order.number, page=address_of("orders:order", order.number))
        for order in units
    }
