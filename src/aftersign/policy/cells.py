"""A clause on an order as one cell: its eight states, its marks, and why there is nothing where nothing is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from aftersign.policy.cards import MACHINES, SOON
from aftersign.policy.engine.conditions import all_met, conditions
from aftersign.policy.engine.variant import is_living
from aftersign.policy.models import DutyState
from aftersign.policy.rulebook import Clause, Rulebook, Term

STATES = ("breached", "due_soon", "open", "done_late", "waived", "done", "todo", "not_applicable")
"""The states of a cell; of several duties the first that any of them has."""

ABNORMAL = frozenset(("breached", "due_soon", "done_late"))
MARKS = ("extended", "released", "corrected")
NOT_INSTALLED, LEFT_OUT, OVER, NOT_YET, EARLIER, LATER = (
    "not_installed",
    "left_out",
    "over",
    "not_yet",
    "earlier",
    "later",
)
_WAITING, _PAUSED, _TODO = "waiting", "paused", "todo"
_AS = {_WAITING: "open", _PAUSED: "open", "void": "not_applicable"}


class Owed(NamedTuple):
    """A duty as far as a cell looks at it; `outside` says that somebody beyond the company owes it."""

    state: str
    due_at: datetime | None
    opened_at: datetime
    extended: bool = False
    outside: bool = False
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a clause came to on an order.

    `state` is one of the eight, `shown` the word and shape under which it is shown (an open one may wait or stand
    still); `why` is said of a cell without duties, or is the cause by which its duties ended.
    """

    state: str
    shown: str
    count: int = 0
    marks: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_abnormal(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in ABNORMAL


@dataclass(frozen=True)
class Line:
    """A clause as a row: the terms that concern an order, those that open duties and those that only let acts pass."""

    clause: Clause
    is_installed: bool
    duties: tuple[Term, ...]
    rules: tuple[Term, ...]

    @property
    def is_rated(self) -> bool:
        """Whether it has a rate: a clause of gates and contents alone has none."""
        return bool(self.duties)


def shown(duty: Owed, moment: datetime) -> str:
    """A duty's state as people see it at a moment."""
    if duty.state != DutyState.OPEN:
        return duty.state
    if duty.opened_at > moment:
        return _TODO
    if duty.due_at is not None and duty.due_at <= moment:
        return DutyState.BREACHED
    if duty.due_at is not None and duty.due_at - moment <= SOON:
        return "due_soon"
    return _WAITING if duty.outside else duty.state


def cell_of(duties: Iterable[Owed], moment: datetime, marks: Collection[str] = ()) -> Cell:
    """The cell of a clause with duties that are due in the period; at least one."""
    found = [(eighth(state := shown(duty, moment)), state, duty) for duty in duties]
    name, state, first = min(found, key=lambda each: (STATES.index(each[0]), each[1] != each[0]))
    extended = {"extended"} if any(duty.extended for *_states, duty in found) else set()
    return Cell(name, state, len(found), _kept(extended | set(marks)), first.cause)


def eighth(state: str) -> str:
    """To which of the eight a state of a duty belongs."""
    return _AS.get(state, state)


def _kept(marks: Collection[str]) -> tuple[str, ...]:
    return tuple(mark for mark in MARKS if mark in marks)


def cell_of_rules(succeeded: bool, marks: Collection[str] = ()) -> Cell:
    """The cell of a clause of gates and contents alone: not started until its act has succeeded."""
    if not succeeded:
        return Cell("todo", "todo", marks=_kept(marks), why=NOT_YET)
    state = "waived" if "released" in marks else "done"
    return Cell(state, state, marks=_kept(marks))


def empty_cell(why: str, marks: Collection[str] = ()) -> Cell:
    """The cell of a clause without a duty in the period: not started where one is to come, else not applicable."""
    state = "todo" if why in (NOT_YET, LATER) else "not_applicable"
    return Cell(state, state, marks=_kept(marks), why=why)


def why_empty(line: Line, signed: Mapping[str, Any], usual: Collection[str], is_over: bool) -> str:
    """Why a clause has no duty on an order; an empty text where nothing has called for one, and nothing need to.

    `signed` is the order as signed, `usual` the facts that every order comes to, `is_over` whether it has ended.
    """
    if not line.is_installed:
        return NOT_INSTALLED
    own = [term for term in line.duties if all_met(conditions(term.only), signed)]
    if line.duties and not own:
        return LEFT_OUT
    if is_over:
        return OVER
    return NOT_YET if any(set(term.opens) & set(usual) for term in own) else ""


def usual_facts(rulebook: Rulebook) -> frozenset[str]:
    """The facts to which every order comes in the normal course of its stages, and what their acts state with them."""
    named = {name for stage in rulebook.stages for name in (*stage.reached_by, *stage.facts)}
    acts = {act for name in named if name in rulebook.facts for act in rulebook.facts[name].stated_by} - MACHINES
    return frozenset(named | {fact.name for fact in rulebook.facts.values() if acts & set(fact.stated_by)})


def lines_of(rulebook: Rulebook, rooms: Collection[str]) -> list[Line]:
    """The clauses of an edition that can concern an order, in their order, with the terms that do."""
    found = []
    for clause in rulebook.clauses.values():
        own = [term for term in clause.terms if _is_of_order(rulebook, term.per)]
        if clause.room in rooms:
            own = [term for term in own if is_living(term, frozenset(rooms))]
        duties = tuple(term for term in own if term.kind in ("duty", "cycle") and _opens_on_orders(rulebook, term))
        rules = tuple(term for term in own if term.kind in ("gate", "content", "ban"))
        if duties or rules:
            found.append(Line(clause, clause.room in rooms, duties, rules))
    return found


def with_former(lines: list[Line], books: Mapping[str, Rulebook], rooms: Collection[str]) -> list[Line]:
    """Lines of an edition with those of clauses that are in it no more, each as the edition of its duties has it."""
    known = {line.clause.number for line in lines}
    former = [
        line
        for number, book in books.items()
        if number not in known
        for line in lines_of(book, rooms)
        if line.clause.number == number
    ]
    return sorted([*lines, *former], key=lambda line: _place(line.clause.number)) if former else lines


def _place(number: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in number.split(".")]


def passing_facts(rulebook: Rulebook, line: Line) -> frozenset[str]:
    """The facts that show that an act of a clause's gates and contents has succeeded."""
    acts = {act for term in line.rules for act in term.act}
    return frozenset(fact.name for fact in rulebook.facts.values() if acts & set(fact.stated_by))


def _opens_on_orders(rulebook: Rulebook, term: Term) -> bool:
    """Whether a fact of an order opens it: of units that stand under orders some are the company's own."""
    return any("order" in rulebook.facts[name].carries for name in term.opens if name in rulebook.facts)


def _is_of_order(rulebook: Rulebook, kind: str) -> bool:
    while kind and kind != "order":
        kind = rulebook.units[kind].under if kind in rulebook.units else ""
    return kind == "order"
