"""Places on pages into which rooms put panels and buttons without the page knowing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from aftersign.kernel.access.actor import Actor

Context = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """A piece of a page: `context` answers with what its template needs, or None when there is nothing to show."""

    name: str
    order: int
    template: str
    context: Callable[[Actor, Any], Context | None] = lambda actor, unit: {}


@dataclass(frozen=True)
class Button:
    """A button of a page: `url` answers with the address for a unit, or None when it is not offered there.

    Without a label it bears that of the act it is named after. With `posts` it is a form of one button; otherwise a
    link to the page where the act is done. `key` is what is typed to press it.
    """

    name: str
    order: int
    url: Callable[[Actor, Any], str | None]
    label: str | Promise = ""
    icon: str = ""
    kind: str = ""
    posts: bool = False
    key: str = ""


_panels: dict[str, list[Panel]] = defaultdict(list)
_buttons: dict[str, list[Button]] = defaultdict(list)


def offer(slot: str, panel: Panel) -> None:
    """Put a panel into a slot; raises `ValueError` when one of that name is there."""
    _put(_panels[slot], panel, slot)


def offer_button(slot: str, button: Button) -> None:
    """Put a button into a slot; raises `ValueError` when one of that name is there."""
    _put(_buttons[slot], button, slot)


def _put(places: list[Any], thing: Panel | Button, slot: str) -> None:
    if any(each.name == thing.name for each in places):
        raise ValueError(f"{thing.name} is in slot {slot} already")
    places.append(thing)
    places.sort(key=lambda each: each.order)


def panels(slot: str, actor: Actor | None, unit: Any) -> Iterator[tuple[Panel, Context]]:
    """Panels of a slot with what they show to an actor about a unit."""
    for panel in _panels.get(slot, ()) if actor else ():
        context = panel.context(actor.standing, unit)  # type: ignore[union-attr]
        if context is not None:
            yield panel, context


def buttons(slot: str, actor: Actor | None, unit: Any) -> Iterator[tuple[Button, str]]:
    """Buttons of a slot with their addresses for a unit."""
    for button in _buttons.get(slot, ()) if actor else ():
        url = button.url(actor.standing, unit)  # type: ignore[union-attr]
        if url is not None:
            yield button, url
