"""Commands that can be typed: what can be done with the record on the page, then everywhere, and where one can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.desk.help import guide
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.search.sounds import sounds
from aftersign.kernel.search.words import normal
from aftersign.kernel.shell import navigation, slots
from aftersign.kernel.shell.frame import TAGS
from aftersign.kernel.units import words
from aftersign.orders.models import Order
from aftersign.orders.tabs import tabs_of

PAGES = 5
"""How many pages of the guide are shown for what was typed."""
SHORT = 2
"""With how many characters a word is looked for in the text of the guide."""
EVERYWHERE, OF_ORDER = "shell.commands", ("order.actions", "order.more")


@dataclass(frozen=True)
class Command:
    """What can be done or where one can go: its name, address, icon and key; without an address the page does it."""

    title: str
    address: str
    icon: str = ""
    key: str = ""
    detail: str = ""

    def answers(self, terms: list[str]) -> bool:
        """Whether each term stands in the name, or is how it sounds from a character on."""
        said, heard = normal(self.title), sounds(self.title)
        return all(term in said or any(each.startswith(term) for each in heard) for term in terms)


def of_unit(actor: Actor, unit: Any) -> list[Command]:
    """What can be done with the record on the page, and the parts of its case file; nothing outside an order."""
    if not isinstance(unit, Order):
        return []
    buttons = [pair for slot in OF_ORDER for pair in slots.buttons(slot, actor, unit)]
    tabs = (Command(str(tab.label), tab.address, "folder") for tab in tabs_of(unit, actor, ""))
    return [*(_of_button(button, url) for button, url in buttons if not button.posts), *tabs]


def everywhere(actor: Actor) -> list[Command]:
    """What can be done from any page, and the lines of the menu."""
    buttons = (_of_button(button, url) for button, url in slots.buttons(EVERYWHERE, actor, None))
    return [*buttons, *_places(actor.standing)]


def helping() -> list[Command]:
    """Where help is: the sheet of keys, and the page of search."""
    return [Command(_("Shortcuts"), "", "key", "?"), Command(_("Search page"), reverse("search"), "search")]


def of_guide(typed: str) -> list[Command]:
    """Pages of the guide about what was typed: those whose title answers, then those that speak of it."""
    terms = normal(typed).split()
    if not terms:
        return []
    language = TAGS.get(get_language() or "", "zh-Hans")
    written = [found for name in guide.pages() if (found := guide.page(name, language))]
    lines = [(Command(each.title, reverse("help-page", args=[each.name]), "help"), each) for each in written]
    titled = [line for line, _page in lines if line.answers(terms)]
    if any(len(term) < SHORT for term in terms):
        return titled[:PAGES]
    spoken = [line for line, page in lines if line not in titled and all(each in normal(page.text) for each in terms)]
    return [*titled, *spoken][:PAGES]


def matching(commands: list[Command], typed: str) -> list[Command]:
    """The commands that answer what was typed; all of them when nothing was."""
    terms = normal(typed).split()
    return [each for each in commands if each.answers(terms)]


def _of_button(button: slots.Button, url: str) -> Command:
    label = button.label or words.label("act", button.name, get_language() or "zh-hans")
    return Command(str(label), url, button.icon, button.key.upper())


def _places(actor: Actor) -> Iterator[Command]:
    for entry in navigation.entries(actor):
        try:
            yield Command(str(entry.label), reverse(entry.url_name), entry.icon, entry.key.upper())
        except NoReverseMatch:
            continue
