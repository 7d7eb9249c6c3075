"""My work as a list: tab, grouping, filters and search in the address, saved views, and ever more rows on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from aftersign.desk.queries.work import Asked, Desk, Work, work_of
from aftersign.kernel.shell.asking import whole
from aftersign.kernel.shell.lists import Filter, List, Text
from aftersign.orders.models import Order
from aftersign.policy.cards import act_of
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty
from aftersign.policy.rulebook import Rulebook, Term

PORTION, MOST_PORTIONS = 50, 20
BY_ORDER, CHANGED = "order", "list:changed"
Choices = list[tuple[str, Text, bool]]


def _nothing(request: HttpRequest) -> Iterable[tuple[str, Text]]:
    """The choices come from the duties at hand."""
    return ()


def _of(field: str) -> Callable[[QuerySet[Any], list[str]], QuerySet[Any]]:
    return lambda rows, values: rows.filter(**{f"{field}__in": values})


FILTERS = (
    Filter("chapter", _("Chapter"), _nothing, _of("room")),
    Filter("clause", _("Clause"), _nothing, _of("clause")),
    Filter("role", _("My role"), _nothing, lambda rows, values: rows),
    Filter("order", _("Order"), _nothing, _of("order__number")),
)


class WorkList(List):
    """The duties of one tab of My work."""

    name = "work"
    title = _("Duties")
    columns = ()
    filters = FILTERS
    part = "desk/parts/work.html"
    places = ("pages",)

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        super().__init__(request, Duty.objects.none())
        self.desk = desk
        self.tab = desk.tab(self.state.get("tab", ""))
        self.work: Work = work_of(desk, self._asked)

    @property
    def _asked(self) -> Asked:
        return Asked(self.tab, self.is_by_order, PORTION * self.portions, self._narrow if self.narrowed else None)

    @property
    def is_by_order(self) -> bool:
        """Whether the duties are grouped by order instead of by when they are due."""
        return self.state.get("group") == BY_ORDER

    @property
    def portions(self) -> int:
        """How many portions of rows are shown."""
        return max(1, min(MOST_PORTIONS, whole(self.state.get("pages"))))

    @property
    def more_url(self) -> str:
        """The address with one portion more, empty when everything is shown or nothing more can be."""
        left = self.work.total > self.work.shown and self.portions < MOST_PORTIONS
        return self.url(pages=self.portions + 1) if left else ""

    @property
    def portion(self) -> int:
        """How many rows the next portion brings."""
        return min(PORTION, self.work.total - self.work.shown)

    @property
    def count(self) -> str:
        """How many duties the tab holds, in words."""
        total = self.work.total
        return ngettext("%(number)s found", "%(number)s found", total) % {"number": total}

    @property
    def here(self) -> str:
        """The address of the list as it stands, its tab said, for whoever comes back to it."""
        return self.url(tab=self.tab, pages=self.state.get("pages", ""))

    @property
    def other_grouping(self) -> str:
        """The address that groups the other way."""
        return self.url(group="" if self.is_by_order else BY_ORDER)

    @property
    def tab_urls(self) -> list[tuple[str, int, str]]:
        """The tabs with their numbers and addresses; filters stay behind."""
        return [(name, count, f"{self.request.path}?tab={name}") for name, count in self.work.tabs.items()]

    def _narrow(self, rows: QuerySet[Duty]) -> QuerySet[Duty]:
        """The rows that match filters, role and search."""
        for each in self.filters:
            if values := self._values(each):
                rows = each.apply(rows, values)
        if roles := self.state.getlist("role"):
            rows = rows.filter(self._whose(lambda _book, term: term.owner in roles))
        return self.search(rows, self.text) if self.text else rows

    def search(self, rows: QuerySet[Duty], text: str) -> QuerySet[Duty]:
        """By order, customer, clause, or what is to be done."""
        language, wanted = get_language() or "zh-hans", text.casefold()
        asked = self._whose(lambda book, term: wanted in _title(book, term, language).casefold())
        named = Q(number__icontains=text) | Q(title__icontains=text) | Q(customer__name__icontains=text)
        return rows.filter(asked | Q(clause__startswith=text) | Q(order__in=Order.objects.filter(named).values("pk")))

    def _whose(self, test: Callable[[Rulebook, Term], bool]) -> Q:
        """The duties of this tab whose terms pass a test."""
        found = [
            Q(edition=edition, term__in=[term.id for term in terms if test(book, term)])
            for edition, (book, terms) in self._terms.items()
        ]
        return reduce(or_, found, Q(pk=None))

    @cached_property
    def _terms(self) -> Mapping[Any, tuple[Rulebook, list[Term]]]:
        """The terms behind the duties of this tab, by edition."""
        found: dict[Any, tuple[Rulebook, list[Term]]] = {}
        for line in self.desk.tally.of(self.tab):
            book = store.rulebook_of(line.edition)
            term = book.terms[line.term]
            terms = found.setdefault(line.edition, (book, []))[1]
            if term not in terms:
                terms.append(term)
        return found

    @cached_property
    def choices(self) -> list[tuple[Filter, Choices]]:
        """What each filter offers: what the duties of this tab have, and what is chosen already."""
        offered: dict[str, dict[str, Text]] = {each.name: {} for each in FILTERS}
        language = get_language() or "zh-hans"
        for book, terms in self._terms.values():
            for term in sorted(terms, key=_place):
                offered["chapter"].setdefault(term.room, label_in(book, "room", term.room, language))
                title = label_in(book, "clause", term.clause, language)
                offered["clause"].setdefault(term.clause, f"{term.clause} {title}")
                offered["role"].setdefault(term.owner, label_in(book, "role", term.owner, language))
        for order in (card.duty.order for group in self.work.groups for card in group.cards):
            if order is not None:
                offered["order"].setdefault(order.number, f"{order.number} {order.title}")
        found = [(each, self._marked(each, offered[each.name])) for each in FILTERS]
        return [(each, choices) for each, choices in found if choices]

    def _marked(self, one: Filter, offered: dict[str, Text]) -> Choices:
        chosen = self._values(one)
        return [(value, label, value in chosen) for value, label in ({each: each for each in chosen} | offered).items()]


def _title(book: Rulebook, term: Term, language: str) -> str:
    return label_in(book, "act", act_of(book, term), language)


def _place(term: Term) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in term.clause.split(".")]
