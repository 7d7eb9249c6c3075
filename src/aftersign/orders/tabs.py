"""Tabs of an order's case file: the spine brings the first and the last, rooms put theirs between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from aftersign.kernel.access.actor import Actor
from aftersign.orders.models import Order

OVERVIEW, ACTIVITY = "overview", "activity"


def _nothing(actor: Actor, order: Order) -> int | None:
    return None


def _calm(actor: Actor, order: Order) -> bool:
    return False


@dataclass(frozen=True)
class Tab:
    """A tab: `url` is its page, `count` what waits there (None or 0: not shown), `hot` whether the count is red."""

    name: str
    label: str | Promise
    order: int
    url: Callable[[Order], str]
    count: Callable[[Actor, Order], int | None] = _nothing
    hot: Callable[[Actor, Order], bool] = _calm


@dataclass(frozen=True)
class Shown:
    """A tab as it stands on the page of an order."""

    label: str | Promise
    address: str
    count: int | None
    hot: bool
    here: bool


_tabs: dict[str, Tab] = {}


def offer_tab(tab: Tab) -> None:
    """Put a tab into the case file; raises `ValueError` when there is one of that name."""
    if tab.name in _tabs:
        raise ValueError(f"the case file has {tab.name} already")
    _tabs[tab.name] = tab


def tabs_of(order: Order, actor: Actor, here: str) -> list[Shown]:
    """The tabs of an order in their sequence; `here` is the one whose page it is."""
    row = sorted(_tabs.values(), key=lambda each: (each.order, each.name))
    return [
        Shown(each.label, each.url(order), each.count(actor, order), each.hot(actor, order), each.name == here)
        for each in row
    ]
