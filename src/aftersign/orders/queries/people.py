"""Who holds the posts of an order, and who could: presets by kind, and how much everybody has in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from aftersign.orders.models import DefaultMember, Order, TeamMember

ENDED = ("closed", "terminated", "warranty")


def team_of(order: Order) -> list[TeamMember]:
    """Everybody proposed or named for the posts of an order, read once for each order that is held in hand."""
    people = TeamMember.objects.select_related("person", "deputy")
    prefetch_related_objects([order], Prefetch("team", queryset=people))
    return list(order.team.all())


def defaults_of(kind: str) -> dict[str, DefaultMember]:
    """By post, whom the company proposes for orders of a kind, with their people; also who has left since."""
    found = DefaultMember.objects.filter(kind=kind).select_related("person__department", "deputy__department")
    return {member.post: member for member in found}


def preset(kind: str) -> dict[str, DefaultMember]:
    """By post, whom the company proposes for orders of a kind; nobody who has left."""
    found = DefaultMember.objects.filter(kind=kind, person__is_active=True, person__left_on=None)
    return {member.post: member for member in found}


def load_of(people: Collection[UUID]) -> dict[UUID, int]:
    """How many running orders people hold a post on or sell; two queries."""
    if not people:
        return {}
    posts = TeamMember.objects.filter(person__in=people).exclude(order__stage__in=ENDED)
    sold = Order.objects.filter(sales_owner__in=people).exclude(stage__in=ENDED)
    pairs = {*posts.values_list("person_id", "order_id"), *sold.values_list("sales_owner_id", "pk")}
    return Counter(person for person, _order in pairs)
