"""Triggers that refuse to change or remove what has been stated, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_SQLITE = {
    "journal_no_update": "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "journal_no_delete": "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
}
_POSTGRES_BODY = " BEGIN RAISE EXCEPTION 'the journal is append-only'; END "
_POSTGRES_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRES_BODY}$$"
)
_POSTGRES = {
    "journal_no_change": "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal "
    "FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()",
    "journal_no_truncate": "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
}

# The bits of pg_trigger: for each row 1, before 2, delete 8, update 16, truncate 32.
_POSTGRES_KINDS = {"journal_no_change": 1 + 2 + 8 + 16, "journal_no_truncate": 2 + 32}
_SHOW_POSTGRES = (
    "SELECT tgname, tgenabled::text, tgtype::int, tgqual IS NULL, tgattr::text, prosrc FROM pg_trigger "
    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE tgrelid = 'journal'::regclass AND NOT tgisinternal"
)
_SHOW_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"


def install() -> None:
    """Make the triggers anew; a table rebuild of SQLite drops them silently, so every migrate ends with this."""
    remove()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in _wanted().values():
            cursor.execute(statement)


def remove() -> None:
    """Drop the triggers; only tests, a restore and the removal of the sample company do so."""
    tail = " ON journal" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _wanted():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{tail}")


def missing() -> list[str]:
    """Names of the triggers that the database should have and has not, or that are disabled or do something else."""
    present = _present()
    return sorted(name for name, form in _wanted_forms().items() if present.get(name) != form)


def foreign() -> list[str]:
    """Names of triggers on the journal that are none of ours: they could change what is stated on its way in."""
    return sorted(_present().keys() - _wanted().keys())


def _present() -> dict[str, Any]:
    """The triggers of the journal by name, in a form that can be compared."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOW_POSTGRES if connection.vendor == "postgresql" else _SHOW_SQLITE)
        return {name: tuple(form) for name, *form in cursor.fetchall()}


def _wanted_forms() -> dict[str, Any]:
    if connection.vendor == "postgresql":
        return {name: ("O", kind, True, "", _POSTGRES_BODY) for name, kind in _POSTGRES_KINDS.items()}
    return {name: (statement,) for name, statement in _SQLITE.items()}


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
