"""The text over which a fact is hashed: canonical JSON of its row, with gaps for its place in the chain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import cast

from aftersign.kernel.journal import canonical
from aftersign.kernel.journal.canonical import of_simple as quoted
from aftersign.kernel.journal.models import Entry

Link = tuple[str, str, str]
"""The text before the previous hash, between that and the sequence, and after it."""


@dataclass(slots=True)
class Written:
    """A fact without its place, as text: ids and moments as the journal writes them, the rest canonical JSON."""

    id: str
    fact: str
    unit: str
    unit_id: str
    units: str
    order_id: str | None
    at: str
    entered: str
    actor_kind: str
    actor_id: str | None
    on_behalf_of: str | None
    payload: str
    files: str
    request_id: str
    seen: int


def written(row: Entry) -> Written:
    """A row of the journal as text."""
    return Written(
        id=str(row.id),
        fact=row.fact,
        unit=row.unit,
        unit_id=row.unit_id,
        units=row.units,
        order_id=cast("str | None", canonical.plain(row.order_id)),
        at=str(canonical.plain(row.at)),
        entered=str(canonical.plain(row.entered)),
        actor_kind=row.actor_kind,
        actor_id=cast("str | None", canonical.plain(row.actor_id)),
        on_behalf_of=cast("str | None", canonical.plain(row.on_behalf_of)),
        payload=row.payload,
        files=row.files,
        request_id=row.request_id,
        seen=row.seen,
    )


def link_of(row: Written) -> Link:
    """What of the hashed text follows from the fact itself."""
    # The names of the columns stand in the order of RFC 8785, as one would write them by hand: to build and sort a
    # dictionary for every fact takes ten times as long, and every act and every verification waits for it.
    before = (
        f'{{"actor_id":{_text(row.actor_id)},"actor_kind":{quoted(row.actor_kind)},"at":"{row.at}",'
        f'"entered":"{row.entered}","fact":{quoted(row.fact)},"files":{row.files},"id":"{row.id}",'
        f'"on_behalf_of":{_text(row.on_behalf_of)},"order_id":{_text(row.order_id)},"payload":{row.payload},'
        '"previous_hash":"'
    )
    between = f'","request_id":{quoted(row.request_id)},"seen":{row.seen},"sequence":'
    after = f',"unit":{quoted(row.unit)},"unit_id":{quoted(row.unit_id)},"units":{row.units}}}'
    return before, between, after


def hash_of(link: Link, sequence: int, previous: str) -> str:
    """The hash of a fact at a place in the chain."""
    before, between, after = link
    return hashlib.sha256(f"{before}{previous}{between}{sequence}{after}".encode()).hexdigest()


def _text(value: str | None) -> str:
    return "null" if value is None else f'"{value}"'
