"""What the desk offers to other pages: lines of the menu, a tab and panels of the case file, columns of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from aftersign.desk.queries import order as duties
from aftersign.desk.queries import prospect, work
from aftersign.desk.queries.adoption import outlook_of
from aftersign.desk.queries.compliance.made import proof_in
from aftersign.desk.queries.consequences import consequences
from aftersign.desk.queries.copies import clock_of
from aftersign.desk.queries.lifecycle import lifecycle_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.models import AuditEntry
from aftersign.kernel.search.recent import latest
from aftersign.kernel.shell import audit_pages, navigation, slots
from aftersign.kernel.shell.dates import day_of
from aftersign.kernel.shell.markup import markup
from aftersign.kernel.shell.navigation import FIRST, GOVERNANCE, Entry
from aftersign.orders.forms.adopting import StageChoice
from aftersign.orders.intents import SLOT, Intent
from aftersign.orders.models import Order
from aftersign.orders.queries.columns import Column, offer_column
from aftersign.orders.tabs import Tab, offer_tab
from aftersign.policy.figures import figure_from
from aftersign.policy.models import Duty, DutyState


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
            lambda actor, order: duties.running(order),
            hot=duties.is_late,
        )
    )
    offer_column(Column("next_due", _("Next due"), 10, duties.next_due, kind="n plain end", texts=_due_days))
    offer_column(Column("on_time", _("On time"), 20, duties.on_time, numeric=True, kind="n desk", texts=_rates))
    _offer_search()
    slots.offer("order.lifecycle", slots.Panel("lifecycle", 10, "desk/parts/lifecycle.html", _lifecycle))
    slots.offer("order.overview", slots.Panel("to_do", 10, "desk/parts/to_do.html", _to_do))
    slots.offer("order.overview.aside", slots.Panel("chapters", 10, "desk/parts/order_chapters.html", _chapters))
    slots.offer("order.register.aside", slots.Panel("prospect", 10, "desk/parts/prospect.html", _prospect))
    slots.offer("order.adopt.stage", slots.Panel("outlook", 10, "desk/parts/outlook.html", _outlook))
    slots.offer(SLOT, slots.Panel("consequences", 10, "desk/parts/consequences.html", _consequences))
    slots.offer("handover.clock", slots.Panel("clock", 10, "desk/parts/clock.html", _clock))
    audit_pages.offer_words(_told)


def _due_days(orders: Sequence[UUID], actor: Actor) -> Mapping[UUID, str]:
    """The day on which the next duty of each order is due, for an export of the list."""
    running = Duty.objects.filter(order__in=orders, state__in=(DutyState.OPEN, DutyState.BREACHED))
    first = running.order_by().values_list("order").annotate(first=Min("due_at"))
    return {order: day_of(at).isoformat() for order, at in first if at}


def _rates(orders: Sequence[UUID], actor: Actor) -> Mapping[UUID, str]:
    """The share of the duties of each order that were done on time: a spreadsheet would take 5/6 for a day in May."""
    rows = Duty.objects.filter(order__in=orders).order_by().values_list("order", "state", "extended")
    counted: dict[UUID, list[tuple[str, bool, int]]] = {}
    for order, state, extended, n in rows.annotate(n=Count("pk")):
        counted.setdefault(order, []).append((state, extended, n))
    rates = {order: figure_from(each).rate for order, each in counted.items()}
    return {order: f"{rate:.1f}%" for order, rate in rates.items() if rate is not None}


def _offer_search() -> None:
    slots.offer("shell.find", slots.Panel("search", 10, "desk/parts/find.html"))
    slots.offer("shell.phone", slots.Panel("search", 5, "desk/parts/find_icon.html"))
    slots.offer("shell.keys", slots.Panel("search", 5, "desk/parts/find_key.html"))
    slots.offer("shell.dialogs", slots.Panel("palette", 10, "desk/parts/palette.html"))
    slots.offer("shell.not_found", slots.Panel("search", 10, "desk/parts/not_found.html", _not_found))


def _told(line: AuditEntry) -> SafeString | None:
    """What the audit log says of an audit paper, with the page that verifies it."""
    proof = proof_in(line)
    if proof is None:
        return None
    address = f"{reverse('compliance-check')}?code={proof.code}"
    said = gettext("Audit paper of compliance with the clauses")
    return markup('<a href="{}">{} <span translate="no">{}</span></a>', address, said, proof.code)


def _not_found(actor: Actor, unit: Any) -> dict[str, Any]:
    """A field, and what was opened last; without a database that answers, the field alone."""
    try:
        return {"recent": latest(actor)}
    except DatabaseError:
        return {"recent": []}


def _lifecycle(actor: Actor, order: Order) -> dict[str, Any] | None:
    found = lifecycle_of(order)
    return {"life": found} if found else None


def _to_do(actor: Actor, order: Order) -> dict[str, Any]:
    cards, total = duties.to_do(order)
    return {"cards": cards, "total": total, "order": order}


def _chapters(actor: Actor, order: Order) -> dict[str, Any]:
    return {"chapters": duties.by_chapter(order), "order": order}


def _prospect(actor: Actor, form: Any) -> dict[str, Any] | None:
    """What follows from the form; no grade before the kind and the amount that decide it can be read."""
    found = prospect.of_registration(form)
    if found is None:
        return None
    said = form.sketch
    is_decided = "order_kind" in said and said.get("amount", -1) >= 0
    return {"prospect": found if is_decided else replace(found, grade="—")}


def _clock(actor: Actor, unit: Any) -> dict[str, Any] | None:
    found = clock_of(actor, unit)
    return {"page": found} if found else None


def _consequences(actor: Actor, intent: Intent) -> dict[str, Any]:
    return {"found": consequences(actor, intent)}


def _outlook(actor: Actor, choice: StageChoice) -> dict[str, Any] | None:
    found = outlook_of(choice.form.sketch, choice.name)
    return {"outlook": found} if found else None
