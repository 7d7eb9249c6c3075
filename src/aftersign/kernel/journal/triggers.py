"""Triggers that refuse to change or remove what has been stated, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_SQLITE = {
    "journal_no_update": "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "journal_no_delete": "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
}
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
)
_POSTGRES = {
    "journal_no_change": "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal "
    "FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()",
    "journal_no_truncate": "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
}


def install() -> None:
    """Make the triggers anew; a table rebuild of SQLite drops them silently, so every migrate ends with this."""
    remove()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in _wanted().values():
            cursor.execute(statement)


def remove() -> None:
    """Drop the triggers; only tests and a restore do so."""
    tail = " ON journal" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _wanted():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{tail}")


def missing() -> list[str]:
    """Names of the triggers that the database should have and has not, or that are disabled."""
    source = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'journal'::regclass AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
    )
    with connection.cursor() as cursor:
        cursor.execute(source)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted()) - present)


@contextmanager
def lifted() -> Iterator[None]:
    """The journal without its triggers, for the flush of a test database."""
    remove()
    try:
        yield
    finally:
        install()


def _wanted() -> dict[str, str]:
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE
