"""The journal as a file: one line of JSON a fact, readable without us, and read back only if the chain holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from aftersign.kernel.journal import canonical, chain
from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.journal.proof.checkpoints import PROOF

_TEXT = ("fact", "unit", "unit_id", "actor_kind", "request_id", "previous_hash", "hash")
_IDS = ("id", "order_id", "actor_id", "on_behalf_of")
_JSON = ("units", "payload", "files")
_TIMES = ("at", "entered")


class BrokenChain(Exception):
    """A file whose facts do not hold together; the message names the line."""


def lines(chunk: int = 2000, upto: int | None = None) -> Iterator[str]:
    """The journal as lines, in order and in constant memory; private values stand under `private` with their salts."""
    place, all_of_them = 0, Entry.objects.order_by("sequence")
    if upto is not None:
        all_of_them = all_of_them.filter(sequence__lte=upto)
    while rows := list(all_of_them.filter(sequence__gt=place)[:chunk]):
        place = rows[-1].sequence
        hidden: dict[int, list[PrivateValue]] = {}
        for value in PrivateValue.objects.filter(entry__gte=rows[0].sequence, entry__lte=place):
            hidden.setdefault(value.entry_id, []).append(value)
        for row in rows:
            yield line_of(row, hidden.get(row.sequence, ()))


def line_of(row: Entry, hidden: Iterable[PrivateValue]) -> str:
    said: dict[str, Any] = {"sequence": row.sequence, "seen": row.seen}
    said |= {key: getattr(row, key) for key in _TEXT}
    said |= {key: str(value) if (value := getattr(row, key)) else None for key in _IDS}
    said |= {key: json.loads(getattr(row, key)) for key in _JSON}
    said |= {key: canonical.plain(getattr(row, key)) for key in _TIMES}
    if private := {value.key: _said(value) for value in hidden}:
        said["private"] = private
    return written(said)


def written(said: dict[str, Any]) -> str:
    """A line as it is written: canonical JSON (RFC 8785)."""
    return canonical.of_plain(said)


def _said(value: PrivateValue) -> dict[str, str | None]:
    said = {"salt": value.salt, "value": value.value}
    return said | {"erased_at": str(canonical.plain(value.erased_at))} if value.erased_at else said


@transaction.atomic
def read_in(source: Iterable[str]) -> int:
    """Fill an empty journal from lines and answer with their number; raises `BrokenChain` and then nothing is kept.

    A line must read exactly as it was written: a fact that was altered, left out or moved, or a private value that is
    not the one it was, breaks the chain.
    """
    tail = Tail.objects.select_for_update().get(pk=1)
    if tail.sequence or Entry.objects.exists():
        raise BrokenChain("the journal of this database is not empty")
    previous, count, feed = GENESIS, 0, iter(source)
    while batch := list(islice(feed, 1000)):
        entries, hidden = [], []
        for line in batch:
            count += 1
            entry, values = _read(_fact_only(line.removesuffix("\n"), count), count)
            if (entry.sequence, entry.previous_hash) != (count, previous):
                raise BrokenChain(f"line {count}: the fact does not continue the one before it")
            previous = entry.hash
            entries.append(entry)
            hidden += values
        Entry.objects.bulk_create(entries)
        PrivateValue.objects.bulk_create(hidden)
    tail.sequence, tail.hash = count, previous
    tail.save()
    return count


def _fact_only(line: str, number: int) -> str:
    """A line as it is without its proof."""
    if f'"{PROOF}"' not in line:
        return line
    try:
        said = json.loads(line)
        if PROOF not in said:
            return line
        del said[PROOF]
        return written(said)
    except (ValueError, TypeError) as error:
        raise BrokenChain(f"line {number}: no fact can be read: {error}") from None


def _read(line: str, number: int) -> tuple[Entry, list[PrivateValue]]:
    """The rows of a line; raises `BrokenChain` when it is not what was written."""
    try:
        said = json.loads(line)
        entry, hidden = _entry(said), list(_hidden(said))
        if line_of(entry, hidden) == line and chain.hash_of(entry) == entry.hash and _keep_promises(entry, hidden):
            return entry, hidden
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenChain(f"line {number}: no fact can be read: {error}") from None
    raise BrokenChain(f"line {number}: the fact is not the one that was stated")


def _entry(said: dict[str, Any]) -> Entry:
    columns: dict[str, Any] = {"sequence": said["sequence"], "seen": said["seen"]}
    columns |= {key: said[key] for key in _TEXT}
    columns |= {key: UUID(said[key]) if said[key] else None for key in _IDS}
    columns |= {key: canonical.text(said[key]) for key in _JSON}
    columns |= {key: datetime.fromisoformat(said[key]) for key in _TIMES}
    return Entry(**columns)


def _hidden(said: dict[str, Any]) -> Iterator[PrivateValue]:
    for key, value in said.get("private", {}).items():
        erased = datetime.fromisoformat(value["erased_at"]) if "erased_at" in value else None
        yield PrivateValue(
            entry_id=said["sequence"], key=key, salt=value["salt"], value=value["value"], erased_at=erased
        )


def _keep_promises(entry: Entry, hidden: Iterable[PrivateValue]) -> bool:
    """Whether private values are those that the fact committed to, none missing; an erased one is taken as such."""
    payload = json.loads(entry.payload)
    promised = {
        key: value for key, value in payload.items() if isinstance(value, dict) and canonical.COMMITMENT in value
    }
    kept = {
        value.key: promised.get(value.key)
        if value.erased_at and value.value is None
        else canonical.commitment(value.salt, value.value or "")
        for value in hidden
    }
    return kept == promised
