"""Where tables of running orders are offered: beside the list of orders, and where a single one is adopted."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell import slots


def offer_all() -> None:
    """Put everything in its place; called once, when the application starts."""
    for row, label in (("orders.actions", _("Adopt running orders")), ("orders.adopt", _("Many from a table"))):
        slots.offer_button(row, slots.Button("order-tables", 20, _tables, label=label, icon="truck"))


def _tables(actor: Actor, unit: Any) -> str | None:
    return reverse("order-tables") if allowed(actor, "order.adopt", company()) else None
