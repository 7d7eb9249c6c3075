"""Readers of the journal: the facts of an order, of the company, of a unit, and the way forward for cursors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from aftersign.kernel.journal import corrections
from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.org.remembering import keep, remembered

CHUNK = 5000
"""Rows asked for at a time: without a cursor in the database, all that is asked for stands in memory."""
_END = "end of the company's facts"


def of_order(order_id: UUID | None, *, names: Iterable[str] | None = None, private: bool = True) -> list[Recorded]:
    """The facts of an order in journal order (None: of the company); two queries, one without private values."""
    entries = Entry.objects.filter(order_id=order_id).order_by("sequence")
    if names is not None:
        entries = entries.filter(fact__in=list(names))
    return recorded(entries, private=private)


def of_orders(order_ids: Iterable[UUID | None]) -> dict[UUID | None, list[Recorded]]:
    """The facts of several cases in journal order, without private values; one query."""
    wanted = list(order_ids)
    found: dict[UUID | None, list[Recorded]] = {order_id: [] for order_id in wanted}
    those = Q(order_id__in=[each for each in wanted if each])
    if None in found:
        those |= Q(order_id=None)
    for fact in recorded(Entry.objects.filter(those).order_by("sequence"), private=False):
        found[fact.order_id].append(fact)
    return found


def company_after(sequence: int) -> list[Recorded]:
    """The company's facts after a sequence, without private values."""
    return recorded(Entry.objects.filter(order_id=None, sequence__gt=sequence).order_by("sequence"), private=False)


def company_end() -> tuple[int, str]:
    """Sequence and hash of the last fact of the company, 0 and nothing when there is none; one query."""
    return _of_company().values_list("sequence", "hash").first() or (0, "")


def company_end_beside() -> dict[str, Subquery]:
    """The same, to be read in one query with any row, as `company_sequence` and `company_hash`."""
    return {f"company_{name}": Subquery(_of_company().values(name)[:1]) for name in ("sequence", "hash")}


def keep_company_end(row: Any) -> None:
    """Remember what has been read with a row, until the request has been answered or an act changes something."""
    keep(_END, (row.company_sequence or 0, row.company_hash or ""))


def company_end_as_read() -> tuple[int, str]:
    """The last fact of the company as it was read first in this request."""
    return remembered(_END, company_end)


def _of_company() -> QuerySet[Entry]:
    return Entry.objects.filter(order_id=None).order_by("-sequence")


def chain_end() -> tuple[int, str]:
    """How many facts the chain holds, and the hash of the last one; one query."""
    tail = Tail.objects.filter(pk=1).first()
    return (tail.sequence, tail.hash) if tail else (0, GENESIS)


def latest(order_id: UUID | None, name: str, *, unit_id: str | None = None) -> Recorded | None:
    """The last fact of a name of an order, or of one of its units, that stands; None when there is none."""
    found = recorded(_standing(order_id, name, unit_id).order_by("-sequence")[:1])
    return found[0] if found else None


def all_of(order_id: UUID | None, name: str, *, unit_id: str | None = None) -> list[Recorded]:
    """All facts of a name of an order, or of one of its units, that stand, in journal order."""
    return recorded(_standing(order_id, name, unit_id).order_by("sequence"))


def _standing(order_id: UUID | None, name: str, unit_id: str | None) -> QuerySet[Entry]:
    entries = Entry.objects.filter(order_id=order_id, fact=name)
    if unit_id is not None:
        entries = entries.filter(unit_id=unit_id)
    withdrawn = corrections.gone(withdrawals(order_id))
    return entries.exclude(id__in=withdrawn) if withdrawn else entries


def standing_of(order_id: UUID | None, names: Iterable[str]) -> list[Recorded]:
    """The facts of several names of an order that stand, in journal order, without private values."""
    return corrections.standing(of_order(order_id, names={*names, corrections.WITHDRAWN}, private=False))


def payloads(
    order_id: UUID | None, names: Iterable[str], *, unit_id: str | None = None
) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Name, unit and payload of all facts of some names, or of those of one unit; light, for there may be thousands."""
    entries = Entry.objects.filter(order_id=order_id, fact__in=list(names)).order_by("sequence")
    if unit_id is not None:
        entries = entries.filter(unit_id=unit_id)
    for name, unit_id, payload in entries.values_list("fact", "unit_id", "payload").iterator(chunk_size=CHUNK):
        yield name, unit_id, json.loads(payload)


def withdrawals(order_id: UUID | None) -> list[Recorded]:
    """The facts of an order by which others were withdrawn, in journal order, without private values; one query."""
    entries = Entry.objects.filter(order_id=order_id, fact=corrections.WITHDRAWN)
    return recorded(entries.order_by("sequence"), private=False)


def names_file(order_id: UUID, digest: str) -> bool:
    """Whether a fact of an order has stated a file, by its SHA-256."""
    named = Q(files__contains=digest) | Q(payload__contains=digest)
    return bool(digest) and Entry.objects.filter(named, order_id=order_id).exists()


def on_behalf_of(person_id: UUID, limit: int) -> list[Recorded]:
    """What deputies did for a person, the latest first, without private values; one query."""
    entries = Entry.objects.filter(on_behalf_of=person_id).order_by("-sequence")[:limit]
    return recorded(entries, private=False)


def by_ids(ids: Iterable[UUID]) -> list[Recorded]:
    """Some facts by their ids, in journal order."""
    return recorded(Entry.objects.filter(id__in=list(ids)).order_by("sequence"))


def after(sequence: int, limit: int = 1000) -> list[Recorded]:
    """The next facts of the whole journal after a cursor's place."""
    return recorded(Entry.objects.filter(sequence__gt=sequence).order_by("sequence")[:limit])


def everything(chunk: int = 2000) -> Iterator[Recorded]:
    """The whole journal in order, in constant memory."""
    place = 0
    while batch := after(place, chunk):
        yield from batch
        place = batch[-1].sequence


def hashes(after: int, upto: int) -> Iterator[tuple[int, str, str]]:
    """Sequence, hash before and own hash of the facts after one up to another, in constant memory."""
    place = after
    while place < upto:
        rows = Entry.objects.filter(sequence__gt=place, sequence__lte=upto).order_by("sequence")
        found = list(rows.values_list("sequence", "previous_hash", "hash")[:CHUNK])
        if not found:
            return
        yield from found
        place = found[-1][0]


def recorded(entries: QuerySet[Entry], *, private: bool = True) -> list[Recorded]:
    """Rows as facts; private values are joined unless they have been erased, and then their commitment stays."""
    rows = list(entries)
    values: dict[int, dict[str, str]] = {}
    if private and rows:
        for value in PrivateValue.objects.filter(entry__in=[row.sequence for row in rows], value__isnull=False):
            values.setdefault(value.entry_id, {})[value.key] = value.value or ""
    return [_recorded(row, values.get(row.sequence, {})) for row in rows]


def _recorded(row: Entry, values: dict[str, str]) -> Recorded:
    payload = json.loads(row.payload)
    payload.update({key: json.loads(text) for key, text in values.items()})
    return Recorded(
        sequence=row.sequence,
        id=row.id,
        name=row.fact,
        unit=row.unit,
        unit_id=row.unit_id,
        units=json.loads(row.units),
        order_id=row.order_id,
        at=row.at,
        entered=row.entered,
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
        on_behalf_of=row.on_behalf_of,
        payload=payload,
        files=json.loads(row.files),
        seen=row.seen,
        hash=row.hash,
    )
