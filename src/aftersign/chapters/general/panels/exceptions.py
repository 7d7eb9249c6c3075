"""What exceptions put on pages of others: requests, buttons, links in the activity and after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from aftersign.chapters.general.queries import gates, telling
from aftersign.chapters.general.queries.requests import about_duty, rows_of, waiting_rows
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts import withdrawing
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.shell import slots
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import Link, offer_detail, offer_links
from aftersign.policy import approvals
from aftersign.policy.models import UNFINISHED, Duty

MOST = 5


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    slots.offer("desk.my_work.aside", slots.Panel("requests", 10, "general/parts/waiting.html", _waiting))
    slots.offer("desk.my_work.strip", slots.Panel("requests", 10, "general/parts/strip.html", _waiting))
    slots.offer("duty.main", slots.Panel("requests", 10, "general/parts/of_duty.html", _of_duty))
    slots.offer("form.refused", slots.Panel("release", 10, "general/parts/after_refusal.html", _after_refusal))
    for place, (act, page) in enumerate(_BUTTONS):
        slots.offer_button("duty.actions", slots.Button(act, 100 + place, _page(act, page)))
    offer_detail("general", telling.details, people=telling.PEOPLE)
    offer_links("general", _links)


_BUTTONS = (
    ("general.hand_on_duty", "general:hand_on"),
    ("general.request_extension", "general:extension"),
    ("general.request_waiver", "general:waiver"),
)


def _waiting(actor: Actor, unit: Any) -> dict[str, Any] | None:
    found = waiting_rows(actor)
    return {"rows": found[:MOST], "count": len(found)} if found else None


def _of_duty(actor: Actor, duty: Duty) -> dict[str, Any] | None:
    found = about_duty(duty)
    return {"rows": rows_of(found)} if found else None


def _after_refusal(actor: Actor, refused: Any) -> dict[str, Any] | None:
    """A way on after a refusal, where a gate that can be released stood in the way."""
    if not isinstance(refused, Refused) or refused.noted is None:
        return None
    terms = [term for each in refused.refusals for term in each.terms]
    if not gates.could_be_released(terms, refused.act):
        return None
    return {"address": reverse("general:release", args=[refused.noted])}


def _page(act: str, page: str) -> Callable[[Actor, Duty], str | None]:
    def address(actor: Actor, duty: Duty) -> str | None:
        too_late = act == "general.request_extension" and duty.due_at is not None and duty.due_at <= now()
        offered = duty.state in UNFINISHED and not too_late and allowed(actor, act, duty)
        return reverse(page, args=[duty.pk]) if offered else None

    return address


def _links(facts: Sequence[Recorded], actor: Actor, order: Order) -> Mapping[int, Link]:
    """Beside the facts of a page: to withdraw one's own while that is possible alone, else to ask for it."""
    known = [fact for fact in facts if withdrawing.way_of(fact.name) is not None]
    if not known or not actor.is_person:
        return {}
    asks, edition = telling.answers_for(actor, order), telling.edition_for(order)
    found: dict[int, Link] = {}
    for fact in known:
        mine = fact.actor_kind == "person" and bool(actor.hands & {fact.actor_id, fact.on_behalf_of})
        soon = mine and (edition is None or now() <= approvals.alone_until(fact.entered, edition))
        if mine or asks:
            label = _("Withdraw") if soon else _("Ask to withdraw")
            found[fact.sequence] = Link(label, reverse("general:withdraw", args=[fact.id]))
    return found
