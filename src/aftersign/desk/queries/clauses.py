"""A clause as people read it: text with its values, terms in words, and how well it was kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language

from aftersign.chapters.general.queries import exceptions
from aftersign.chapters.general.queries.requests import Row
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import department_tree
from aftersign.policy import tallies
from aftersign.policy.cards import Card, cards
from aftersign.policy.editions import store
from aftersign.policy.engine.variant import is_living
from aftersign.policy.figures import Figure, figure_from
from aftersign.policy.finding import id_of
from aftersign.policy.models import UNFINISHED, Duty, Edition
from aftersign.policy.rulebook import Clause, Param, Rulebook, Term
from aftersign.policy.rulebook.wording import Shown, clause_text
from aftersign.policy.standing import present
from aftersign.policy.unit import visible_duties

SHOWN = 20
DUTIES, RULES, FIGURES = ("duty", "cycle"), ("gate", "content", "ban"), ("measure", "offer")
Kept = dict[str | UUID | None, list[tuple[str, bool, int]]]
"""How many duties stand how, by the department that owes them (None: without owner)."""


@dataclass(frozen=True)
class ClausePage:
    """Everything that the page of a clause shows."""

    edition: Edition
    editions: tuple[Edition, ...]
    rulebook: Rulebook
    clause: Clause
    language: str
    text: tuple[tuple[str, bool], ...]
    is_installed: bool
    inert: tuple[str, ...]
    cards: tuple[Card, ...]
    open_count: int
    figure: Figure
    exceptions: tuple[Row, ...]
    counted_at: datetime | None
    departments: tuple[tuple[str, Figure], ...]
    refused: dict[str, int]
    before: Clause | None
    after: Clause | None
    named_by: tuple[tuple[Clause, tuple[str, ...]], ...]
    differences: tuple[Difference, ...]

    @property
    def found_as(self) -> UUID:
        """The id under which it is found."""
        return id_of(self.clause.number)

    def terms(self, kinds: Iterable[str]) -> list[Term]:
        """The terms of some kinds, in their order."""
        return [term for term in self.clause.terms if term.kind in kinds]

    @property
    def duties(self) -> list[Term]:
        """Duties and cycles."""
        return self.terms(DUTIES)

    @property
    def rules(self) -> list[Term]:
        """Gates, contents and bans."""
        return self.terms(RULES)

    @property
    def figures(self) -> list[Term]:
        """Measures and offers."""
        return self.terms(FIGURES)


@dataclass(frozen=True)
class Difference:
    """One thing in which this clause differs from the edition before."""

    what: Param | Term
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Chapter:
    """A chapter in the list of clauses."""

    room: str
    is_installed: bool
    clauses: tuple[tuple[Clause, Figure], ...]


def clause_page(actor: Actor, number: str, version: str = "", language: str = "") -> ClausePage:
    """A clause in an edition (the one in force unless said); raises `Http404` where there is none."""
    editions = tuple(Edition.objects.filter(in_force_from__isnull=False).defer("files").order_by("-in_force_from"))
    edition = next(
        (each for each in editions if each.version == version or (not version and each.replaced_at is None)), None
    )
    if edition is None:
        raise Http404
    rulebook = store.rulebook_of(edition.pk)
    clause = rulebook.clauses.get(number)
    if clause is None:
        raise Http404
    language = language if language in dict(settings.LANGUAGES) else get_language() or "zh-hans"
    rooms = present().rooms_at(_count(now()), store.program_of(edition.pk))
    open_duties = visible_duties(actor).filter(clause=number, state__in=UNFINISHED)
    counted, granted = tallies.of_clause(number), exceptions.of_clause(actor, clause)
    kept = _kept(counted)
    numbers = list(rulebook.clauses)
    place = numbers.index(number)
    return ClausePage(
        edition=edition,
        editions=editions,
        rulebook=rulebook,
        clause=clause,
        language=language,
        text=tuple(_piece(each) for each in clause_text(rulebook, clause, language)),
        is_installed=clause.room in rooms,
        inert=tuple(term.id for term in clause.terms if not is_living(term, rooms)),
        cards=tuple(cards(_related(open_duties)[:SHOWN])),
        open_count=open_duties.count(),
        figure=_with(granted, figure_from(row for rows in kept.values() for row in rows)),
        exceptions=granted.rows,
        counted_at=counted.at,
        departments=_by_department(kept),
        refused=_refused(clause),
        before=rulebook.clauses[numbers[place - 1]] if place else None,
        after=rulebook.clauses[numbers[place + 1]] if place + 1 < len(numbers) else None,
        named_by=_named_by(rulebook, clause),
        differences=_differences(rulebook, clause, editions, edition),
    )


def _with(granted: exceptions.OfClause, figure: Figure) -> Figure:
    """A figure with the releases and withdrawals that stand beside it."""
    return replace(figure, released=granted.released, withdrawn=granted.withdrawn)


def _piece(piece: str | Shown) -> tuple[str, bool]:
    """A piece of the text, and whether it is the value of a parameter."""
    return (piece.text, True) if isinstance(piece, Shown) else (piece, False)


@dataclass(frozen=True)
class Chapters:
    """All clauses of an edition by chapter; `counted_at` is when their duties were counted, None for now."""

    rows: tuple[Chapter, ...]
    counted_at: datetime | None


def chapters() -> Chapters:
    """All clauses of the edition in force by chapter, with their figures; at most two queries for the figures."""
    edition = store.current()
    if edition is None:
        return Chapters((), None)
    rulebook = store.rulebook_of(edition.pk)
    rooms = present().rooms_at(_count(now()), store.program_of(edition.pk))
    counted: dict[str, list[tuple[str, bool, int]]] = {}
    kept = tallies.by_clause()
    for clause, state, extended, n in kept.rows:
        counted.setdefault(str(clause), []).append((state, extended, n))
    rows = (
        Chapter(
            room,
            room in rooms,
            tuple(
                (each, figure_from(counted.get(each.number, ())))
                for each in rulebook.clauses.values()
                if each.room == room
            ),
        )
        for room in rulebook.rooms
    )
    return Chapters(tuple(rows), kept.at)


def _count(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


def _related(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    return duties.select_related("order__customer", "owner__department", "owner_department").order_by("due_at", "id")


def _kept(counted: tallies.Counted) -> Kept:
    found: Kept = {}
    for department, state, extended, n in counted.rows:
        found.setdefault(department, []).append((state, extended, n))
    return found


def _by_department(counted: Kept) -> tuple[tuple[str, Figure], ...]:
    tree = department_tree()
    found = [(tree[pk].name, figure_from(each)) for pk, each in counted.items() if isinstance(pk, UUID)]
    return tuple(sorted(found, key=lambda pair: -pair[1].denominator))


def _refused(clause: Clause) -> dict[str, int]:
    """How often each term of a clause refused an act in this quarter."""
    first = now().replace(month=(now().month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    counted = dict.fromkeys((term.id for term in clause.terms), 0)
    for terms in RefusedAct.objects.filter(refused_at__gte=first).values_list("terms", flat=True):
        for term in terms:
            if term in counted:
                counted[term] += 1
    return counted


def _named_by(rulebook: Rulebook, clause: Clause) -> tuple[tuple[Clause, tuple[str, ...]], ...]:
    """Other clauses that measure terms of this one, or that wait for or open upon a fact that ends its duties."""
    mine = {term.id for term in clause.terms}
    closing = {name for term in clause.terms for name in term.closes}
    found: list[tuple[Clause, tuple[str, ...]]] = []
    for other in rulebook.clauses.values():
        if other.number == clause.number:
            continue
        letters = tuple(
            term.id
            for term in other.terms
            if mine & set(term.from_) or closing & set(term.opens) or closing & set(term.unless)
        )
        if letters:
            found.append((other, letters))
    return tuple(found[:12])


def _differences(
    rulebook: Rulebook, clause: Clause, editions: tuple[Edition, ...], edition: Edition
) -> tuple[Difference, ...]:
    """What this edition changed of the clause against the one before it."""
    place = editions.index(edition)
    if place + 1 >= len(editions):
        return ()
    before = store.rulebook_of(editions[place + 1].pk)
    found = [
        Difference(param, "value", str(before.params[param.name].value), str(param.value))
        for param in clause.params
        if param.name in before.params and before.params[param.name].value != param.value
    ]
    for term in clause.terms:
        old = before.terms.get(term.id)
        for field in (
            "owner",
            "within",
            "opens",
            "closes",
            "evidence",
            "only",
            "check",
            "unless",
            "act",
            "parts",
            "where",
        ):
            was, now_is = getattr(old, field, None), getattr(term, field)
            found += [Difference(term, field, str(was), str(now_is))] if old is not None and was != now_is else []
    return tuple(found)
