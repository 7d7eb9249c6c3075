"""How far somebody is with a table, and that nobody else is: a file for each, beside the database.

The orders of a table may come in with one transaction, of which the database itself shows nothing before its end.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

EVERY = 25
"""Rows after which it is said again."""


def _folder() -> Path:
    folder: Path = settings.HOME / "tables"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else is at work on a table, until the end; a process that dies makes room by itself."""
    with (_folder() / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def tell(table: UUID, behind: int) -> None:
    """Say how many rows are behind; now and then, and where the disk does not take it, not."""
    if behind % EVERY == 0:
        with suppress(OSError):
            (_folder() / str(table)).write_text(str(behind), encoding="ascii")


def told(table: UUID) -> int:
    """How many rows are behind, as far as that was said."""
    try:
        return int((_folder() / str(table)).read_text(encoding="ascii") or 0)
    except (OSError, ValueError):
        return 0


def forget(table: UUID) -> None:
    """Nobody waits any more."""
    with suppress(OSError):
        (_folder() / str(table)).unlink(missing_ok=True)
