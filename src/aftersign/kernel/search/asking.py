"""Asking the index: what somebody may see of what they typed, the exact and the beginning first, then the latest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.search.content import Hit, Source
from aftersign.kernel.search.models import Entry
from aftersign.kernel.search.storage import Matches, can_look_up
from aftersign.kernel.search.words import Question, question

MOST = 200
"""Hits of one kind that are looked for; whoever has more types another word."""
TRIED, MOSTLY = 100, 0.4
"""How many units at both ends tell whether a word is common, and which share of them then has it."""


def found(source: Source, actor: Actor, typed: str, limit: int) -> list[UUID]:
    """Ids of what an actor may see of a source, in the order of their relevance, each once; at most `limit`."""
    asked = question(typed)
    return _first(_ways(source, actor, typed, asked, limit), limit) if asked else []


def hits(source: Source, actor: Actor, typed: str, limit: int) -> list[Hit]:
    """What is found, as it is shown."""
    return shown(source, found(source, actor, typed, limit))


def shown(source: Source, ids: list[UUID]) -> list[Hit]:
    """Records of a source as they are shown, in the same order; whoever asks has asked whether they may be seen."""
    known = source.hits(ids) if ids else {}
    return [known[each] for each in ids if each in known]


def units_found(kind: str, typed: str) -> QuerySet[Any]:
    """Ids of all units of a kind that the index finds, for a list that asks its own rights; nothing without a word."""
    asked = question(typed)
    entries = Entry.objects.filter(kind=kind)
    return (entries.filter(Matches(kind, asked)) if asked else entries.none()).values("unit_id")


def one_by_one(kind: str, typed: str) -> Subquery | None:
    """Whether the unit of an outer row answers, asked of each row; None unless nearly any unit of the kind does.

    A list that shows fifty rows of a word that nearly all have finds them sooner by going through its own order than
    by gathering all that the index names. The latest and the oldest units tell, which lie apart in most orders.
    """
    asked = question(typed)
    if asked is None or not can_look_up():
        return None
    entries = Entry.objects.filter(kind=kind, part=0).annotate(answers=Matches(kind, asked))
    for order in ("-unit_id", "unit_id"):
        tried = list(entries.order_by(order).values_list("answers", flat=True)[:TRIED])
        if len(tried) < TRIED or sum(tried) < TRIED * MOSTLY:
            return None
    return Subquery(entries.filter(unit_id=OuterRef("pk")).values("answers"), output_field=BooleanField())


def _ways(source: Source, actor: Actor, typed: str, asked: Question, limit: int) -> Iterator[list[UUID]]:
    seen = source.visible(actor)
    if source.at_once and seen is not None:
        yield list(source.at_once(seen, typed.strip()).values_list("pk", flat=True)[:limit])
    entries = Entry.objects.filter(kind=source.name)
    if seen is not None and _is_narrowed(seen):
        entries = entries.filter(unit_id__in=seen.order_by().values("pk"))
    for one in (asked.beginning(), asked):
        # A long text has several parts, of which each may be found.
        latest = entries.filter(Q(Matches(source.name, one))).order_by("-unit_id").values_list("unit_id", flat=True)
        yield list(latest[: 2 * limit])


def _first(ways: Iterator[list[UUID]], limit: int) -> list[UUID]:
    """The first ones, without asking further when there are enough."""
    found: dict[UUID, None] = {}
    for ids in ways:
        found |= dict.fromkeys(ids)
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _is_narrowed(rows: QuerySet[Any]) -> bool:
    """Whether a queryset leaves any row of its table out; one that does not need not be asked."""
    query = rows.query
    return bool(query.where or query.is_sliced or query.distinct or query.combinator)
