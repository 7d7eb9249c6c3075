"""The menu: every room and floor names its own entries, and each person sees those that concern them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.prepared import Sql, counts_of
from aftersign.kernel.shell.marks import icon
from aftersign.kernel.shell.markup import markup
from aftersign.kernel.units.addresses import address_of

Text = str | Promise
FIRST, EXECUTION, GOVERNANCE = "", "execution", "governance"
SECTIONS: dict[str, Text] = {FIRST: "", EXECUTION: _("Execution"), GOVERNANCE: _("Governance")}


@dataclass(frozen=True)
class Counting:
    """A number beside an entry that is still to be counted: the query whose rows count, and what the number says."""

    query: Sql | None
    says: Callable[[int], int | None]


@dataclass(frozen=True)
class Entry:
    """A line of the menu; `section` is a key of `SECTIONS`, `count` gives a number or how to count it.

    `tab` is the short label under which the entry also stands in the tab bar of a phone, and `tab_url_name` where that
    leads when it is elsewhere; `covers` are names of further pages that lie under it; `urgent` shows the count in red;
    `key` is what is typed to go there, one letter or `g` and another.
    """

    section: str
    label: Text
    icon: str
    url_name: str
    order: int
    shown: Callable[[Actor], bool] = lambda actor: True
    count: Callable[[Actor], Counting | int | None] = lambda actor: None
    tab: Text = ""
    tab_url_name: str = ""
    covers: tuple[str, ...] = ()
    urgent: bool = False
    key: str = ""


@dataclass
class Line:
    """An entry as one person sees it."""

    entry: Entry
    url: str
    count: int | None
    current: bool = False

    @property
    def tab_url(self) -> str:
        """Where the tab of a phone leads."""
        return address_of(self.entry.tab_url_name) if self.entry.tab_url_name else self.url

    @property
    def link(self) -> SafeString:
        """The line as HTML, put together at once: it stands on every page a dozen times."""
        entry = self.entry
        key = markup(' data-key="{}"', entry.key) if entry.key else ""
        current = SafeString(' aria-current="page"' if self.current else "")
        look = SafeString(' class="hot"' if entry.urgent else "")
        count = markup("<b{}>{}</b>", look, self.count) if self.count else ""
        pattern = '<a href="{}"{}{}>{}<span class="el">{}</span>{}</a>'
        return markup(pattern, self.url, key, current, icon(entry.icon), entry.label, count)


@dataclass
class Menu:
    """The menu of one person: lines by section, those with a key, and the tabs of a phone."""

    sections: list[tuple[Text, list[Line]]] = field(default_factory=list)
    keyed: list[Line] = field(default_factory=list)
    tabs: list[Line] = field(default_factory=list)


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Put an entry into the menu; raises `ValueError` for an unknown section or an address that is there already."""
    if entry.section not in SECTIONS:
        raise ValueError(f"the menu has no section {entry.section}")
    if any(each.url_name == entry.url_name for each in _entries):
        raise ValueError(f"{entry.url_name} stands in the menu already")
    _entries.append(entry)
    _entries.sort(key=lambda each: each.order)


def entries(actor: Actor) -> list[Entry]:
    """The entries that an actor finds in the menu, in their order."""
    return [each for each in _entries if each.shown(actor)]


def menu(request: HttpRequest, actor: Actor) -> Menu:
    """What an actor sees; an entry whose page is not installed is left out."""
    lines = _lines(actor)
    _mark_current(lines, request.path)
    by_section = ((title, [line for line in lines if line.entry.section == name]) for name, title in SECTIONS.items())
    keyed = [line for line in lines if line.entry.key]
    tabs = [line for line in lines if line.entry.tab]
    return Menu([(title, own) for title, own in by_section if own], keyed, tabs)


def _lines(actor: Actor) -> list[Line]:
    """The entries of an actor with their numbers, those still to be counted by one query together."""
    found = [(entry, url, entry.count(actor)) for entry in entries(actor) if (url := _address(entry))]
    numbers = iter(counts_of([count.query for _entry, _url, count in found if isinstance(count, Counting)]))
    return [
        Line(entry, url, count.says(next(numbers)) if isinstance(count, Counting) else count)
        for entry, url, count in found
    ]


def _address(entry: Entry) -> str:
    try:
        return address_of(entry.url_name)
    except NoReverseMatch:
        return ""


def _mark_current(lines: list[Line], path: str) -> None:
    """The entry with the longest address that the page lies under is the current one."""
    found = [(len(url), line) for line in lines for url in _places(line) if path == url or _is_under(path, url)]
    if found:
        max(found, key=lambda each: each[0])[1].current = True


def _places(line: Line) -> list[str]:
    return [line.url, *(address_of(name) for name in line.entry.covers)]


def _is_under(path: str, url: str) -> bool:
    return url != "/" and path.startswith(url)
