"""SQLite: an online copy by its own backup, in one step, and the copy put in the place of the database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from aftersign.cli.keeping.faults import NoArchive
from aftersign.cli.keeping.parts import PIECE, Part
from aftersign.cli.keeping.tables import PASSING

PART = "database.sqlite3"
_PATIENCE = 60.0


class Copy:
    """A copy of the database in a file of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        try:
            with closing(sqlite3.connect(self.path)) as copy:
                return copy.execute(query).fetchall()
        except sqlite3.Error as error:
            raise NoArchive(f"the copy of the database cannot be read: {error}") from None

    def parts(self) -> Iterator[tuple[str, dict[str, Any], Iterator[bytes]]]:
        """The file."""
        yield PART, {}, _pieces(self.path)

    def counts(self) -> dict[str, int]:
        """Rows by table."""
        names = [name for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        ours = [name for name in names if name not in PASSING and not name.startswith("sqlite_")]
        return {name: self.ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in ours}  # noqa: S608 (as it says itself)

    def prove(self) -> None:
        """Let SQLite look through the whole file; raises `NoArchive` when something is wrong in it."""
        said = [text for (text,) in self.ask("PRAGMA integrity_check(10)")]
        if said != ["ok"]:
            raise NoArchive(f"the file of the database is damaged: {'; '.join(said)}")


@contextmanager
def snapshot(room: Path) -> Iterator[Copy]:
    """A copy of the database, taken while others write; what is only passing is emptied in it."""
    path = room / "copy.sqlite3"
    try:
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=_PATIENCE)) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("PRAGMA secure_delete=ON")
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name in PASSING:
                    copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 (one of two names)
            copy.commit()
    except sqlite3.Error as error:
        raise NoArchive(f"the database cannot be copied: {error}; nothing was kept") from None
    yield Copy(path)
    path.unlink(missing_ok=True)


def kept(part: Part, room: Path) -> Copy:
    """The copy out of an archive, in a file in a room."""
    path = room / PART
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in part.pieces():
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Copy(path)


def has_tables() -> bool:
    """Whether there is anything in the database of this installation."""
    path = Path(connection.settings_dict["NAME"])
    if not path.exists() or not path.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return True


class Into:
    """The empty place of a SQLite database: the copy takes it when all the rest is done."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._copy = Copy(room / PART)

    def take(self, part: Part) -> None:
        """The part that is the database."""
        self._copy = kept(part, self._room)

    def counts(self) -> dict[str, int]:
        """Rows by table, of a file that SQLite finds sound."""
        self._copy.prove()
        return self._copy.counts()

    def finish(self) -> None:
        """From here on it is the database."""
        connections.close_all()
        path = Path(connection.settings_dict["NAME"])
        for left in ("-wal", "-shm"):
            path.with_name(path.name + left).unlink(missing_ok=True)
        self._copy.path.replace(path)


@contextmanager
def into(room: Path) -> Iterator[Into]:
    """The place in which a database is put back; what goes wrong leaves it as it was."""
    yield (place := Into(room))
    place.finish()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
