"""The act by which an order gets its people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import able
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.queries import people
from aftersign.kernel.units import words
from aftersign.orders import facts
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import Order, TeamMember
from aftersign.orders.rules import SALES, lacking


@act("order.name_team", capability="order.name_team")
def name_team(order: Order, *, team: tuple[MemberEntry, ...], by: Actor) -> Order:
    """The posts of an order get their holders and deputies; a post that is not among the entries keeps its own.

    Whoever is named for sales becomes the order's sales owner. The fact tells the whole team as it then stands.
    """
    found = tuple(_faults(order, team))
    if found:
        raise Refused(found)
    TeamMember.objects.bulk_create(
        [
            TeamMember(order=order, post=each.post, person_id=each.person, deputy_id=each.deputy, is_named=True)
            for each in {entry.post: entry for entry in team}.values()
        ],
        update_conflicts=True,
        unique_fields=["order", "post"],
        update_fields=["person", "deputy", "is_named"],
    )
    for each in team:
        if each.post == SALES:
            Order.objects.filter(pk=order.pk).update(sales_owner=each.person)
    order.refresh_from_db()
    named = list(order.team.filter(is_named=True).order_by("post"))
    holders = {SALES: order.sales_owner_id} | {row.post: row.person_id for row in named}
    state(
        facts.TeamNamed(
            about=order,
            team=[{"post": post, "person": person} for post, person in holders.items()],
            deputies=[{"post": row.post, "person": row.deputy_id} for row in named if row.deputy_id] or None,
        )
    )
    return order


def _faults(order: Order, team: tuple[MemberEntry, ...]) -> Iterator[Refusal]:
    posts, language = words.members("order_posts"), get_language() or "en"
    wanted = {person for each in team for person in (each.person, each.deputy) if person}
    here = {each.pk: each for each in people().filter(pk__in=wanted)}
    for each in team:
        said = {"post": words.label("role", each.post, language)}
        if posts and each.post not in posts:
            yield lacking(each.post, _("There is no post %(post)s on an order.") % said)
        elif each.person not in here or (each.deputy and each.deputy not in here):
            yield lacking(each.post, _("Choose people who work here for the post %(post)s.") % said)
        elif fault := next(filter(None, (able.fault_of(here[pk]) for pk in (each.person, each.deputy) if pk)), ""):
            yield lacking(each.post, fault)
        elif each.person == each.deputy:
            yield lacking(each.post, _("Choose a deputy other than the holder of the post %(post)s.") % said)
    filled = {each.post for each in team} | set(order.team.filter(is_named=True).values_list("post", flat=True))
    for post in posts:
        if post not in filled and post != SALES:
            yield lacking(
                post, _("Name somebody for the post %(post)s.") % {"post": words.label("role", post, language)}
            )
