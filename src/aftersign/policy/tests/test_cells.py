"""A clause on an order as one cell: the first of eight states, its marks, and why it is empty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from aftersign.policy import cells
from aftersign.policy.cells import Cell, Owed, cell_of, cell_of_rules, empty_cell, why_empty
from aftersign.policy.rulebook import DEFAULT, load

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOOK = load(DEFAULT)
ROOMS = frozenset({"general", "handover", "final"})
USUAL = cells.usual_facts(BOOK)
SMALL, LARGE = {"grade": "C"}, {"grade": "A"}


def owed(state: str = "open", due: timedelta | None = 5 * DAY, **more: Any) -> Owed:
    """A duty that was opened two days ago."""
    return Owed(state, NOW + due if due is not None else None, NOW - 2 * DAY)._replace(**more)


def line(number: str) -> cells.Line:
    """A clause of the default edition as a row."""
    return next(each for each in cells.lines_of(BOOK, ROOMS) if each.clause.number == number)


@pytest.mark.parametrize(
    ("duty", "state", "shown"),
    [
        (owed("breached", -DAY), "breached", "breached"),
        (owed(due=-HOUR), "breached", "breached"),
        (owed(due=24 * HOUR), "due_soon", "due_soon"),
        (owed(due=25 * HOUR), "open", "open"),
        (owed(outside=True), "open", "waiting"),
        (owed("paused", None), "open", "paused"),
        (owed("done_late", -DAY), "done_late", "done_late"),
        (owed("waived"), "waived", "waived"),
        (owed("done"), "done", "done"),
        (owed(opened_at=NOW + DAY), "todo", "todo"),
        (owed("not_applicable"), "not_applicable", "not_applicable"),
        (owed("void"), "not_applicable", "void"),
    ],
)
def test_one_duty(duty: Owed, state: str, shown: str) -> None:
    cell = cell_of([duty], NOW)
    assert (cell.state, cell.shown, cell.count) == (state, shown, 1)


def test_of_several_the_first_of_the_eight_is_shown_with_their_number() -> None:
    by_state = {cell_of([each], NOW).state: each for each in (
        owed("breached", -DAY), owed(due=HOUR), owed(), owed("done_late"), owed("waived"), owed("done"),
        owed(opened_at=NOW + DAY), owed("void"),
    )}  # fmt: skip
    assert tuple(by_state) == cells.STATES
    rest = list(by_state.values())
    for state in cells.STATES:
        for several in (rest, rest[::-1]):
            assert (cell_of(several, NOW).state, cell_of(several, NOW).count) == (state, len(rest))
        rest = rest[1:]


def test_of_open_ones_one_that_runs_comes_before_one_that_waits_or_stands_still() -> None:
    assert cell_of([owed("paused", None), owed(), owed(outside=True)], NOW).shown == "open"


def test_marks_stand_beside_the_state() -> None:
    cell = cell_of([owed("done"), owed("done", extended=True)], NOW, {"corrected", "released"})
    assert (cell.state, cell.marks) == ("done", ("extended", "released", "corrected"))
    assert cell_of([owed("done")], NOW).marks == ()


@pytest.mark.parametrize(
    ("succeeded", "marks", "state"),
    [(False, (), "todo"), (True, (), "done"), (True, ("released",), "waived"), (False, ("released",), "todo")],
)
def test_gates_and_contents_alone(succeeded: bool, marks: tuple[str, ...], state: str) -> None:
    assert cell_of_rules(succeeded, marks) == Cell(state, state, marks=marks, why="" if succeeded else cells.NOT_YET)


@pytest.mark.parametrize(
    ("number", "signed", "is_over", "why", "state"),
    [
        ("2.1.3", LARGE, False, cells.NOT_YET, "todo"),
        ("2.1.3", LARGE, True, cells.OVER, "not_applicable"),
        ("2.3.1", LARGE, False, "", "not_applicable"),
        ("3.1.1", LARGE, False, cells.NOT_INSTALLED, "not_applicable"),
    ],
)
def test_nothing(number: str, signed: dict[str, str], is_over: bool, why: str, state: str) -> None:
    found = why_empty(line(number), signed, USUAL, is_over)
    assert (found, empty_cell(found).state) == (why, state)


def test_a_clause_leaves_small_orders_out() -> None:
    every = cells.lines_of(BOOK, frozenset(BOOK.rooms))
    limited = [each for each in every if each.duties and all(term.only for term in each.duties)]
    assert limited
    for each in limited:
        assert why_empty(each, SMALL, USUAL, False) == cells.LEFT_OUT
        assert why_empty(each, LARGE, USUAL, False) != cells.LEFT_OUT


@pytest.mark.parametrize(("why", "state"), [(cells.LATER, "todo"), (cells.EARLIER, "not_applicable")])
def test_duties_of_another_period(why: str, state: str) -> None:
    assert empty_cell(why).state == state


def test_rows_are_the_clauses_that_can_concern_an_order() -> None:
    rows = {each.clause.number: each for each in cells.lines_of(BOOK, ROOMS)}
    assert "2.1.3" in rows
    assert "1.1.1" not in rows, "a measure asks nothing of an order"
    assert "11.1.1" not in rows, "questions about the policy are the company's own"
    assert not rows["2.2.2"].is_rated
    assert "handover.submitted" in cells.passing_facts(BOOK, rows["2.2.2"])
    assert not rows["3.1.1"].is_installed


def test_a_clause_that_was_dropped_keeps_its_row_while_orders_owe_something_under_it() -> None:
    rows = cells.lines_of(BOOK, ROOMS)
    without = [each for each in rows if each.clause.number != "2.1.3"]
    assert cells.with_former(without, {"2.1.3": BOOK}, ROOMS) == rows
    assert cells.with_former(without, {}, ROOMS) == without
    assert cells.with_former(rows, {"2.1.3": BOOK}, ROOMS) == rows
