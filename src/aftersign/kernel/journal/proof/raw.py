"""Rows of the journal as bytes, past Django's conversions, which a damaged row would stop and which take most time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from aftersign.kernel.journal.models import Entry, PrivateValue
from aftersign.kernel.journal.proof.private import Value

Row = Sequence[Any]
"""The hash of a fact, and then the parts of which its text is made, in their order."""

CHUNK = 5000
BEGIN = 1 - 2**63
_IDS, _TIMES = ("actor_id", "on_behalf_of", "order_id"), ("at", "entered")
_ORDER = (
    *("hash", "actor_id", "actor_kind", "at", "entered", "fact", "files", "id", "on_behalf_of", "order_id", "payload"),
    *("previous_hash", "request_id", "seen", "sequence", "unit", "unit_id", "units"),
)
FACT, PAYLOAD, SEQUENCE = map(_ORDER.index, ("fact", "payload", "sequence"))
_TABLE, _PRIVATE = Entry._meta.db_table, PrivateValue._meta.db_table
_VALUES = "sequence, key, salt, coalesce(value, ''), coalesce(CAST(erased_at AS text), '')"
_SELECT_VALUES = f"SELECT {_VALUES} FROM {_PRIVATE}"  # noqa: S608 (names of our own)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_SIGNS = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}


def chunks(after: int) -> Iterator[tuple[list[Row], dict[int, list[Value]]]]:
    """Facts after a sequence in their order, some thousand at a time, with the private values beside them.

    While one portion is being looked at, the database makes the next one ready.
    """
    with ThreadPoolExecutor(1) as ahead:
        portions = _chunks(after, _dialect())
        waiting = ahead.submit(next, portions, None)
        while (portion := waiting.result()) is not None:
            waiting = ahead.submit(next, portions, None)
            yield portion


def _chunks(after: int, dialect: _Dialect) -> Iterator[tuple[list[Row], dict[int, list[Value]]]]:
    select = f"SELECT {', '.join(map(dialect.column, _ORDER))} FROM {_TABLE}"  # noqa: S608 (names of our own)
    while True:
        where = f"sequence > {after} AND {dialect.numbered} ORDER BY sequence LIMIT {CHUNK}"
        facts = list(dialect.read(f"{select} WHERE {where}"))
        if not facts:
            return
        last = int(facts[-1][SEQUENCE])
        yield facts, _values(dialect, after, last)
        after = last


def _values(dialect: _Dialect, after: int, last: int) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = defaultdict(list)
    query = f"{_SELECT_VALUES} WHERE sequence > {after} AND sequence <= {last}"
    for sequence, key, salt, value, erased in dialect.read(query):
        found[int(sequence)].append((key, salt, value or None, erased or None))
    return found


class _Dialect(Protocol):
    """How a database gives out rows as bytes, ids and moments written as the journal writes them."""

    numbered: str

    def column(self, name: str) -> str:
        """What to select for a part of the text."""

    def read(self, query: str) -> Iterator[Sequence[Any]]:
        """The rows of a query."""


def _dialect() -> _Dialect:
    wrapper = connections[DEFAULT_DB_ALIAS]
    wrapper.ensure_connection()
    return _Postgres(wrapper) if wrapper.vendor == "postgresql" else _Sqlite(wrapper)


class _Postgres:
    def __init__(self, wrapper: BaseDatabaseWrapper) -> None:
        self._wrapper = wrapper

    numbered = "true"

    def column(self, name: str) -> str:
        if name in _IDS:
            return f"""coalesce('"' || {name} || '"', 'null')"""
        if name in _TIMES:
            text = f"""to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
            return f"replace({text}, '.000000', '') || 'Z'"
        return name

    def read(self, query: str) -> Iterator[Sequence[Any]]:
        # Read by another thread than the connection's own, so past Django's cursors.
        raw: Any = self._wrapper.connection
        with (
            self._wrapper.wrap_database_errors,
            raw.cursor() as cursor,
            cursor.copy(f"COPY ({query}) TO STDOUT") as copy,
        ):
            text = b"".join(copy)
        for line in text.split(b"\n")[:-1]:
            fields = line.split(b"\t")
            yield fields if b"\\" not in line else [_plain(each) for each in fields]


def _plain(field: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), field)


class _Sqlite:
    def __init__(self, wrapper: BaseDatabaseWrapper) -> None:
        self._wrapper = wrapper

    numbered = "typeof(sequence) = 'integer'"

    def column(self, name: str) -> str:
        if name == "id":
            return _dashed(name)
        if name in _IDS:
            return f"""CASE WHEN {name} IS NULL THEN 'null' ELSE '"' || {_dashed(name)} || '"' END"""
        if name in _TIMES:
            return f"replace({name}, ' ', 'T') || 'Z'"
        return f"CAST({name} AS text)"

    def read(self, query: str) -> Iterator[Sequence[Any]]:
        raw: Any = self._wrapper.connection
        before, raw.text_factory = raw.text_factory, bytes
        try:
            with self._wrapper.wrap_database_errors:
                rows: list[Sequence[Any]] = raw.execute(query).fetchall()
        finally:
            raw.text_factory = before
        return iter(rows)


def _dashed(name: str) -> str:
    parts = [f"substr({name}, {begin}, {length})" for begin, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 99))]
    return " || '-' || ".join(parts)
