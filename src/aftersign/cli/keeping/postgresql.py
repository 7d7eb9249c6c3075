"""PostgreSQL: every table by COPY out of one unchanging view of the database, and back in one transaction.

No program of PostgreSQL's is needed, and none of the right version. What the tables are is known from the migrations,
which are in the program: an archive holds rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from aftersign.cli.keeping import tables
from aftersign.cli.keeping.faults import Damaged
from aftersign.cli.keeping.parts import PIECE, Part

_SERIAL = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE is_identity = 'YES' AND table_schema = ANY (current_schemas(false))"
)
_COLUMNS = (
    "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
    "AND table_schema = ANY (current_schemas(false)) ORDER BY ordinal_position"
)


class View:
    """The database as one transaction sees it."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._counts: dict[str, int] = {}

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        self._cursor.execute(query)
        return list(self._cursor.fetchall())

    def parts(self) -> Iterator[tuple[str, dict[str, Any], Iterator[bytes]]]:
        """The rows of each table, a line for each, as COPY writes them."""
        for table in sorted(tables.kept() & set(connection.introspection.table_names(self._cursor))):
            self._cursor.execute(_COLUMNS, [table])
            columns = [name for (name,) in self._cursor.fetchall()]
            yield f"tables/{table}", {"table": table, "columns": columns}, self._rows(table, columns)

    def counts(self) -> dict[str, int]:
        """Rows by table, of the parts that were read."""
        return self._counts

    def _rows(self, table: str, columns: list[str]) -> Iterator[bytes]:
        held, count = bytearray(), 0
        with self._cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as copy:
            for row in copy:
                held += row
                count += 1
                if len(held) >= PIECE:
                    yield bytes(held)
                    held.clear()
        yield bytes(held)
        self._counts[table] = count


@contextmanager
def snapshot() -> Iterator[View]:
    """One view of the database, which stays as it is while others write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield View(cursor)


def exists() -> bool:
    """Whether the server has a database of this installation's name."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]])
        return cursor.fetchone() is not None


def has_tables() -> bool:
    """Whether there is anything in the database of this installation."""
    if not exists():
        return False
    with connection.cursor() as cursor:
        return bool(connection.introspection.table_names(cursor))


class Into:
    """An empty database in one transaction: tables as they were when the archive was made, then their rows."""

    def __init__(self, cursor: Any, migrations: Iterable[Iterable[str]]) -> None:
        self._cursor = cursor
        _migrate({(app, name) for app, name in migrations})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        self._made = set(connection.introspection.table_names(cursor))
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, sorted(self._made)))}")
        self._taken: list[str] = []

    def take(self, part: Part) -> None:
        """The rows of a table; raises `Damaged` for a table that there was none of at the time."""
        table, columns = str(part.about["table"]), list(part.about["columns"])
        if table not in self._made:
            raise Damaged(f"this archive has a table {table} that its program did not know")
        with self._cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as copy:
            for piece in part.pieces():
                copy.write(piece)
        self._taken.append(table)

    def counts(self) -> dict[str, int]:
        """Rows by table, every row with all that it refers to; the next numbers follow the rows."""
        self._cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self._follow()
        found = {}
        for table in self._taken:
            self._cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608 (a name of our own)
            found[table] = self._cursor.fetchone()[0]
        return found

    def _follow(self) -> None:
        self._cursor.execute(_SERIAL)
        for table, column in self._cursor.fetchall():
            highest = f"(SELECT max({_quoted(column)}) FROM {_quoted(table)})"  # noqa: S608 (names of our own)
            self._cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce({highest}, 1), {highest} IS NOT NULL)",
                [_quoted(table), column],
            )


@contextmanager
def into(migrations: Iterable[Iterable[str]]) -> Iterator[Into]:
    """The database in which an archive is put back, made if the server has none; nothing is kept of what goes wrong."""
    if not exists():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {_quoted(str(connection.settings_dict['NAME']))}")
    with transaction.atomic(), connection.cursor() as cursor:
        yield Into(cursor, migrations)


def analyze() -> None:
    """Let the planner know the new rows, which it would otherwise guess for a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _migrate(applied: set[tuple[str, str]]) -> None:
    """Make the tables as they were when just these migrations had been made."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    last = [key for key in sorted(applied) if not any(child.key in applied for child in nodes[key].children)]
    executor.migrate(last)


def _named(table: str, columns: Iterable[str]) -> str:
    return f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
