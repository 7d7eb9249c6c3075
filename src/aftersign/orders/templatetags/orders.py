"""Tags of an order's pages: the head of its case file, its stage, and what a change was about."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aftersign.orders.casefile import CaseFile
from aftersign.orders.items import item_label
from aftersign.orders.listing import stage_chip
from aftersign.orders.models import Order
from aftersign.orders.queries.activity import Happening

register = template.Library()


@register.inclusion_tag("orders/parts/head.html", takes_context=True)
def case_head(context: Context, order: Order, tab: str) -> dict[str, Any]:
    """What stands above every tab of an order; `tab` is the name of the one whose page it is."""
    case = context.get("case") or CaseFile(order, context["actor"], tab)
    return {"case": case, "order": order, "actor": context["actor"], "frame": context.get("frame")}


@register.simple_tag
def order_stage(order: Order) -> SafeString:
    """The stage of an order as a chip."""
    return stage_chip(order)


@register.filter
def changed_item(name: str) -> str:
    """What of an order or a customer a change was about."""
    return item_label(name)


@register.filter
def changes(happening: Happening) -> list[tuple[str, str, str]]:
    """What a fact says was one thing before and is another since: item, before, after."""
    said = happening.payload
    if not {"item", "old", "new"} <= set(said):
        return []
    old, new = (str(said[key]) or _("nothing") for key in ("old", "new"))
    return [(item_label(said["item"]), old, new)]
