"""Naming who holds the posts of an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.org.queries import people
from aftersign.kernel.shell.fields import PersonField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.widgets import person_label
from aftersign.kernel.units import words
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import Order
from aftersign.orders.queries.people import load_of, preset
from aftersign.orders.rules import SALES

DEPUTY = "deputy-"


@dataclass(frozen=True)
class Place:
    """A post with its two fields, and how many running orders its holder has in hand."""

    post: str
    person: BoundField
    deputy: BoundField
    load: int


class TeamForm(ActForm):
    """A holder and a deputy for each post; what was proposed or preset stands there already."""

    draft = "order.name_team"

    def __init__(self, request: HttpRequest, order: Order) -> None:
        rows = {row.post: row for row in order.team.all()}
        presets = preset(order.kind)
        self.posts = list(dict.fromkeys((SALES, *words.members("order_posts"), *rows)))
        initial: dict[str, Any] = {}
        for post in self.posts:
            member = rows.get(post) or presets.get(post)
            initial |= {post: member.person_id, DEPUTY + post: member.deputy_id} if member else {}
        super().__init__(request, order, initial={SALES: order.sales_owner_id} | initial)
        named = [("", ""), *((person.pk, person_label(person)) for person in people())]
        for post in self.posts:
            said = {"post": words.label("role", post, get_language() or "zh-hans")}
            self.fields[post] = PersonField(
                label=said["post"], error_messages={"required": _("Name somebody for the post %(post)s.") % said}
            )
            self.fields[DEPUTY + post] = PersonField(label=_("Deputy of %(post)s") % said, required=False)
            for name in (post, DEPUTY + post):
                self.fields[name].choices = named  # type: ignore[attr-defined]

    @property
    def places(self) -> list[Place]:
        """The posts one by one."""
        chosen: dict[str, Any] = {post: self.initial.get(post) for post in self.posts}
        loads = load_of({person for person in chosen.values() if person})
        return [Place(post, self[post], self[DEPUTY + post], loads.get(who, 0)) for post, who in chosen.items()]

    @property
    def team(self) -> tuple[MemberEntry, ...]:
        """Who is named; the form has been checked."""
        given = self.cleaned_data
        pairs = ((post, given[post], given[DEPUTY + post]) for post in self.posts)
        return tuple(MemberEntry(post=post, person=one.pk, deputy=two.pk if two else None) for post, one, two in pairs)
