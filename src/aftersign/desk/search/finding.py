"""What stands under the field: groups of hits and of commands, and one kind of hits by the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftersign.desk.search import commands
from aftersign.desk.search.commands import Command
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load_unit
from aftersign.kernel.search.asking import MOST, found, hits, shown
from aftersign.kernel.search.content import Hit, Source
from aftersign.kernel.search.recent import latest
from aftersign.kernel.search.sources import sources

IN_PALETTE, COMMANDS, RECENT, ON_PAGE, PAGE = 5, 6, 6, 5, 25
Text = str | Promise


@dataclass(frozen=True)
class Group:
    """Hits or commands under a heading; each has a number of its own within the whole answer."""

    label: Text
    lines: list[tuple[int, Hit | Command]]


def palette(actor: Actor, typed: str, here: str) -> list[Group]:
    """What the palette shows: commands of the order on the page, records, commands, help; the recent without a word."""
    unit = _unit(actor, here)
    own = commands.matching(commands.of_unit(actor, unit), typed)[:COMMANDS]
    everywhere = commands.matching(commands.everywhere(actor), typed)
    asked = (str(unit), own) if own else None
    records: list[tuple[Text, Any]]
    if typed.strip():
        records = [(each.label, hits(each, actor, typed, IN_PALETTE)) for each in sources()]
    else:
        records = [(_("Opened last"), latest(actor, but=unit)[:RECENT])]
    helping = [*commands.matching(commands.helping(), typed), *commands.of_guide(typed)]
    rest = [(_("Commands"), everywhere), (_("Help"), helping)]
    return _numbered([*filter(None, (asked,)), *records, *rest])


@dataclass(frozen=True)
class Found:
    """The hits of one kind on the page of search: some of them, how many there are, and whether there are more."""

    source: Source
    hits: list[Hit]
    total: int
    page: int = 1

    @property
    def has_more(self) -> bool:
        """Whether not even all that are counted are all."""
        return self.total >= MOST

    @property
    def before(self) -> int:
        """The page before, 0 on the first."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The next page, 0 on the last."""
        return self.page + 1 if self.total > self.page * PAGE else 0


def all_kinds(actor: Actor, typed: str) -> list[Found]:
    """The first hits of each kind that has any."""
    kinds = [(each, found(each, actor, typed, MOST)) for each in sources()]
    return [Found(source, shown(source, ids[:ON_PAGE]), len(ids)) for source, ids in kinds if ids]


def one_kind(actor: Actor, typed: str, kind: str, wanted: str) -> Found:
    """A page of hits of one kind; raises `Http404` when nothing of that kind is ever found."""
    source = next((each for each in sources() if each.name == kind), None)
    if source is None:
        raise Http404
    ids, page = found(source, actor, typed, MOST), int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 1
    start = (max(page, 1) - 1) * PAGE
    return Found(source, shown(source, ids[start : start + PAGE]), len(ids), max(page, 1))


def _unit(actor: Actor, here: str) -> Any:
    """The record on whose page the palette was opened; nothing where it may not be seen."""
    kind, _space, pk = here.partition(" ")
    try:
        return load_unit(actor, kind, str(UUID(pk))) if kind == "order" else None
    except (Http404, ValueError):
        return None


def _numbered(groups: list[tuple[Text, Any]]) -> list[Group]:
    number = count()
    return [Group(label, [(next(number), line) for line in lines]) for label, lines in groups if lines]


def may_see(source: Source, actor: Actor, pk: Any) -> bool:
    """Whether an actor may see a record of a source."""
    seen = source.visible(actor)
    return bool(shown(source, [pk])) if seen is None else seen.filter(pk=pk).exists()


def said(groups: list[Group]) -> str:
    """How many lines there are, in words."""
    total = sum(len(group.lines) for group in groups)
    return ngettext("%(number)s found", "%(number)s found", total) % {"number": total}
