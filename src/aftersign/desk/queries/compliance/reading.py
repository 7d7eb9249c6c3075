"""What the database says of a page of orders: their duties, exceptions, and the facts that let gates pass."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from aftersign.chapters.general.models import Kind
from aftersign.desk.queries.compliance.selection import Selection
from aftersign.kernel.journal.models import Entry
from aftersign.policy import cells
from aftersign.policy.cells import Line, Owed
from aftersign.policy.editions import store
from aftersign.policy.engine.names import WITHDRAWN
from aftersign.policy.rulebook import Rulebook

_FIELDS = ("order_id", "edition_id", "term", "clause", "state", "due_at", "opened_at", "closed_at", "extended", "cause")
Place = tuple[str, UUID]


class Granted(NamedTuple):
    """A release or a withdrawal as the matrix reads it."""

    kind: str
    order: UUID | None
    clause: str
    fact: str


@dataclass(frozen=True)
class Read:
    """What the database says of the orders shown: their duties, exceptions, and facts that let gates pass."""

    owed: Mapping[Place, Sequence[Owed]]
    outside_period: Mapping[Place, str]
    marks: Mapping[Place, frozenset[str]]
    passed: Mapping[UUID, frozenset[str]]
    exceptions: Sequence[Granted]
    books: Mapping[str, Rulebook]


def read(selection: Selection, ids: Sequence[UUID], lines: Sequence[Line], rulebook: Rulebook, *, of_all: bool) -> Read:
    """Three queries: the duties, the exceptions (of the whole selection when asked `of_all`), and the facts."""
    owed, outside, books = _owed(selection, ids)
    rows = selection.exceptions(None if of_all else ids)
    fields = ("kind", "order_id", "clause", "fact_name")
    exceptions = [Granted(*row) for row in rows.values_list(*fields)]
    wanted = {name for line in lines if not line.is_rated for name in cells.passing_facts(rulebook, line)}
    return Read(owed, outside, _marks(exceptions, lines), _stated(ids, wanted), exceptions, books)


def _owed(
    selection: Selection, ids: Sequence[UUID]
) -> tuple[dict[Place, list[Owed]], dict[Place, str], dict[str, Rulebook]]:
    """The duties in the period by clause and order, for other places whether theirs are due before it or later, and
    an edition that has each clause."""
    whole = replace(selection, asked=replace(selection.asked, period=replace(selection.asked.period, begin=None)))
    period, owed, outside = selection.asked.period, defaultdict(list), {}
    books: dict[str, Rulebook] = {}
    for order, edition, term, clause, state, due, opened, closed, extended, cause in whole.duties_on(ids).values_list(
        *_FIELDS
    ):
        place, at = (clause, order), due or closed
        books.setdefault(clause, store.rulebook_of(edition))
        if period.contains(due, closed):
            owed[place].append(Owed(state, due, opened, extended, _is_outside(edition, term), cause))
        elif at is None or (period.end and at > period.end):
            outside[place] = cells.LATER
        else:
            outside.setdefault(place, cells.EARLIER)
    return dict(owed), outside, books


def _is_outside(edition: UUID, term: str) -> bool:
    rulebook = store.rulebook_of(edition)
    role = rulebook.roles.get(rulebook.terms[term].owner)
    return role is not None and role.resolved.startswith("outside:")


def _marks(exceptions: Iterable[Granted], lines: Sequence[Line]) -> dict[Place, frozenset[str]]:
    """The marks that exceptions leave: a released gate at its clause, a withdrawn fact wherever it moved duties."""
    moved = defaultdict(set)
    for line in lines:
        for term in line.duties:
            for name in (*term.opens, *term.closes):
                moved[name].add(line.clause.number)
    found: dict[Place, frozenset[str]] = defaultdict(frozenset)
    for each in exceptions:
        released = each.kind == Kind.RELEASE
        if each.order is None:
            continue
        for number in (each.clause,) if released else moved[each.fact]:
            found[number, each.order] |= {"released" if released else "corrected"}
    return dict(found)


def _stated(ids: Sequence[UUID], wanted: Collection[str]) -> dict[UUID, frozenset[str]]:
    """The facts of some names that stand, by order."""
    if not ids or not wanted:
        return {}
    rows = Entry.objects.filter(order_id__in=ids, fact__in={*wanted, WITHDRAWN}).order_by("-sequence")
    found: dict[UUID, frozenset[str]] = defaultdict(frozenset)
    gone = set()
    for fact, pk, order, units in rows.values_list("fact", "id", "order_id", "units"):
        if str(pk) in gone:
            continue
        if fact == WITHDRAWN:
            gone.add(json.loads(units).get("fact", ""))
        elif order is not None:
            found[order] |= {fact}
    return dict(found)
