"""Appending to the chain, and reading whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.journal import canonical, links
from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail


@dataclass
class Pending:
    """A fact that an act has stated and that waits for its number."""

    name: str
    unit: str
    unit_id: str
    units: dict[str, str]
    order_id: UUID | None
    at: datetime
    entered: datetime
    payload: dict[str, Any]
    private: frozenset[str]
    files: tuple[str, ...]
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class Statement:
    """Who states a batch of facts, by which request, and what of the company was known to them."""

    actor_kind: str
    actor_id: UUID | None
    on_behalf_of: UUID | None
    request_id: str
    seen: int


def append(facts: Sequence[Pending], statement: Statement) -> list[Entry]:
    """Number, hash and insert facts at the end of the chain; must run inside the act's transaction."""
    if not facts:
        return []
    tail = Tail.objects.select_for_update().get(pk=1) if connection.in_atomic_block else None
    if tail is None:
        raise RuntimeError("facts are appended inside a transaction")
    entries, hidden = [], []
    for fact in facts:
        entry, values = _entry(fact, statement, tail.sequence + 1, tail.hash)
        tail.sequence, tail.hash = entry.sequence, entry.hash
        entries.append(entry)
        hidden.extend(values)
    Entry.objects.bulk_create(entries)
    PrivateValue.objects.bulk_create(hidden)
    tail.save(update_fields=["sequence", "hash"])
    return entries


def _entry(fact: Pending, statement: Statement, sequence: int, previous: str) -> tuple[Entry, list[PrivateValue]]:
    payload: dict[str, Any] = {}
    hidden: list[PrivateValue] = []
    for key, value in fact.payload.items():
        if key in fact.private:
            salt, text = canonical.new_salt(), canonical.text(value)
            hidden.append(PrivateValue(entry_id=sequence, key=key, salt=salt, value=text))
            payload[key] = canonical.commitment(salt, text)
        else:
            payload[key] = value
    entry = Entry(
        sequence=sequence,
        id=fact.id,
        fact=fact.name,
        unit=fact.unit,
        unit_id=fact.unit_id,
        units=canonical.text(fact.units),
        order_id=fact.order_id,
        at=fact.at,
        entered=fact.entered,
        actor_kind=statement.actor_kind,
        actor_id=statement.actor_id,
        on_behalf_of=statement.on_behalf_of,
        payload=canonical.text(payload),
        files=canonical.text(list(fact.files)),
        request_id=statement.request_id,
        seen=statement.seen,
        previous_hash=previous,
    )
    entry.hash = hash_of(entry)
    return entry, hidden


def hash_of(entry: Entry) -> str:
    """The hash that a row must have: SHA-256 over the canonical JSON of all its other columns."""
    return links.hash_of(links.link_of(links.written(entry)), entry.sequence, entry.previous_hash)


def faults(after: int = 0) -> Iterator[tuple[int, str]]:
    """Every place after a row at which the chain does not hold, as sequence and reason, in the order of the chain."""
    known = Entry.objects.filter(pk=after).values_list("hash", flat=True).first()
    expected, previous = after + 1, known or GENESIS
    for entry in Entry.objects.filter(sequence__gt=after).order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield entry.sequence, f"sequence {expected} is missing"
        if entry.previous_hash != previous:
            yield entry.sequence, "does not continue the row before it"
        if hash_of(entry) != entry.hash:
            yield entry.sequence, "hash does not match the row"
        expected, previous = entry.sequence + 1, entry.hash
    tail = Tail.objects.filter(pk=1).first()
    if tail and (tail.sequence, tail.hash) != (expected - 1, previous):
        yield tail.sequence, "the tail does not match the last row"
