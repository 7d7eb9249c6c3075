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
from aftersign.kernel.journal.models import GENESIS, Entry, PrivateValue, Tail

_TEXT = ("fact", "unit", "unit_id", "actor_kind", "request_id", "previous_hash", "hash")
_IDS = ("id", "order_id", "actor_id", "on_behalf_of")
_JSON = ("units", "payload", "files")
_TIMES = ("at", "entered")


class BrokenChain(Exception):
    """A file whose facts do not hold together; the message names the line."""


def lines(chunk: int = 2000) -> Iterator[str]:
    """The journal as lines, in order and in constant memory; private values stand under `private` with their salts."""
    place = 0
    while rows := list(Entry.objects.filter(sequence__gt=place).order_by("sequence")[:chunk]):
        place = rows[-1].sequence
        hidden: dict[int, dict[str, Any]] = {}
        for value in PrivateValue.objects.filter(entry__gte=rows[0].sequence, entry__lte=place):
            hidden.setdefault(value.entry_id, {})[value.key] = {"salt": value.salt, "value": value.value}
        for row in rows:
            yield _line(row, hidden.get(row.sequence, {}))


def _line(row: Entry, hidden: dict[str, Any]) -> str:
    said: dict[str, Any] = {"sequence": row.sequence, "seen": row.seen}
    said |= {key: getattr(row, key) for key in _TEXT}
    said |= {key: str(value) if (value := getattr(row, key)) else None for key in _IDS}
    said |= {key: json.loads(getattr(row, key)) for key in _JSON}
    said |= {key: getattr(row, key).isoformat() for key in _TIMES}
    if hidden:
        said["private"] = hidden
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@transaction.atomic
def read_in(source: Iterable[str]) -> int:
    """Fill an empty journal from lines and answer with their number; raises `BrokenChain` and then nothing is kept."""
    tail = Tail.objects.select_for_update().get(pk=1)
    if tail.sequence or Entry.objects.exists():
        raise BrokenChain("the journal of this database is not empty")
    previous, count, feed = GENESIS, 0, iter(source)
    while batch := list(islice(feed, 1000)):
        rows = [json.loads(line) for line in batch if line.strip()]
        entries = [_entry(said) for said in rows]
        for entry in entries:
            count += 1
            if (entry.sequence, entry.previous_hash) != (count, previous) or chain.hash_of(entry) != entry.hash:
                raise BrokenChain(f"line {count}: the fact does not continue the chain")
            previous = entry.hash
        Entry.objects.bulk_create(entries)
        PrivateValue.objects.bulk_create(value for said in rows for value in _hidden(said))
    tail.sequence, tail.hash = count, previous
    tail.save()
    return count


def _entry(said: dict[str, Any]) -> Entry:
    columns: dict[str, Any] = {"sequence": said["sequence"], "seen": said["seen"]}
    columns |= {key: said[key] for key in _TEXT}
    columns |= {key: UUID(said[key]) if said[key] else None for key in _IDS}
    columns |= {key: canonical.text(said[key]) for key in _JSON}
    columns |= {key: datetime.fromisoformat(said[key]) for key in _TIMES}
    return Entry(**columns)


def _hidden(said: dict[str, Any]) -> Iterator[PrivateValue]:
    for key, value in said.get("private", {}).items():
        yield PrivateValue(entry_id=said["sequence"], key=key, salt=value["salt"], value=value["value"])
