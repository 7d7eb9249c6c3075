"""The database as it stood at one moment, while everybody goes on: what can be asked of it, and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.db import connection
from django.db.models import FileField

from aftersign.cli.keeping import postgresql, sqlite
from aftersign.kernel.journal.models import Tail
from aftersign.kernel.journal.proof.files import DIGEST
from aftersign.kernel.org.models import Company
from aftersign.policy.models import Edition


class Snapshot(Protocol):
    """One moment of the database."""

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""

    def parts(self) -> Iterator[tuple[str, dict[str, Any], Iterable[bytes]]]:
        """Name, what is to be known, and bytes of each part of the dump."""

    def counts(self) -> dict[str, int]:
        """Rows by table; asked after the parts were read."""


@dataclass(frozen=True)
class Moment:
    """What the company was at the moment of a snapshot."""

    company: str
    edition: str
    facts: int
    head: str
    migrations: list[list[str]]
    files: dict[str, str]


def snapshot(room: Path) -> AbstractContextManager[Snapshot]:
    """The database as it stands now; `room` holds the copy of a SQLite file."""
    return postgresql.snapshot() if connection.vendor == "postgresql" else sqlite.snapshot(room)


def moment_of(seen: Snapshot) -> Moment:
    """Ask for what the manifest says, and for the files that rows speak of, with their digests."""
    [(facts, head)] = seen.ask(f"SELECT sequence, hash FROM {Tail._meta.db_table}")  # noqa: S608 (names of our own)
    [(company,)] = seen.ask(f"SELECT name FROM {Company._meta.db_table}")  # noqa: S608
    in_force = "WHERE in_force_from IS NOT NULL AND replaced_at IS NULL"
    edition = seen.ask(f"SELECT version FROM {Edition._meta.db_table} {in_force}")  # noqa: S608
    applied = seen.ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return Moment(
        company=company,
        edition=edition[0][0] if edition else "",
        facts=facts,
        head=head,
        migrations=[list(each) for each in applied],
        files=dict(_files(seen)),
    )


def _files(seen: Snapshot) -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        columns = {field.name: field.column for field in model._meta.local_concrete_fields}
        for field in model._meta.local_concrete_fields:
            if isinstance(field, FileField) and DIGEST in columns:
                table, file, digest = model._meta.db_table, field.column, columns[DIGEST]
                query = f"SELECT DISTINCT {file}, {digest} FROM {table} WHERE {file} <> '' AND {digest} <> ''"  # noqa: S608
                yield from ((str(name), str(said)) for name, said in seen.ask(query))
