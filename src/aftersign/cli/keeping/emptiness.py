"""Whether an archive may be put back here: made by a program that this one knows, and where nobody's work lies."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from aftersign.cli.keeping import gathering, postgresql, sqlite
from aftersign.cli.keeping.faults import NoArchive
from aftersign.cli.keeping.manifest import Manifest
from aftersign.cli.keeping.workroom import begun_restore

_ENGINES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def refuse_full() -> None:
    """Raises `NoArchive` where there is a database with tables, or files, keys or checkpoints.

    What an interrupted restore has put beside a database that is still empty is nobody's, and does not count.
    """
    begun = begun_restore()
    if has_tables():
        if begun is not None:
            said = f"the restore of {begun} was interrupted after the database was back: go on with `aftersign init`"
            raise NoArchive(f"{said}, then `aftersign verify`")
        raise NoArchive("the database here is not empty: an archive is put back in an empty place only")
    if begun is not None:
        return
    for folder in own_folders():
        if any(each.is_file() for each in folder.rglob("*")):
            raise NoArchive(f"{folder} is not empty: an archive is put back in an empty place only; set AFTERSIGN_HOME")


def refuse_foreign(said: Manifest) -> None:
    """Raises `NoArchive` for an archive of another database program, or of a later version of this one."""
    if said.engine != connection.vendor:
        there, here = _ENGINES.get(said.engine, said.engine), _ENGINES.get(connection.vendor, connection.vendor)
        wanted = "unset DATABASE_URL" if said.engine == "sqlite" else "set DATABASE_URL to an empty PostgreSQL database"
        raise NoArchive(f"this archive is of {there}, and here is {here}: {wanted}")
    known = MigrationLoader(None).graph.nodes
    later = [f"{app}.{name}" for app, name in said.migrations if (app, name) not in known]
    if later or _numbers(said.version) > _numbers(version("aftersign")):
        made = f"this archive was made by AfterSign {said.version}"
        beyond = f" with {', '.join(later[:3])}" if later else ""
        raise NoArchive(f"{made}{beyond}, which this program does not know: install that version, or a later one")


def own_folders() -> list[Path]:
    """The folders of this installation that an archive fills; checkpoints outside of it are evidence and stay."""
    home = Path(settings.HOME)
    inside = [Path(each) for each in settings.CHECKPOINTS if Path(each).is_relative_to(home)]
    return [gathering.storage(), Path(settings.KEYS), *inside]


def has_tables() -> bool:
    """Whether there is anything in the database of this installation."""
    return postgresql.has_tables() if connection.vendor == "postgresql" else sqlite.has_tables()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)[:3]))
