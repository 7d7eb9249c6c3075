"""The policy for programs: its clauses, their text, and how well they are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Schema

from aftersign.desk.queries.clauses import Chapter, chapters, clause_page
from aftersign.kernel.shell.api.bearer import actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.keyset import Page, Paging, next_page, no_cursor
from aftersign.kernel.shell.api.values import words
from aftersign.policy.figures import Figure
from aftersign.policy.rulebook import Clause, Term

router = Router(tags=["clauses"])
_TERM = ("id", "kind", "severity", "owner", "within", "every", "check")
_LISTS = ("opens", "closes", "act", "unless")


class FigureShown(Schema):
    """How duties were met: `on_time` of `denominator`; the rest stands beside. `rate` is null where nothing counts."""

    on_time: int
    late: int
    breached: int
    extended: int
    waived: int
    void: int
    not_applicable: int
    running: int
    released: int
    withdrawn: int
    denominator: int
    rate: float | None


class ClauseRow(Schema):
    """A clause in a list; a room that is not installed has no duties yet."""

    number: str
    room: str
    is_installed: bool
    title: str
    figure: FigureShown


class ClausePage(Page[ClauseRow]):
    """Clauses in the order of the policy."""


class TermShown(Schema):
    """What a clause makes of facts: a duty, a cycle, a gate or a figure; `$name` stands for a parameter."""

    id: str
    kind: str
    severity: str
    owner: str
    within: str
    every: str
    check: str
    opens: list[str]
    closes: list[str]
    act: list[str]
    unless: list[str]
    is_inert: bool


class ClauseShown(ClauseRow):
    """A clause in an edition: its text with the values of its parameters, its terms, and its figures."""

    edition: str
    text: str
    terms: list[TermShown]
    open_duties: int
    departments: dict[str, FigureShown]
    refusals_this_quarter: dict[str, int]


class ClauseFilter(Paging):
    """Which clauses are listed."""

    room: Annotated[str, words(40)] = ""


class Which(Schema):
    """Of which edition."""

    version: Annotated[str, words(40, description="An edition; the one in force unless said.")] = ""


@router.get("/clauses", response=ClausePage, **scoped("clauses:read"))
def list_clauses(request: HttpRequest, asked: Query[ClauseFilter]) -> ClausePage:
    """The clauses of the edition in force with their figures over all orders; `after` is the number of a clause."""
    rows = [
        (chapter, clause, figure)
        for chapter in chapters().rows
        if asked.room in ("", chapter.room)
        for clause, figure in chapter.clauses
    ]
    numbers = [clause.number for _chapter, clause, _figure in rows]
    if asked.after and asked.after not in numbers:
        raise no_cursor()
    begin = numbers.index(asked.after) + 1 if asked.after else 0
    shown = rows[begin : begin + asked.limit]
    cursor = shown[-1][1].number if begin + asked.limit < len(rows) else ""
    return ClausePage(items=[_row(*each) for each in shown], next=next_page(request, cursor))


@router.get("/clauses/{clause}", response=ClauseShown, **scoped("clauses:read"))
def read_clause(request: HttpRequest, clause: str, asked: Query[Which]) -> ClauseShown:
    """A clause: what it says, what it makes people owe, and how well it was kept."""
    page = clause_page(actor_of(request), clause, asked.version)
    return ClauseShown(
        number=page.clause.number,
        room=page.clause.room,
        is_installed=page.is_installed,
        title=page.clause.title.say(page.language),
        figure=_figure(page.figure),
        edition=page.edition.version,
        text="".join(text for text, _is_value in page.text),
        terms=[_term(each, each.id in page.inert) for each in page.clause.terms],
        open_duties=page.open_count,
        departments={name: _figure(each) for name, each in page.departments},
        refusals_this_quarter=dict(page.refused),
    )


def _row(chapter: Chapter, clause: Clause, figure: Figure) -> ClauseRow:
    return ClauseRow(
        number=clause.number,
        room=clause.room,
        is_installed=chapter.is_installed,
        title=clause.title.say(get_language() or "zh-hans"),
        figure=_figure(figure),
    )


def _figure(figure: Figure) -> FigureShown:
    return FigureShown(**asdict(figure), denominator=figure.denominator, rate=figure.rate)


def _term(term: Term, is_inert: bool) -> TermShown:
    said: dict[str, Any] = {name: getattr(term, name) for name in _TERM}
    said |= {name: list(getattr(term, name)) for name in _LISTS}
    return TermShown(**said, is_inert=is_inert)
