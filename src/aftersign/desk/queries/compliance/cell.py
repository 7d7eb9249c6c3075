"""One clause on one order with everything that proves how it stands: duties, facts with their hashes, exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import get_language

from aftersign.chapters.general.queries import exceptions
from aftersign.chapters.general.queries.requests import Row
from aftersign.desk.queries.compliance.matrix import cell_at
from aftersign.desk.queries.compliance.reading import read
from aftersign.desk.queries.compliance.selection import Selection
from aftersign.desk.queries.duties import DutyPage, Tick, duty_page
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.queries import names_of
from aftersign.orders.models import Order
from aftersign.policy import cells
from aftersign.policy.cards import Card, cards
from aftersign.policy.cells import Cell, Line
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.moments import count
from aftersign.policy.rulebook import Clause, Rulebook
from aftersign.policy.rulebook.wording import Shown, clause_text
from aftersign.policy.standing import present

SHOWN = 60
_RELATED = ("order__customer", "owner__department", "owner_department__head", "edition")


@dataclass(frozen=True)
class Proof:
    """A fact that stands behind a cell, and who stated it."""

    fact: Recorded
    who: str


@dataclass(frozen=True)
class CellPage:
    """Everything that the evidence of a cell shows; `duty` is the one of its duties that is looked at."""

    order: Order
    edition: Edition
    rulebook: Rulebook
    clause: Clause
    cell: Cell
    text: str
    duties: tuple[Card, ...]
    duty: DutyPage | None
    trigger: Proof | None
    passed: tuple[Proof, ...]
    exceptions: tuple[Row, ...]

    @property
    def told(self) -> list[Tick]:
        """Who was told that the duty is late, and who will be."""
        return [tick for tick in self.duty.ticks if tick.kind in ("told", "coming")] if self.duty else []

    @property
    def others(self) -> list[Card]:
        """The duties of the cell beside the one that is looked at."""
        return [card for card in self.duties if self.duty is None or card.duty.pk != self.duty.duty.pk]


def cell_page(selection: Selection, number: str, order: Order, chosen: str = "") -> CellPage:
    """The cell of a clause on an order that the actor may see; raises `Http404` where there is no such clause."""
    edition = store.current()
    found = selection.duties_on([order.pk]).filter(clause=number)
    rows = list(found.select_related(*_RELATED).defer("edition__files").order_by("due_at", "id")[:SHOWN])
    of = rows[0].edition if rows else edition
    line = _line(edition, number) or _line(of, number)
    if edition is None or of is None or line is None:
        raise Http404
    rulebook = store.rulebook_of(of.pk)
    read_now = read(selection, [order.pk], [line], rulebook, of_all=False)
    owed = sorted(cards(rows), key=_urgency)
    first = next((card for card in owed if str(card.duty.pk) == chosen), next(iter(owed), None))
    clause = rulebook.clauses[number]
    return CellPage(
        order=order,
        edition=of,
        rulebook=rulebook,
        clause=clause,
        cell=cell_at(line, order, read_now, rulebook, now()),
        text=_text(rulebook, clause),
        duties=tuple(owed),
        duty=duty_page(selection.actor, first.duty) if first else None,
        trigger=next(iter(_proofs([first.duty.opened_by])), None) if first else None,
        passed=() if line.is_rated else _passed(rulebook, line, order),
        exceptions=tuple(row for row in exceptions.of_order(order) if exceptions.concerns(row, clause)),
    )


def _line(edition: Edition | None, number: str) -> Line | None:
    if edition is None:
        return None
    rooms = present().rooms_at(count(now()), store.program_of(edition.pk))
    lines = cells.lines_of(store.rulebook_of(edition.pk), rooms)
    return next((line for line in lines if line.clause.number == number), None)


def _urgency(card: Card) -> tuple[int, str]:
    state = cells.eighth(card.shown)
    return cells.STATES.index(state), card.duty.due_at.isoformat() if card.duty.due_at else ""


def _text(rulebook: Rulebook, clause: Clause) -> str:
    pieces = clause_text(rulebook, clause, get_language() or "zh-hans")
    return "".join(piece.text if isinstance(piece, Shown) else piece for piece in pieces)


def _proofs(ids: list[UUID]) -> list[Proof]:
    return _with_names(journal.by_ids(ids))


def _passed(rulebook: Rulebook, line: Line, order: Order) -> tuple[Proof, ...]:
    """The facts that stand by which the acts of a clause of gates and contents have succeeded."""
    facts = journal.standing_of(order.pk, cells.passing_facts(rulebook, line))
    return tuple(_with_names(facts))


def _with_names(facts: list[Recorded]) -> list[Proof]:
    people = names_of({fact.actor_id for fact in facts if fact.actor_id})
    return [Proof(fact, people.get(fact.actor_id, "") if fact.actor_id else "") for fact in facts]
