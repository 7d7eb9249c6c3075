"""The exceptions that stand beside a figure: of a clause, or of an order by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet

from aftersign.chapters.general import states
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries.requests import Row, full, rows_of
from aftersign.chapters.general.unit import visible_requests
from aftersign.kernel.access.actor import Actor
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.rulebook import Clause, Term

SHOWN = 20


def granted() -> QuerySet[Request]:
    """The exceptions that were granted and stand."""
    return Request.objects.filter(state=states.APPROVED)


def of_clause(actor: Actor, clause: Clause) -> tuple[Sequence[Row], int, int]:
    """The last exceptions from a clause that the actor may see, and how many releases and withdrawals there are in all.

    A withdrawal belongs to every clause whose duties the fact had opened or closed.
    """
    moving = {name for term in clause.terms for name in _moving(term)}
    of = Q(clause=clause.number) | Q(kind=Kind.WITHDRAWAL, fact_name__in=moving)
    counts = (
        granted()
        .filter(of)
        .aggregate(
            released=Count("pk", filter=Q(kind=Kind.RELEASE)), withdrawn=Count("pk", filter=Q(kind=Kind.WITHDRAWAL))
        )
    )
    seen = full(visible_requests(actor).filter(of, state=states.APPROVED)).order_by("-decided_at", "-id")
    return rows_of(seen[:SHOWN]), counts["released"], counts["withdrawn"]


def of_order(order: Order) -> list[Row]:
    """All exceptions of an order that were granted and stand, the latest first."""
    return rows_of(full(granted().filter(order=order)).order_by("-decided_at", "-id"))


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
