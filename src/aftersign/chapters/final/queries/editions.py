"""Editions for their pages: the list, one edition chapter by chapter, and two side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from django.http import Http404

from aftersign.chapters.final.queries.telling import Known, known
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load, visible
from aftersign.policy.cards import Card, cards
from aftersign.policy.editions import store
from aftersign.policy.editions.differences import ClauseChange, Differences, differences
from aftersign.policy.models import UNFINISHED, Duty, Edition
from aftersign.policy.rulebook import Clause, Rulebook
from aftersign.policy.unit import visible_duties

SHOWN = 10


@dataclass(frozen=True)
class Under:
    """What is unfinished under an edition: duties, and the orders to which they belong."""

    duties: int = 0
    orders: int = 0


@dataclass(frozen=True)
class Row:
    """An edition in the list; `changed` counts its differences from the one before by what they are about."""

    edition: Edition
    changed: tuple[tuple[str, int], ...]
    under: Under


@dataclass(frozen=True)
class Reading:
    """An edition before a reader, one chapter at a time."""

    edition: Edition
    rulebook: Rulebook
    room: str
    clauses: tuple[Clause, ...]
    under: Under
    cards: tuple[Card, ...]
    before: Edition | None
    known: Known

    @property
    def changed(self) -> tuple[tuple[str, int], ...]:
        """How many things it changed, by what they are about."""
        return counted(self.edition)


@dataclass(frozen=True)
class Side:
    """Two editions side by side, one chapter at a time; `counts` says how many clauses differ in each chapter."""

    old: Edition
    new: Edition
    old_book: Rulebook
    new_book: Rulebook
    found: Differences
    room: str
    counts: dict[str, int]
    others: tuple[Edition, ...]

    @property
    def both(self) -> tuple[Edition, Edition]:
        """The two editions, the older first."""
        return self.old, self.new

    @property
    def clauses(self) -> list[ClauseChange]:
        """The changes of the chapter that is shown."""
        return [each for each in self.found.clauses if each.clause.room == self.room]


def rows() -> list[Row]:
    """All editions, the latest draft first; two queries."""
    under = _under()
    return [Row(each, counted(each), under.get(each.pk, Under())) for each in _all()]


def edition_of(actor: Actor, version: str) -> Edition:
    """The edition of a version with its people; raises `Http404` where there is none."""
    found: Edition = load(
        visible(actor, "edition").select_related("approver", "drafter").defer("files"), version=version
    )
    return found


def reading(actor: Actor, version: str, room: str) -> Reading:
    """An edition at one of its chapters, the first unless said; raises `Http404` for one that it does not have."""
    edition = edition_of(actor, version)
    rulebook = store.rulebook_of(edition.pk)
    room = room or rulebook.rooms[0]
    if room not in rulebook.rooms:
        raise Http404
    duties = visible_duties(actor).filter(edition=edition, state__in=UNFINISHED)
    related = duties.select_related("order__customer", "owner__department", "owner_department")
    return Reading(
        edition=edition,
        rulebook=rulebook,
        room=room,
        clauses=tuple(clause for clause in rulebook.clauses.values() if clause.room == room),
        under=_under().get(edition.pk, Under()),
        cards=tuple(cards(related.order_by("due_at", "id")[:SHOWN])),
        before=before(edition),
        known=known(edition),
    )


def side_by_side(actor: Actor, version: str, other: str, room: str) -> Side:
    """An edition against another, the one before it or the latest unless said; raises `Http404` where there is none."""
    new = edition_of(actor, version)
    others = tuple(each for each in _all() if each.pk != new.pk)
    old = edition_of(actor, other) if other else before(new) or next(iter(others), None)
    if old is None or old.pk == new.pk:
        raise Http404
    found = between(old, new)
    counts = Counter(each.clause.room for each in found.clauses)
    rooms = _rooms(old, new, counts)
    room = room if room in rooms else next(iter(rooms), "")
    books = store.rulebook_of(old.pk), store.rulebook_of(new.pk)
    return Side(old, new, *books, found, room, {each: counts[each] for each in rooms}, others)


def between(old: Edition, new: Edition) -> Differences:
    """In what an edition differs from another; editions never change, so it is worked out once a process."""
    return _between(str(old.pk), str(new.pk))


def unfinished(edition: Edition | None) -> Under:
    """What is unfinished under an edition."""
    return _under().get(edition.pk, Under()) if edition else Under()


def counted(edition: Edition) -> tuple[tuple[str, int], ...]:
    """How many things an edition changed: clauses, terms, parameters, and everything else."""
    sorts = Counter(_SORTS.get(row.get("what", ""), "other") for row in edition.changes)
    return tuple((sort, sorts[sort]) for sort in ("clause", "term", "parameter", "other") if sorts[sort])


_SORTS = {"clause": "clause", "text": "clause", "term": "term", "parameter": "parameter"}


def _all() -> Iterable[Edition]:
    found = Edition.objects.select_related("approver", "drafter").defer("files")
    return found.order_by("-drafted_at", "-pk")


def before(edition: Edition) -> Edition | None:
    """The edition that an edition replaced or would replace: the last to come into force before it."""
    others = Edition.objects.exclude(pk=edition.pk).filter(in_force_from__isnull=False).defer("files")
    if edition.in_force_from:
        others = others.filter(replaced_at__isnull=False, replaced_at__lte=edition.in_force_from)
    return others.order_by("-in_force_from", "-drafted_at", "-pk").first()


def _under() -> dict[object, Under]:
    """What is unfinished under each edition, by one query over unfinished duties alone."""
    open_duties = Duty.objects.filter(state__in=UNFINISHED).order_by().values_list("edition")
    counts = open_duties.annotate(duties=Count("pk"), orders=Count("order", distinct=True))
    return {edition: Under(duties, orders) for edition, duties, orders in counts}


def _rooms(old: Edition, new: Edition, counts: Counter[str]) -> list[str]:
    """The chapters in which something differs, in their order."""
    known = dict.fromkeys((*store.rulebook_of(new.pk).rooms, *store.rulebook_of(old.pk).rooms))
    return [room for room in known if counts[room]]


@lru_cache(maxsize=64)
def _between(old: str, new: str) -> Differences:
    return differences(store.rulebook_of(old), store.rulebook_of(new))
