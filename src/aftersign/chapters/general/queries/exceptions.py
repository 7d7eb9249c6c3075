"""The exceptions that stand beside a figure: of a clause, or of an order by chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from aftersign.chapters.general import states
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries.requests import Row, full, rows_of
from aftersign.kernel.access.actor import Actor
from aftersign.orders.models import Order
from aftersign.orders.unit import visible_orders
from aftersign.policy.editions import store
from aftersign.policy.rulebook import Clause, Term
from aftersign.policy.unit import visible_duties

SHOWN = 20


def granted() -> QuerySet[Request]:
    """The exceptions that were granted and stand."""
    return Request.objects.filter(state=states.APPROVED)


@dataclass(frozen=True)
class OfClause:
    """How many exceptions from a clause stand beside its rate as releases and withdrawals, and the last ones of all."""

    released: int
    withdrawn: int
    rows: tuple[Row, ...]


def of_clause(actor: Actor, clause: Clause) -> OfClause:
    """The exceptions from a clause; only those are listed that the actor may see. One query, a second to list them.

    A withdrawal belongs to every clause whose duties the fact had opened or closed.
    """
    moving = {name for term in clause.terms for name in _moving(term)}
    of = Q(clause=clause.number) | Q(kind=Kind.WITHDRAWAL, fact_name__in=moving)
    kinds = dict(granted().filter(of).order_by().values_list("kind").annotate(n=Count("pk")))
    rows: list[Row] = []
    if kinds:
        seen = Q(order__in=visible_orders(actor)) | Q(order=None, duty__in=visible_duties(actor))
        rows = rows_of(full(granted().filter(of & seen)).order_by("-decided_at", "-id")[:SHOWN])
    return OfClause(kinds.get(Kind.RELEASE, 0), kinds.get(Kind.WITHDRAWAL, 0), tuple(rows))


def of_order(order: Order) -> list[Row]:
    """All exceptions of an order that were granted and stand, the latest first."""
    return rows_of(full(granted().filter(order=order)).order_by("-decided_at", "-id"))


def concerns(row: Row, clause: Clause) -> bool:
    """Whether an exception stands beside a clause: it is one from it, or took back a fact that moved its duties."""
    if row.request.kind != Kind.WITHDRAWAL:
        return row.request.clause == clause.number
    return any(row.request.fact_name in _moving(term) for term in clause.terms)


def rooms_of(row: Row) -> frozenset[str]:
    """The chapters whose figure an exception would have changed."""
    request, rulebook = row.request, store.rulebook_of(row.request.edition_id)
    if request.kind != Kind.WITHDRAWAL:
        known = rulebook.clauses.get(request.clause)
        return frozenset((known.room,)) if known else frozenset()
    return frozenset(term.room for term in rulebook.terms.values() if request.fact_name in _moving(term))


def counted(rows: Iterable[Row], room: str) -> dict[str, int]:
    """How many gates were released and facts withdrawn that concern a chapter."""
    mine = [row.request.kind for row in rows if room in rooms_of(row)]
    return {"released": mine.count(Kind.RELEASE), "withdrawn": mine.count(Kind.WITHDRAWAL)}


def _moving(term: Term) -> tuple[str, ...]:
    """The facts that open or close the duties of a term."""
    return (*term.opens, *term.closes)
