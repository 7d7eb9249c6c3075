"""Rows of the database, remembered once and put back as often as they are wanted, and a database emptied of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from aftersign.kernel.access import append_only
from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Tail

KEPT = {"contenttypes.ContentType", "auth.Permission"}
"""What a migrated database has without anybody's doing."""


@dataclass(frozen=True)
class Cast:
    """Everything that stood in a database beyond what every migrated one has."""

    rows: Mapping[type[Model], list[Model]]

    def put(self) -> None:
        """Fill a database in which nobody has done anything; numbers go on behind those that are put."""
        with transaction.atomic():
            for model, rows in self.rows.items():
                if model is Tail:
                    for row in rows:
                        copy(row).save(force_update=True)
                else:
                    _rows(model).bulk_create([copy(row) for row in rows])
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
                    cursor.execute(statement)


def cast() -> Cast:
    """What stands in the database now."""
    every = {model: list(_rows(model)) for model in _models()}
    return Cast({model: rows for model, rows in every.items() if rows})


def is_empty() -> bool:
    """Whether nobody has done anything yet."""
    return not any(_rows(model).exists() for model in _models() if model is not Tail)


def empty() -> None:
    """Take everything out again, past the triggers that refuse it to everybody else; only of tables that hold anything.

    Django's own way empties every table there is, which takes PostgreSQL a second, and makes the permissions anew.
    """
    with _lifted(), transaction.atomic(), connection.cursor() as cursor:
        for model in _models():
            if _rows(model).exists():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        Tail.objects.create(pk=1)


def _rows(model: type[Model]) -> QuerySet[Any]:
    return QuerySet(model)


def _models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in KEPT
    ]


@contextmanager
def _lifted() -> Iterator[None]:
    append_only.remove()
    with triggers.lifted():
        yield
    append_only.install()
