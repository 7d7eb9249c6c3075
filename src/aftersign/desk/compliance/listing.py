"""The selection of the compliance pages as lists: its filters, its address, its saved views, and its two shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aftersign.desk.compliance import columns
from aftersign.desk.queries.compliance.matrix import COLUMNS as ACROSS
from aftersign.desk.queries.compliance.matrix import Matrix, matrix_of
from aftersign.desk.queries.compliance.periods import Period, offered, period_of
from aftersign.desk.queries.compliance.selection import ANY_STAGE, RUNNING, Asked, Selection
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import department_tree
from aftersign.kernel.shell.lists import CURSORS, Filter, List, Text
from aftersign.kernel.shell.paging import Page, page
from aftersign.kernel.shell.states import STATES
from aftersign.kernel.units import words
from aftersign.orders.listing import label
from aftersign.orders.models import Customer
from aftersign.policy.models import Duty

Choices = list[tuple[str, Text, bool]]
_SHOWN_STATES = ("breached", "due_soon", "open", "paused", "done_late", "waived", "done", "void", "not_applicable")
_SCOPE = ("period", "department", "owner")
"""What of the address a cell takes along: everything that decides which of its duties are looked at."""


def _as_asked(rows: QuerySet[Any], values: list[str]) -> QuerySet[Any]:
    """The selection has been made by then."""
    return rows


def _nothing(request: HttpRequest) -> Iterable[tuple[str, Text]]:
    """The choices come from what is at hand."""
    return ()


def _words(sort: str, *parameters: str) -> Callable[[HttpRequest], Iterable[tuple[str, Text]]]:
    return lambda request: [(name, label(sort, name)) for each in parameters for name in words.members(each)]


def _stages(request: HttpRequest) -> Iterable[tuple[str, Text]]:
    own = [(RUNNING, _("All running orders")), (ANY_STAGE, _("Orders at any stage"))]
    return [*own, *_words("stage", "stages", "stages_beside")(request)]


FILTERS = (
    Filter("stage", gettext_lazy("Orders"), _stages, _as_asked),
    Filter("kind", gettext_lazy("Kind"), _words("word", "order_kinds"), _as_asked),
    Filter("grade", gettext_lazy("Grade"), lambda request: [(each, label("grade", each)) for each in "ABC"], _as_asked),
    Filter("customer", gettext_lazy("Customer"), _nothing, _as_asked),
    Filter("order", gettext_lazy("Order"), _nothing, _as_asked),
    Filter("department", gettext_lazy("Department"), _nothing, _as_asked),
    Filter("owner", gettext_lazy("Owner"), _nothing, _as_asked),
    Filter("chapter", gettext_lazy("Chapter"), _nothing, _as_asked),
    Filter("clause", gettext_lazy("Clause"), _nothing, _as_asked),
)
STATE = Filter(
    "state",
    gettext_lazy("State"),
    lambda request: [(each, STATES[each].word) for each in _SHOWN_STATES[:-1]],
    _as_asked,
)


def asked_of(state: QueryDict) -> Asked:
    """What an address asks for; values that mean nothing are passed over."""
    tree = {str(pk) for pk in department_tree()} if "department" in state else set()
    chosen = {each.name: [value for value in state.getlist(each.name) if value] for each in (*FILTERS, STATE)}
    return Asked(
        period=period_of(state.get("period", "")),
        stages=chosen["stage"],
        kinds=chosen["kind"],
        grades=chosen["grade"],
        customers=chosen["customer"],
        orders=chosen["order"],
        departments=[each for each in chosen["department"] if each in tree],
        owners=chosen["owner"],
        chapters=chosen["chapter"],
        clauses=chosen["clause"],
        states=chosen["state"],
        text=state.get("q", "").strip(),
        only_abnormal=state.get("abnormal") == "1",
    )


class Compliance(List):
    """What matrix and list have in common: the selection and its filters."""

    name = "compliance"
    title = gettext_lazy("Compliance")
    filters: ClassVar[Sequence[Filter]] = FILTERS

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, Duty.objects.none())
        actor: Actor = request.actor  # type: ignore[attr-defined]
        self.selection = Selection(actor, asked_of(self.state))

    def search(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """The selection has looked already: orders by number, title, contract or customer."""
        return rows

    @property
    def period(self) -> Period:
        """The period in which duties are due."""
        return self.selection.asked.period

    @property
    def periods(self) -> list[tuple[Period, str, bool]]:
        """The periods on offer with their addresses; the chosen one is among them."""
        found = offered()
        if self.period.name not in [each.name for each in found]:
            found.insert(0, self.period)
        return [(each, self.url(period=each.name), each.name == self.period.name) for each in found]

    @property
    def is_abnormal_only(self) -> bool:
        """Whether healthy rows are left out."""
        return self.selection.asked.only_abnormal

    @property
    def abnormal_url(self) -> str:
        """The address that leaves out healthy rows, or brings them back."""
        return self.url(abnormal="" if self.is_abnormal_only else "1")

    def elsewhere(self, name: str) -> str:
        """The address of another page about the same selection."""
        carried = self.state.copy()
        for key in ("after", "before", "page", "format", "sort", "col", "size", "view", "all"):
            carried.pop(key, None)
        return f"{reverse(name)}?{carried.urlencode()}" if carried else reverse(name)

    @property
    def matrix_url(self) -> str:
        """The matrix of this selection."""
        return self.elsewhere("compliance")

    @property
    def list_url(self) -> str:
        """The list of this selection."""
        return self.elsewhere("compliance-list")

    @property
    def paper_url(self) -> str:
        """The audit paper of this selection as a workbook."""
        return self.elsewhere("compliance-paper")

    @property
    def print_url(self) -> str:
        """The audit paper of this selection as a PDF."""
        return f"{self.paper_url}{'&' if '?' in self.paper_url else '?'}format=pdf"

    @property
    def chosen_words(self) -> list[tuple[str, str]]:
        """What the selection is defined by, in words: the period first, then each filter that is set."""
        found = [(_("Period"), self.period.words)]
        found += [(str(chip.filter.label), chip.words) for chip in self.chips]
        found += [(_("Search"), self.text)] if self.text else []
        return found + ([(_("Only what is amiss"), _("yes"))] if self.is_abnormal_only else [])

    @cached_property
    def scope(self) -> str:
        """What cells add to their address."""
        kept = QueryDict(mutable=True)
        for name in _SCOPE:
            kept.setlist(name, self.state.getlist(name))
        written = kept.urlencode()
        return f"?{written}" if written else ""

    @cached_property
    def choices(self) -> Any:
        """The filters that have something to choose from."""
        own = {
            "customer": self._customers,
            "order": self._orders,
            "department": self._departments,
            "owner": self._owners,
            "chapter": self._chapters,
            "clause": self._clauses,
        }
        found = [(each, own[each.name]() if each.name in own else choices) for each, choices in super().choices]
        return [(each, choices) for each, choices in found if choices]

    def _marked(self, name: str, offered: Iterable[tuple[str, Text]]) -> Choices:
        chosen = self.state.getlist(name)
        return [(value, named, value in chosen) for value, named in offered]

    def _customers(self) -> Choices:
        """Only those that the address names: there are too many to choose from a list."""
        wanted = self.state.getlist("customer")
        found = Customer.objects.filter(number__in=wanted) if wanted else ()
        return self._marked("customer", [(each.number, each.name) for each in found])

    def _orders(self) -> Choices:
        return self._marked("order", [(each, each) for each in self.selection.asked.orders])

    def _owners(self) -> Choices:
        wanted = self.state.getlist("owner")
        found = Person.objects.filter(account__in=wanted) if wanted else ()
        return self._marked("owner", [(each.account, each.name) for each in found])

    def _departments(self) -> Choices:
        tree = [each for each in department_tree().values() if each.closed_on is None]
        return self._marked("department", [(str(each.pk), each.name) for each in tree])

    def _clauses(self) -> Choices:
        return self._marked("clause", [(each, each) for each in self.selection.asked.clauses])

    def _chapters(self) -> Choices:
        return self._marked("chapter", [(room, label("room", room)) for room in columns.rooms()])


class MatrixList(Compliance):
    """The selection as a matrix: the rows that are paged are the orders that stand in its columns."""

    columns = ()
    sort = "-signed_on"
    part = "desk/compliance/matrix_part.html"
    places = (*CURSORS, "page", "format")

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The orders of the selection."""
        return self.selection.orders.select_related("customer")

    @property
    def page_size(self) -> int:
        """As many orders as stand side by side."""
        return ACROSS

    @property
    def is_everything(self) -> bool:
        """Whether clauses are shown too whose room is not installed."""
        return self.state.get("rooms") == "all"

    @cached_property
    def matrix(self) -> Matrix:
        """The matrix of the page at hand."""
        written, total = self.state.get("page", ""), self.page.total + self.page.more
        number = int(written) if written.isdecimal() and len(written) < 4 else 1
        return matrix_of(self.selection, self.page.rows, total, number, everything=self.is_everything)

    @property
    def count(self) -> str:
        """How many orders there are, in words."""
        if self.page.more:
            return _("More than 10,000 orders")
        return ngettext("%(n)d order", "%(n)d orders", self.page.total) % {"n": self.page.total}

    @property
    def row_pages(self) -> list[tuple[int, str, bool]]:
        """The pages of clauses with their addresses, the orders staying as they are."""
        here = {name: self.state.get(name, "") for name in CURSORS}
        pages = range(1, self.matrix.pages + 1)
        return [(each, self.url(**here, page=each), each == self.matrix.page) for each in pages]

    @property
    def rooms_url(self) -> str:
        """The address that shows clauses too whose room is not installed, or leaves them out."""
        return self.url(rooms="" if self.is_everything else "all")


class DutyList(Compliance):
    """The selection as a list of duties."""

    columns = columns.COLUMNS
    filters = (*FILTERS, STATE)
    sort = "due_at"
    empty_icon = "shield"
    empty_title = gettext_lazy("No duty is due in this period")
    empty_text = gettext_lazy("Choose a longer period or other orders.")

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The duties of the selection."""
        related = ("order__customer", "owner__department", "owner_department")
        return self.selection.duties.select_related(*related)

    @cached_property
    def page(self) -> Page:
        """The page at hand, read from where the period begins."""
        after, before = (self.state.get(name, "") for name in CURSORS)
        return page(self.rows, self.sorting, self.page_size, after=after, before=before, within=self.within)

    @property
    def within(self) -> Q | None:
        """By when duties are due, the period."""
        begin, end = self.period.begin, self.period.end
        return Q(due_at__gt=begin, due_at__lte=end) if begin and self.sorting.removeprefix("-") == "due_at" else None
