"""The audit paper: the duties of a selection with the facts that opened and ended them, their hashes and exceptions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries.exceptions import granted
from aftersign.chapters.general.queries.requests import Row, full, rows_of
from aftersign.desk.queries.compliance.selection import Counted, Selection
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.org.queries import company, names_of
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, Edition

MOST, CHUNK = 20_000, 1000
_RELATED = ("order__customer", "owner__department", "owner_department")


class TooMany(Exception):
    """More duties match than one paper holds; `most` is how many it does."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


@dataclass(frozen=True)
class Stated:
    """A fact as a paper names it: what anybody finds again in the journal, and nothing of what it says."""

    sequence: int
    name: str
    at: datetime
    who: str
    hash: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Entered:
    """A duty as a row of the paper."""

    duty: Duty
    opening: Stated | None
    closing: Stated | None
    exceptions: tuple[Request, ...]


@dataclass(frozen=True)
class Paper:
    """What a paper says of its selection; its rows are read while they are written."""

    selection: Selection
    company: str
    edition: Edition | None
    made_at: datetime
    made_by: str
    sequence: int
    hash: str
    orders: int
    duties: int
    counted: Sequence[Counted]
    released: int
    withdrawn: int

    @property
    def rows(self) -> Iterator[Entered]:
        """The duties by clause and order; four queries for each thousand."""
        found = self.selection.duties.select_related(*_RELATED).order_by("clause", "order__number", "due_at", "id")
        for part in _parts(found.iterator(chunk_size=CHUNK)):
            yield from _entered(part)

    @property
    def exceptions(self) -> list[Row]:
        """The exceptions that were granted on the orders of the selection."""
        orders = self.selection.orders.order_by().values("pk")
        return rows_of(full(granted().filter(order__in=orders)).order_by("clause", "decided_at", "id")[:MOST])


def paper_of(selection: Selection, most: int | None = None) -> Paper:
    """The paper of a selection; raises `TooMany` for more duties than it holds, `MOST` unless said."""
    most = MOST if most is None else most
    duties = selection.duties.order_by()[: most + 1].count()
    if duties > most:
        raise TooMany(most)
    tail = Tail.objects.first() or Tail()
    kinds = dict(selection.exceptions().order_by().values_list("kind").annotate(n=Count("pk")))
    return Paper(
        selection=selection,
        company=company().name,
        edition=store.current(),
        made_at=now(),
        made_by=selection.actor.name,
        sequence=tail.sequence,
        hash=tail.hash,
        orders=selection.orders.order_by()[: MOST + 1].count(),
        duties=duties,
        counted=selection.counted(),
        released=kinds.get(Kind.RELEASE, 0),
        withdrawn=kinds.get(Kind.WITHDRAWAL, 0),
    )


def _parts(duties: Iterable[Duty]) -> Iterator[list[Duty]]:
    part: list[Duty] = []
    for duty in duties:
        part.append(duty)
        if len(part) == CHUNK:
            yield part
            part = []
    if part:
        yield part


def _entered(duties: Sequence[Duty]) -> Iterator[Entered]:
    facts = stated({each for duty in duties for each in (duty.opened_by, duty.closed_by) if each})
    kinds = (Kind.WAIVER, Kind.EXTENSION)
    found: dict[UUID, list[Request]] = defaultdict(list)
    for request in granted().filter(kind__in=kinds, duty__in=[duty.pk for duty in duties]).order_by("decided_at"):
        if request.duty_id:
            found[request.duty_id].append(request)
    for duty in duties:
        closing = facts.get(duty.closed_by) if duty.closed_by else None
        yield Entered(duty, facts.get(duty.opened_by), closing, tuple(found.get(duty.pk, ())))


def stated(ids: Collection[UUID]) -> dict[UUID, Stated]:
    """The facts by their ids, with whoever stated them; a query for each thousand, and one for the names."""
    fields = ("id", "sequence", "fact", "at", "actor_id", "hash", "files")
    rows = [row for part in _slices(list(ids)) for row in Entry.objects.filter(id__in=part).values_list(*fields)]
    people = names_of({row[4] for row in rows if row[4]})
    return {
        pk: Stated(sequence, fact, at, people.get(actor, ""), digest, tuple(map(str, json.loads(files))))
        for pk, sequence, fact, at, actor, digest, files in rows
    }


def _slices(ids: list[UUID]) -> Iterator[list[UUID]]:
    yield from (ids[begin : begin + CHUNK] for begin in range(0, len(ids), CHUNK))
