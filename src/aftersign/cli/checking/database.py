"""Checks of the database: there, of the right version and form, with its triggers."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from aftersign.cli.checking.lines import Line, fault, ok
from aftersign.kernel.journal import triggers
from aftersign.kernel.org.models import Company

OLDEST = 15
"""The first version of PostgreSQL that is supported."""
_INIT = "run `aftersign init`"
_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


def is_usable() -> Line:
    """Whether the database answers and has the tables of this program; nothing else of it can be asked without."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        known = executor.loader.graph.nodes
        later = [each for each in executor.loader.applied_migrations if each not in known and each[0] in _apps(known)]
        if later:
            said = f"the database was made by a later program: {later[0][0]}.{later[0][1]} is not known here"
            return fault("database", said, "install the program that it was last used with, or a later one")
        if missing:
            return fault("database", f"{len(missing)} changes of the tables are still to be made", _INIT)
        if not Company.objects.exists():
            return fault("database", "there is no company yet", _INIT)
    except DatabaseError as error:
        return fault("database", f"it does not answer: {error}".strip(), "start it, and look at DATABASE_URL")
    return ok("database", f"{_version()}, up to date")


def look() -> Iterator[Line]:
    """What is to be seen in a database that can be used."""
    if connection.vendor == "postgresql":
        yield _server()
    else:
        yield _pragmas()
    wrong = [*triggers.missing(), *(f"{name} (foreign)" for name in triggers.foreign())]
    if wrong:
        yield fault("triggers", f"facts could be changed: {', '.join(wrong)}", f"{_INIT}, then `aftersign verify`")
    else:
        yield ok("triggers", "the journal refuses changes")


def _apps(known: object) -> set[str]:
    return {app for app, _name in known}  # type: ignore[attr-defined]


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        said = str(cursor.fetchone()[0]).split()[0]
    return f"{'PostgreSQL' if connection.vendor == 'postgresql' else 'SQLite'} {said}"


def _server() -> Line:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('fsync')")
        version, fsync = cursor.fetchone()
    if version < OLDEST:
        return fault("server", f"PostgreSQL {version} is too old", f"move to PostgreSQL {OLDEST} or later")
    if fsync != "on":
        return fault("server", "fsync is off: facts are lost when the machine fails", "set fsync = on")
    return ok("server", f"PostgreSQL {version}, writes reach the disk")


def _pragmas() -> Line:
    found = {}
    with connection.cursor() as cursor:
        for name in _PRAGMAS:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    wrong = [f"{name} is {found[name]}" for name, wanted in _PRAGMAS.items() if found[name] != wanted]
    if wrong:
        return fault("sqlite", ", ".join(wrong), f"move {settings.HOME} to a disk of this machine")
    return ok("sqlite", "write-ahead log, synchronous, foreign keys and triggers are on")
