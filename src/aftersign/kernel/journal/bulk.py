"""Appending by the thousand: facts are written and half hashed anywhere, and chained where the tail is locked."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from aftersign.kernel.journal import canonical, links
from aftersign.kernel.journal.links import Link, Written
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.journal.pouring import Pouring, Row

_PLACE = ("sequence", "previous_hash", "hash")
_KINDS = {
    **dict.fromkeys(("id", "order_id", "actor_id", "on_behalf_of"), "id"),
    **dict.fromkeys(("at", "entered"), "moment"),
}
_REST = tuple(str(field.column) for field in Entry._meta.concrete_fields if field.column not in _PLACE)
_PRIVATE = ("sequence", "key", "salt", "value")


@dataclass(slots=True)
class Draft:
    """A fact that is ready but for its place: what it is hashed over, its row, and its private values."""

    link: Link
    row: Row
    private: list[Row]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A payload as the chain keeps it, and what it only commits to: rows of key, salt and canonical text."""

    payload: str
    private: list[tuple[str, str, str]]


def sealed(payload: Mapping[str, Any], private: Container[str]) -> Sealed:
    """A payload, simple JSON by itself, with its private values replaced by commitments."""
    kept: dict[str, Any] = dict(payload)
    hidden = []
    for key, value in payload.items():
        if key in private:
            salt, text = canonical.new_salt(), canonical.of_simple(value)
            hidden.append((key, salt, text))
            kept[key] = canonical.commitment(salt, text)
    return Sealed(canonical.of_simple(kept), hidden)


def draft(fact: Written, hidden: Iterable[tuple[str, str, str]], into: Pouring) -> Draft:
    """A fact made ready for the chain."""
    row = into.row([into.of_text(_KINDS[name], value) if name in _KINDS else value for name, value in _values(fact)])
    return Draft(links.link_of(fact), row, [into.row(each) for each in hidden])


def _values(fact: Written) -> list[tuple[str, Any]]:
    return [(name, getattr(fact, name)) for name in _REST]


def append(drafts: Sequence[Draft], into: Pouring) -> int:
    """Number, chain and insert facts in their order; answers with the last sequence.

    Must run inside a transaction, and holds the end of the chain until that ends.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("facts are appended inside a transaction")
    tail = Tail.objects.select_for_update().get(pk=1)
    rows, hidden = [], []
    for each in drafts:
        place = tail.sequence + 1
        hash_ = links.hash_of(each.link, place, tail.hash)
        rows.append(into.after((place, tail.hash, hash_), each.row))
        hidden += [into.after((place,), value) for value in each.private]
        tail.sequence, tail.hash = place, hash_
    into.pour(Entry._meta.db_table, (*_PLACE, *_REST), rows)
    if hidden:
        into.pour(PrivateValue._meta.db_table, _PRIVATE, hidden)
    tail.save(update_fields=["sequence", "hash"])
    return tail.sequence
