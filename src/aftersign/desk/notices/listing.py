"""The inbox as a list: filters in the address, one row an object, and beside it the thread that is open."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aftersign.desk.notices.rows import Row, Thread, rows_of, thread_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.notices import inbox, registry
from aftersign.kernel.notices.models import Notice
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.lists import CURSORS, Filter, List, Text

UNREAD, OPEN = "unread", "open"


def _states(request: HttpRequest) -> Iterable[tuple[str, Text]]:
    return ((UNREAD, _("Unread")),)


def _reasons(request: HttpRequest) -> Iterable[tuple[str, Text]]:
    return [(each.name, each.label) for each in registry.reasons()]


def _for_reasons(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
    return rows.filter(reason__in=values)


class Inbox(List):
    """The notices of one person, the latest first."""

    name = "inbox"
    title = _("Notices")
    columns = ()
    filters = (
        Filter("state", _("State"), _states, lambda rows, values: rows.filter(unread=True)),
        Filter(
            "reason", pgettext_lazy("notices", "Reason"), _reasons, lambda rows, values: rows.filter(reason__in=values)
        ),
    )
    sort = "-at"
    part = "desk/notices/part.html"
    places = (*CURSORS, OPEN)

    def __init__(self, request: HttpRequest) -> None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        self.person: Person = actor.principal  # type: ignore[assignment]
        super().__init__(request, inbox.of_person(self.person))
        self.chosen = self._open(actor)

    def _open(self, actor: Actor) -> Notice | None:
        """The notice whose thread is open; opening it marks it as read, unless somebody stands in."""
        wanted = self.state.get(OPEN, "")
        if not wanted:
            return None
        found: Notice = load(self.all_rows, pk=_id(wanted))
        if found.unread and actor.on_behalf_of is None:
            self.person.unread_notices = max(
                0, inbox.unread_of(self.person) - inbox.read(self.all_rows.filter(pk=found.pk))
            )
            found.unread = False
        return found

    @cached_property
    def shown(self) -> list[Row]:
        """The rows of the page."""
        return rows_of(self.person, self.page.rows)

    @cached_property
    def thread(self) -> Thread | None:
        """The thread that is open."""
        return thread_of(rows_of(self.person, [self.chosen])[0]) if self.chosen else None

    @property
    def lines(self) -> list[tuple[Row, str, bool]]:
        """Each row with the address that opens it, and whether it is open."""
        return [(row, self._opening(row.notice), row.notice == self.chosen) for row in self.shown]

    def _opening(self, notice: Notice) -> str:
        state = self.state.copy()
        state[OPEN] = str(notice.pk)
        return f"{self.request.path}?{state.urlencode()}"

    @property
    def closing(self) -> str:
        """The address of the same page without a thread."""
        state = self.state.copy()
        state.pop(OPEN, None)
        return f"{self.request.path}?{state.urlencode()}" if state else self.request.path

    @property
    def here(self) -> str:
        """The address of the page as it stands."""
        return self._opening(self.chosen) if self.chosen else self.closing

    @property
    def only_unread(self) -> bool:
        """Whether what has been read is left out."""
        return UNREAD in self.state.getlist("state")


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        return UUID(int=0)
