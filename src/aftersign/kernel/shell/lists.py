"""Lists: columns, filters, search and pages whose whole state stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftersign.kernel.access import audit
from aftersign.kernel.access.models import Event
from aftersign.kernel.shell import exports, saved_views
from aftersign.kernel.shell.models import SavedView
from aftersign.kernel.shell.paging import COUNTED, Page, page
from aftersign.kernel.shell.responses import page_or_part
from aftersign.kernel.shell.table import table_heads, table_rows

Text = str | Promise
SIZES = (25, 50, 100, 200)
CURSORS = ("after", "before")


@dataclass(frozen=True)
class Column:
    """A column: `cell` renders a row's value, `sort` is the field path by which it sorts (none: it does not).

    `text` is the value in an export (default: the attribute of the column's name), `texts` those of some rows where
    they are asked for together; `hidden` columns are shown to whoever asks for them.
    """

    name: str
    label: Text
    cell: Callable[[Any], Any]
    sort: str = ""
    text: Callable[[Any], Any] | None = None
    texts: Callable[[Sequence[Any]], Sequence[Any]] | None = None
    number: bool = False
    kind: str = ""
    hidden: bool = False

    def exported(self, rows: Sequence[Any]) -> Sequence[Any]:
        """What an export says of each of some rows in this column."""
        if self.texts:
            return self.texts(rows)
        return [self.text(row) if self.text else getattr(row, self.name, "") for row in rows]


@dataclass(frozen=True)
class Filter:
    """A filter: its choices (value, label), and what they make of the rows."""

    name: str
    label: Text
    choices: Callable[[HttpRequest], Iterable[tuple[str, Text]]]
    apply: Callable[[QuerySet[Any], list[str]], QuerySet[Any]]


@dataclass(frozen=True)
class Chosen:
    """A filter that is set: the chip's words, and the address without it."""

    filter: Filter
    words: str
    without: str


class List:
    """A list of one page; a subclass names its columns and filters, an instance answers one request.

        class OrderList(List):
            name = "orders"
            columns = (Column("number", _("Number"), cell=number_link, sort="number"), …)

        listing = OrderList(request, queries.visible_to(request.actor))
        return listing.response("orders/list.html")

    The template puts `{% include "shell/list.html" %}` where the list stands. At most three queries beside those of
    the filters' choices: rows, count, saved views.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    sort: ClassVar[str] = "-pk"
    size: ClassVar[int] = 50
    selectable: ClassVar[bool] = False
    batch: ClassVar[str] = ""
    empty_icon: ClassVar[str] = "inbox"
    empty_title: ClassVar[Text] = ""
    empty_text: ClassVar[Text] = ""
    empty_action: ClassVar[tuple[str, Text] | None] = None
    part: ClassVar[str] = "shell/list_part.html"
    places: ClassVar[Sequence[str]] = CURSORS
    most: int = COUNTED  # rows are counted up to here; a search may say fewer

    def __init__(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self.request, self.all_rows = request, rows
        self.views = saved_views.Views(request, self.name)
        self.state = self.views.state(request.GET)

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Rows that match what was typed into the search box; lists that can be searched override this."""
        return rows

    @property
    def searchable(self) -> bool:
        """Whether the list has a search box."""
        return type(self).search is not List.search

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.state.get("q", "").strip()

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows that match filters and search, in no order."""
        rows = self.all_rows
        for each in self.filters:
            if values := self._values(each):
                rows = each.apply(rows, values)
        return self.search(rows, self.text) if self.text else rows

    def _values(self, one: Filter) -> list[str]:
        return [value for value in self.state.getlist(one.name) if value]

    @cached_property
    def shown_columns(self) -> list[Column]:
        """The columns the reader chose, or those that stand there unasked."""
        wanted = self.state.getlist("col")
        chosen = [column for column in self.columns if column.name in wanted]
        return chosen or [column for column in self.columns if not column.hidden]

    @cached_property
    def sorting(self) -> str:
        """The field path by which the list is sorted."""
        wanted = self.state.get("sort", "")
        by_name = {column.name: column.sort for column in self.columns if column.sort}
        path = by_name.get(wanted.removeprefix("-"))
        return self.sort if path is None else f"-{path}" if wanted.startswith("-") else path

    @cached_property
    def page_size(self) -> int:
        """Rows a page: one of the sizes on offer."""
        wanted = self.state.get("size", "")
        return int(wanted) if wanted in map(str, SIZES) else self.size

    @cached_property
    def page(self) -> Page:
        """The page at hand."""
        after, before = (self.state.get(name, "") for name in CURSORS)
        rows = self.rows
        return page(rows, self.sorting, self.page_size, after=after, before=before, most=self.most)

    @cached_property
    def count(self) -> str:
        """How many rows there are, in words."""
        total = self.page.total
        if self.page.more:
            most = _("More than 10,000 found") if total == COUNTED else _("More than %(number)s found")
            return most % {"number": total}
        return ngettext("%(number)s found", "%(number)s found", total) % {"number": total}

    @property
    def narrowed(self) -> bool:
        """Whether filters or a search leave rows out."""
        return bool(self.text or any(self._values(each) for each in self.filters))

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """Each column with the address that sorts by it and how it is sorted now."""
        found = []
        for column in self.shown_columns:
            now = self.state.get("sort", "")
            direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(now, "")
            if not now and column.sort and self.sort.removeprefix("-") == column.sort:
                direction = "descending" if self.sort.startswith("-") else "ascending"
            towards = f"-{column.name}" if direction == "ascending" else column.name
            found.append((column, self.url(sort=towards) if column.sort else "", direction))
        return found

    @property
    def table_heads(self) -> SafeString:
        """The heads of the columns as HTML."""
        return table_heads(self.name, self.region, self.heads)

    @property
    def column_choices(self) -> list[tuple[str, Text, bool]]:
        """Each column with its label and whether it is shown."""
        shown = {column.name for column in self.shown_columns}
        return [(column.name, column.label, column.name in shown) for column in self.columns]

    @property
    def cells(self) -> list[tuple[Any, list[tuple[Column, Any]]]]:
        """Each row of the page with what stands in its columns."""
        return [(row, [(column, column.cell(row)) for column in self.shown_columns]) for row in self.page.rows]

    @property
    def table_rows(self) -> SafeString:
        """The rows of the page as HTML."""
        return table_rows(self.name, self.cells, self.selectable)

    @cached_property
    def choices(self) -> list[tuple[Filter, list[tuple[str, Text, bool]]]]:
        """Each filter with its choices and whether they are set."""
        return [(each, self._choices(each)) for each in self.filters]

    def _choices(self, one: Filter) -> list[tuple[str, Text, bool]]:
        chosen = self._values(one)
        return [(value, label, value in chosen) for value, label in one.choices(self.request)]

    @property
    def chips(self) -> list[Chosen]:
        """The filters that are set."""
        found = []
        for one, choices in self.choices:
            labels = [str(label) for _value, label, chosen in choices if chosen]
            if labels:
                found.append(Chosen(one, _(", ").join(labels), self.url(**{one.name: ""})))
        return found

    @property
    def carried(self) -> list[tuple[str, str]]:
        """State that the search box takes along."""
        return self._state_but("q")

    @property
    def kept_beside_filters(self) -> list[tuple[str, str]]:
        """State that the form of the filters takes along."""
        return self._state_but(*(each.name for each in self.filters))

    @property
    def kept_beside_columns(self) -> list[tuple[str, str]]:
        """State that the form of the columns takes along."""
        return self._state_but("col")

    def _state_but(self, *names: str) -> list[tuple[str, str]]:
        left_out = (*names, *self.places)
        return [(name, value) for name, values in self.state.lists() if name not in left_out for value in values]

    def url(self, **changes: Any) -> str:
        """The address of the same list with some of its state changed; the place starts anew."""
        kept = self._state_but(*changes)
        state = urlencode([*kept, *((name, str(value)) for name, value in changes.items() if value)])
        return f"{self.request.path}?{state or 'all=1'}"

    @property
    def previous_url(self) -> str:
        """The address of the page before, empty on the first."""
        return self.url(before=self.page.previous) if self.page.previous else ""

    @property
    def following_url(self) -> str:
        """The address of the next page, empty on the last."""
        return self.url(after=self.page.following) if self.page.following else ""

    @property
    def sizes(self) -> list[tuple[int, str, bool]]:
        """Sizes of pages with their addresses and whether they are chosen."""
        return [(size, self.url(size=size), size == self.page_size) for size in SIZES]

    @property
    def export_url(self) -> str:
        """The address of the list as a file."""
        return self.url(format="csv")

    @property
    def view(self) -> SavedView | None:
        """The saved view under which the list stands."""
        return self.views.current

    def response(self, template: str, **context: Any) -> HttpResponse | StreamingHttpResponse:
        """The page, the part of it that htmx asks for, or the file."""
        if self.columns and self.state.get("format") == "csv":
            audit.note(Event.EXPORTED, by=getattr(self.request, "actor", None), subject=self.name)
            return exports.csv_of(self.name, self.shown_columns, exports.ordered(self.rows, self.sorting))
        if self.request.headers.get("HX-Target") == self.region:
            return HttpResponse(render_to_string(self.part, {"listing": self} | context, self.request))
        return page_or_part(self.request, template, listing=self, **context)

    @property
    def region(self) -> str:
        """The id of the part that is swapped."""
        return f"list-{self.name}"
