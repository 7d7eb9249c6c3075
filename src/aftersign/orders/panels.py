"""What the spine puts on pages: its menu entry, two tabs of a case file, buttons and pages of its acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import administrator, allowed
from aftersign.kernel.acts import pages
from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell import navigation, settings_pages, slots
from aftersign.kernel.shell.paging import up_to
from aftersign.kernel.units import registry
from aftersign.orders import tabs
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import offer_detail
from aftersign.orders.queries.details import details
from aftersign.orders.queries.people import ENDED
from aftersign.orders.unit import visible_orders


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    navigation.register(
        navigation.Entry(
            navigation.FIRST, _("Orders"), "order", "orders:list", 20, count=_running, tab=_("Orders"), key="g o"
        )
    )
    slots.offer("shell.top", slots.Panel("register", 10, "orders/parts/register_button.html", _registers))
    slots.offer("shell.phone", slots.Panel("register", 10, "orders/parts/register_icon.html", _registers))
    slots.offer_button("shell.commands", slots.Button("order.register", 10, _registering, icon="plus", key="n"))
    slots.offer("shell.keys", slots.Panel("register", 10, "orders/parts/register_key.html", _registers))
    tabs.offer_tab(
        tabs.Tab(tabs.OVERVIEW, _("Overview"), 0, lambda order: reverse("orders:order", args=[order.number]))
    )
    tabs.offer_tab(
        tabs.Tab(tabs.ACTIVITY, _("Activity"), 900, lambda order: reverse("orders:activity", args=[order.number]))
    )
    settings_pages.offer(
        settings_pages.SettingsPage(
            settings_pages.PEOPLE,
            "orders:defaults",
            _("Proposed teams"),
            "star",
            _("Who is proposed for the posts of a new order, kind by kind."),
            30,
            shown=_proposes,
        )
    )
    slots.offer_button(
        "settings.kinds", slots.Button("defaults", 10, _defaults, label=_("Proposed teams"), icon="users")
    )
    offer_detail("orders", details)
    pages.offer("order.register", lambda unit: reverse("orders:register"))
    for place, (act, page, icon, row) in enumerate(_BUTTONS):
        slots.offer_button(row, slots.Button(act, 800 + place, _page(act, page), icon=icon))
        pages.offer(act, _done_on(page))


_BUTTONS = (
    ("order.resume", "orders:resume", "clock", "order.actions"),
    ("order.name_team", "orders:team", "users", "order.actions"),
    ("order.complete", "orders:complete", "ok", "order.actions"),
    ("order.close", "orders:close", "lock", "order.actions"),
    ("order.change_information", "orders:edit", "pen", "order.more"),
    ("order.suspend", "orders:suspend", "pause", "order.more"),
    ("order.terminate", "orders:terminate", "x", "order.more"),
)
COUNTED = 1000
COUNTED_ANEW = timedelta(minutes=1)
_many: dict[UUID | None, datetime] = {}
"""When somebody was last seen to have more orders than are counted: so many do not end within a minute."""
_OVER = (*ENDED, "completed")
_WISHES = {"order.suspend": "order.request_suspension", "order.terminate": "order.request_termination"}


def _registers(actor: Actor, unit: Any) -> dict[str, Any] | None:
    """Nothing more to show, to whoever may register an order."""
    return {} if allowed(actor, "order.register", company()) else None


def _proposes(actor: Actor) -> bool:
    return administrator.test(actor, None)


def _defaults(actor: Actor, unit: Any) -> str | None:
    return reverse("orders:defaults") if _proposes(actor) else None


def _registering(actor: Actor, unit: Any) -> str | None:
    return reverse("orders:register") if _registers(actor, unit) is not None else None


def _running(actor: Actor) -> navigation.Counting | None:
    """How many running orders somebody sees, as long as the number says something."""
    if actor.id in _many and now() - _many[actor.id] < COUNTED_ANEW:
        return None

    def says(found: int) -> int | None:
        if found < COUNTED:
            _many.pop(actor.id, None)
            return found
        _many[actor.id] = now()
        return None

    return navigation.Counting(up_to(visible_orders(actor).exclude(stage__in=ENDED), COUNTED), says)


def _done_on(page: str) -> Callable[[Any], str]:
    def address(unit: Any) -> str:
        order = registry.root_of(unit)
        return reverse(page, args=[order.number]) if isinstance(order, Order) else ""

    return address


def _page(act: str, page: str) -> Callable[[Actor, Order], str | None]:
    wish = _WISHES.get(act, act)

    def address(actor: Actor, order: Order) -> str | None:
        may = _is_time_for(act, order.stage) and any(allowed(actor, each, order) for each in (wish, act))
        return reverse(page, args=[order.number]) if may else None

    return address


def _is_time_for(act: str, stage: str) -> bool:
    """Whether a button has its place at a stage; what the policy of the order says, is said on the act's page."""
    if act == "order.resume":
        return stage == "suspended"
    if act == "order.close":
        return stage in ("completed", "terminated")
    if act in ("order.complete", "order.suspend"):
        return stage not in (*_OVER, "suspended")
    return stage not in (_OVER if act == "order.terminate" else ENDED)
