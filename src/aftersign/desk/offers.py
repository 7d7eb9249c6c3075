"""What the desk offers to other pages: lines of the menu, a tab and panels of the case file, columns of the list."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.desk.queries import order as duties
from aftersign.desk.queries import prospect, work
from aftersign.desk.queries.adoption import outlook_of
from aftersign.desk.queries.consequences import consequences
from aftersign.desk.queries.copies import clock_of
from aftersign.desk.queries.lifecycle import lifecycle_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.shell import navigation, slots
from aftersign.kernel.shell.navigation import FIRST, GOVERNANCE, Entry
from aftersign.orders.forms.adopting import StageChoice
from aftersign.orders.intents import SLOT, Intent
from aftersign.orders.models import Order
from aftersign.orders.queries.columns import Column, offer_column
from aftersign.orders.tabs import Tab, offer_tab


def _owes(actor: Actor) -> bool:
    """Whether somebody may owe duties: auditors do not, they begin with compliance."""
    return actor.principal is None or not actor.principal.is_auditor


ENTRIES = (
    Entry(
        FIRST,
        _("My work"),
        "inbox",
        "my-work",
        10,
        shown=_owes,
        count=work.waiting,
        tab=pgettext_lazy("tab of a phone", "To do"),
        key="g w",
    ),
    Entry(
        GOVERNANCE,
        _("Compliance"),
        "shield",
        "compliance",
        30,
        tab=_("Compliance"),
        tab_url_name="compliance-list",
        covers=("clauses",),
        key="g c",
    ),
)


def offer_all() -> None:
    """Put everything in its place; called once, when the application starts."""
    for entry in ENTRIES:
        navigation.register(entry)
    offer_tab(
        Tab(
            "duties",
            _("Duties"),
            800,
            lambda order: reverse("order-duties", args=[order.number]),
            duties.overdue,
            hot=True,
        )
    )
    offer_column(Column("next_due", _("Next due"), 10, duties.next_due, kind="n plain end"))
    offer_column(Column("on_time", _("On time"), 20, duties.on_time, numeric=True, kind="n desk"))
    slots.offer("order.lifecycle", slots.Panel("lifecycle", 10, "desk/parts/lifecycle.html", _lifecycle))
    slots.offer("order.overview", slots.Panel("to_do", 10, "desk/parts/to_do.html", _to_do))
    slots.offer("order.overview.aside", slots.Panel("chapters", 10, "desk/parts/order_chapters.html", _chapters))
    slots.offer("order.register.aside", slots.Panel("prospect", 10, "desk/parts/prospect.html", _prospect))
    slots.offer("order.adopt.stage", slots.Panel("outlook", 10, "desk/parts/outlook.html", _outlook))
    slots.offer(SLOT, slots.Panel("consequences", 10, "desk/parts/consequences.html", _consequences))
    slots.offer("handover.clock", slots.Panel("clock", 10, "desk/parts/clock.html", _clock))


def _lifecycle(actor: Actor, order: Order) -> dict[str, Any] | None:
    found = lifecycle_of(order)
    return {"life": found} if found else None


def _to_do(actor: Actor, order: Order) -> dict[str, Any]:
    cards, total = duties.to_do(order)
    return {"cards": cards, "total": total, "order": order}


def _chapters(actor: Actor, order: Order) -> dict[str, Any]:
    return {"chapters": duties.by_chapter(order), "order": order}


def _prospect(actor: Actor, form: Any) -> dict[str, Any] | None:
    found = prospect.of_registration(form)
    return {"prospect": found} if found else None


def _clock(actor: Actor, unit: Any) -> dict[str, Any] | None:
    found = clock_of(unit)
    return {"page": found} if found else None


def _consequences(actor: Actor, intent: Intent) -> dict[str, Any]:
    return {"found": consequences(actor, intent)}


def _outlook(actor: Actor, choice: StageChoice) -> dict[str, Any] | None:
    found = outlook_of(choice.form.sketch, choice.name)
    return {"outlook": found} if found else None
