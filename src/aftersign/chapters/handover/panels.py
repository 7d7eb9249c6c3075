"""What the handover puts on pages of others: its tab, signatures on the overview, buttons, the pages of its acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersign.chapters.handover import queries, states
from aftersign.chapters.handover.acts.withdrawing import standing_firm
from aftersign.chapters.handover.queries.filed import receipts_and_scans
from aftersign.chapters.handover.rules import code_meant, copy_of, order_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts import pages
from aftersign.kernel.shell import navigation, slots
from aftersign.kernel.units import words
from aftersign.kernel.units.addresses import address_of
from aftersign.orders import tabs
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import offer_firm
from aftersign.orders.queries.filed import offer_files

TAB = "handover"


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    tabs.offer_tab(tabs.Tab(TAB, _("Handover form"), 100, _form))
    slots.offer("order.overview.aside", slots.Panel("handover", 100, "handover/overview.html", _signatures))
    entry = navigation.Entry(
        navigation.FIRST, _("Sign for copies"), "pen", "handover:together", 25, _receives, key="g h"
    )
    navigation.register(entry)
    slots.offer_button("order.actions", slots.Button("handover.submit", 10, _to_submit, icon="pen", kind="p"))
    slots.offer_button("order.actions", slots.Button("handover.accept_copy", 11, _to_accept, icon="pen", kind="p"))
    slots.offer_button("order.actions", slots.Button("handover.resend_copy", 12, _to_resend, icon="swap", kind="p"))
    slots.offer_button("order.actions", slots.Button("handover.receive_original", 13, _to_keep, icon="folder"))
    offer_files(receipts_and_scans)
    offer_firm("handover", standing_firm)
    for act, address in _PAGES.items():
        pages.offer(act, address)


def _page(name: str) -> Callable[[Any], str]:
    return lambda unit: address_of(name, order_of(unit).number)


def _copy(unit: Any) -> str:
    copy = copy_of(unit)
    return address_of("handover:copy", order_of(unit).number, copy.key) if copy else _form(order_of(unit))


_form = _page("handover:form")
_PAGES: dict[str, Callable[[Any], str]] = {
    "handover.submit": _form,
    "handover.sign": _form,
    "handover.distribute": _form,
    "handover.accept_copy": _copy,
    "handover.accept_on_paper": _copy,
    "handover.return_copy": _copy,
    "handover.resend_copy": _page("handover:correct_form"),
    "handover.explain": _page("handover:explain"),
    "handover.confirm_points": _copy,
    "handover.receive_original": _page("handover:original"),
    "handover.answer": lambda unit: reverse("handover:answer", args=[order_of(unit).number, unit.pk]),
    "handover.correct": _page("handover:correction"),
}


def _signatures(actor: Actor, order: Order) -> dict[str, Any] | None:
    standing = queries.standing(order, whole=False)
    return {"standing": standing, "order": order} if standing.form else None


def _receives(actor: Actor) -> bool:
    """Whether copies are sent to the department of somebody by the policy."""
    department = actor.person.department if actor.person else None
    words_sent = words.members("handover_recipients")
    return department is not None and department.code in {code_meant(each) for each in words_sent}


def _to_submit(actor: Actor, order: Order) -> str | None:
    begun = order.stage != "signed" or queries.copies_of(order)
    return _form(order) if not begun and allowed(actor, "handover.submit", order) else None


def _to_accept(actor: Actor, order: Order) -> str | None:
    waiting = (copy for copy in queries.copies_of(order) if copy.state in states.WAITING)
    mine = next((copy for copy in waiting if allowed(actor, "handover.accept_copy", copy)), None)
    if mine is None or queries.refused_by_stage(order, queries.SIGNING, by=actor):
        return None
    return reverse("handover:copy", args=[order.number, mine.key])


def _to_resend(actor: Actor, order: Order) -> str | None:
    back = any(copy.state == "returned" for copy in queries.copies_of(order))
    return _PAGES["handover.resend_copy"](order) if back and allowed(actor, "handover.resend_copy", order) else None


def _to_keep(actor: Actor, order: Order) -> str | None:
    mine = allowed(actor, "handover.receive_original", order)
    return _PAGES["handover.receive_original"](order) if mine and not queries.has_original(order) else None
