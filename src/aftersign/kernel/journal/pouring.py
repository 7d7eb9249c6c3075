"""Rows poured into tables by the thousand: COPY on PostgreSQL, one prepared statement on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

import orjson
from django.db import connection

Row = Any
"""A row ready for the database: a line for COPY, a tuple for a prepared statement."""


class Pouring(Protocol):
    """A way into the tables of one database; rows are made ready anywhere and poured where the connection is."""

    def of_text(self, kind: str, text: str | None) -> Any:
        """An `id` or a `moment` (as the journal writes it) that is given as text, as a value of a row."""

    def row(self, values: Iterable[Any]) -> Row:
        """Values of Python as a row: ids, moments with an offset, days, decimals, text, and lists or tables as JSON."""

    def after(self, values: Iterable[Any], row: Row) -> Row:
        """A row with further columns in front."""

    def pour(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows; must run inside a transaction."""


class Copied:
    """COPY of PostgreSQL in its text format."""

    def of_text(self, kind: str, text: str | None) -> str | None:
        """PostgreSQL reads both as they are."""
        return text

    def row(self, values: Iterable[Any]) -> str:
        """A line, its columns divided by tabs."""
        texts = [value if type(value) is str else _copied(value) for value in values]
        line = "\t".join(texts)
        # Looking once at the whole line is quicker than looking at each of its values.
        if line.count("\t") < len(texts) and not ("\\" in line or "\n" in line or "\r" in line):
            return line
        return "\t".join(map(_escaped, texts))

    def after(self, values: Iterable[Any], row: str) -> str:
        """A line with further columns in front."""
        return f"{self.row(values)}\t{row}"

    def pour(self, table: str, columns: Sequence[str], rows: Sequence[str]) -> None:
        """Insert lines."""
        names = ", ".join(map(connection.ops.quote_name, columns))
        into = f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN (NULL '{_NULL}')"
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            copy.write("\n".join(rows).encode() + b"\n")


class Listed:
    """A prepared statement of SQLite."""

    def of_text(self, kind: str, text: str | None) -> Any:
        """As Django stores them there: an id in hex, a moment in UTC without an offset."""
        if text is None:
            return None
        return text.replace("-", "") if kind == "id" else _listed(datetime.fromisoformat(text))

    def row(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """A tuple of what SQLite stores."""
        return tuple(map(_listed, values))

    def after(self, values: Iterable[Any], row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A tuple with further columns in front."""
        return (*map(_listed, values), *row)

    def pour(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert tuples."""
        names = ", ".join(map(connection.ops.quote_name, columns))
        marks = ", ".join(["%s"] * len(columns))
        into = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({marks})"  # noqa: S608 (names quoted)
        with connection.cursor() as cursor:
            cursor.executemany(into, rows)


def pouring() -> Pouring:
    """The way into the tables of this installation's database."""
    return Copied() if connection.vendor == "postgresql" else Listed()


def settled() -> None:
    """Let PostgreSQL know at once what was poured, and which pages hold only rows that everybody sees.

    By itself it learns of it a minute or more later; until then lists are planned by guess, and what an index holds is
    read from the table all the same; that cannot be said inside a transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")


_NULL = "\x02"
"""No text of ours is this one, so that an absent value needs no escape."""


def _copied(value: Any) -> str:
    if value is None:
        return _NULL
    kind = type(value)
    if kind is bool:
        return "t" if value else "f"
    return orjson.dumps(value).decode() if kind in (dict, list) else str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _listed(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return value
