"""The matrix: a page of orders against clauses, a cell for each pair, with the rates of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from aftersign.chapters.general.models import Kind
from aftersign.desk.queries.compliance.reading import Granted, Place, Read, read
from aftersign.desk.queries.compliance.selection import Counted, Selection
from aftersign.kernel.clock import now
from aftersign.orders.models import Order
from aftersign.orders.queries.people import ENDED
from aftersign.policy import cells
from aftersign.policy.cells import Cell, Line, Owed
from aftersign.policy.editions import store
from aftersign.policy.figures import Figure, figure_from
from aftersign.policy.models import Edition
from aftersign.policy.moments import count
from aftersign.policy.rulebook import Rulebook
from aftersign.policy.standing import present

COLUMNS, ROWS, WHOLE = 12, 25, 2000
"""Orders and clauses a page, and how many orders a selection may have to be counted as a whole."""


@dataclass(frozen=True)
class Row:
    """A clause with its cells in the order of the columns, and its figure."""

    line: Line
    cells: tuple[tuple[Order, Cell], ...]
    figure: Figure


@dataclass(frozen=True)
class Chapter:
    """The clauses of a chapter on this page, with the figure of all of them and what is overdue by column."""

    room: str
    rows: tuple[Row, ...]
    figure: Figure
    overdue: tuple[int, ...]


@dataclass(frozen=True)
class Matrix:
    """Everything that the page of the matrix shows.

    `is_whole` says that figures are those of the whole selection; of a larger one only those of the orders shown.
    """

    edition: Edition | None
    columns: tuple[tuple[Order, Figure], ...]
    chapters: tuple[Chapter, ...]
    figure: Figure
    due_soon: int
    is_whole: bool
    total: int
    page: int
    pages: int
    missing: int

    @property
    def first(self) -> list[tuple[Row, Order, Cell]]:
        """The cells of this page that somebody should look at, the worst first."""
        found = [
            (row, order, cell)
            for chapter in self.chapters
            for row in chapter.rows
            for order, cell in row.cells
            if cell.is_abnormal
        ]
        return sorted(found, key=lambda each: cells.STATES.index(each[2].state))


def matrix_of(selection: Selection, orders: Sequence[Order], total: int, page: int, *, everything: bool) -> Matrix:
    """The matrix of a page of orders; `everything` shows clauses too whose room is not installed.

    At most five queries beside those of the orders themselves: edition, duties, exceptions, facts, and the figures of
    the selection when it has more orders than the page and not too many.
    """
    edition, moment = store.current(), now()
    if edition is None:
        return Matrix(None, (), (), Figure(), 0, True, 0, 1, 1, 0)
    rulebook = store.rulebook_of(edition.pk)
    rooms, asked = present().rooms_at(count(moment), store.program_of(edition.pk)), selection.asked
    every = cells.lines_of(rulebook, rooms)
    lines = [line for line in every if _is_asked(line, asked.chapters, asked.clauses)]
    shown = [line for line in lines if line.is_installed or everything or asked.chapters]
    is_whole = total <= WHOLE
    found = read(selection, [order.pk for order in orders], shown, rulebook, of_all=is_whole and total > len(orders))
    shown = cells.with_former(shown, _former(found, every), rooms)
    grid = {line.clause.number: _cells(line, orders, found, rulebook, moment) for line in shown}
    own = _own_counts(found.owed, moment)
    counted = selection.counted() if is_whole and total > len(orders) else list(chain(*own.values()))
    figures = _figures(counted, found.exceptions, shown)
    of_rooms = _of_rooms(figures, shown)
    if asked.only_abnormal:
        shown = [line for line in shown if any(cell.is_abnormal for _order, cell in grid[line.clause.number])]
    page, pages = _turned_to(page, len(shown))
    on_page = shown[(page - 1) * ROWS : page * ROWS]
    rows = [Row(line, grid[line.clause.number], figures[line.clause.number]) for line in on_page]
    return Matrix(
        edition=edition,
        columns=tuple((order, figure_from(row[1:] for row in own.get(order.pk, ()))) for order in orders),
        chapters=tuple(_chapters(rows, of_rooms)),
        figure=replace(_sum(figures.values()), **_by_kind(found.exceptions)),
        due_soon=sum(n for _clause, state, _extended, n in counted if state == "due_soon"),
        is_whole=is_whole,
        total=total,
        page=page,
        pages=pages,
        missing=0 if everything else sum(not line.is_installed for line in lines),
    )


def _turned_to(page: int, rows: int) -> tuple[int, int]:
    """The page that is shown, one that is there, and how many there are."""
    pages = max(1, -(-rows // ROWS))
    return min(max(page, 1), pages), pages


def _former(found: Read, lines: Sequence[Line]) -> dict[str, Rulebook]:
    """Clauses under which orders owe something and which the edition in force has no more, with one that has them."""
    known = {line.clause.number for line in lines}
    return {clause: book for clause, book in found.books.items() if clause not in known}


def _is_asked(line: Line, chapters: Collection[str], clauses: Collection[str]) -> bool:
    in_chapter = not chapters or line.clause.room in chapters
    return in_chapter and (not clauses or line.clause.number in clauses)


def _cells(
    line: Line, orders: Sequence[Order], found: Read, rulebook: Rulebook, moment: datetime
) -> tuple[tuple[Order, Cell], ...]:
    usual, passing = cells.usual_facts(rulebook), cells.passing_facts(rulebook, line)
    return tuple((order, _cell(line, order, found, usual, passing, moment)) for order in orders)


def cell_at(line: Line, order: Order, found: Read, rulebook: Rulebook, moment: datetime) -> Cell:
    """The cell of a clause on one order."""
    ((_order, cell),) = _cells(line, [order], found, rulebook, moment)
    return cell


def _cell(
    line: Line, order: Order, found: Read, usual: Collection[str], passing: frozenset[str], moment: datetime
) -> Cell:
    place = line.clause.number, order.pk
    marks = found.marks.get(place, frozenset())
    if owed := found.owed.get(place):
        return cells.cell_of(owed, moment, marks)
    if line.is_installed and not line.is_rated:
        return cells.cell_of_rules(bool(passing & found.passed.get(order.pk, frozenset())), marks)
    why = found.outside_period.get(place) or cells.why_empty(line, signed(order), usual, order.stage in ENDED)
    return cells.empty_cell(why, marks)


def signed(order: Order) -> dict[str, Any]:
    """An order as its signature described it, for conditions on orders."""
    return {"grade": order.grade, "order_kind": order.kind, "amount_base": order.amount_base}


def _own_counts(owed: Mapping[Place, Sequence[Owed]], moment: datetime) -> dict[UUID, list[Counted]]:
    """The duties on this page by order, as the counts of a selection are."""
    found: dict[UUID, list[Counted]] = defaultdict(list)
    for (clause, order), duties in owed.items():
        found[order] += [(clause, cells.shown(duty, moment), duty.extended, 1) for duty in duties]
    return found


def _figures(counted: Iterable[Counted], exceptions: Iterable[Granted], lines: Sequence[Line]) -> dict[str, Figure]:
    """The figure of each clause, with the releases and withdrawals that stand beside it."""
    by_clause: dict[str, list[tuple[str, bool, int]]] = defaultdict(list)
    for clause, state, extended, n in counted:
        by_clause[clause].append((state, extended, n))
    beside = {line.clause.number: _beside(line, exceptions) for line in lines}
    return {number: replace(figure_from(by_clause.get(number, ())), **own) for number, own in beside.items()}


def _beside(line: Line, exceptions: Iterable[Granted]) -> dict[str, int]:
    moving = {name for term in line.duties for name in (*term.opens, *term.closes)}
    released = sum(each.kind == Kind.RELEASE and each.clause == line.clause.number for each in exceptions)
    return {"released": released, "withdrawn": sum(each.fact in moving for each in exceptions)}


def _by_kind(exceptions: Iterable[Granted]) -> dict[str, int]:
    """Each exception once, though a withdrawn fact stands beside every clause whose duties it moved."""
    kinds = [each.kind for each in exceptions]
    return {"released": kinds.count(Kind.RELEASE), "withdrawn": kinds.count(Kind.WITHDRAWAL)}


def _sum(figures: Iterable[Figure]) -> Figure:
    rows = list(figures)
    return Figure(**{name: sum(getattr(each, name) for each in rows) for name in Figure.__dataclass_fields__})


def _of_rooms(figures: Mapping[str, Figure], lines: Sequence[Line]) -> dict[str, Figure]:
    """The figure of each chapter, of all its clauses and not only of those on this page."""
    by_room: dict[str, list[Figure]] = {}
    for line in lines:
        by_room.setdefault(line.clause.room, []).append(figures[line.clause.number])
    return {room: _sum(own) for room, own in by_room.items()}


def _chapters(rows: Sequence[Row], figures: Mapping[str, Figure]) -> Iterable[Chapter]:
    by_room: dict[str, list[Row]] = {}
    for row in rows:
        by_room.setdefault(row.line.clause.room, []).append(row)
    for room, own in by_room.items():
        late = zip(*([cell.state == "breached" for _order, cell in row.cells] for row in own), strict=True)
        yield Chapter(room, tuple(own), figures[room], tuple(sum(each) for each in late))
