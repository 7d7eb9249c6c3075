"""Whether a database still has the tables and columns that this program made."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from aftersign.kernel.journal import triggers
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail
from aftersign.kernel.journal.proof.report import Report

PROVEN = frozenset(model._meta.db_table for model in (Entry, PrivateValue, Tail))

_SQLITE = (
    "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table'"
)
_POSTGRES = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ANY (current_schemas(false))"
)


def is_there(report: Report) -> bool:
    """Whether there is a database of ours at all."""
    there = bool(_columns())
    if not there:
        report.problem("database", None, "there is no database of a company here: `aftersign init` makes one")
    return there


def look(report: Report) -> set[str]:
    """Name what is missing; answers with the tables that cannot be read as they are."""
    _look_inside(report)
    there, unfit = _columns(), set()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed:
            continue
        lacking = {str(field.column) for field in model._meta.local_concrete_fields} - there.get(table, set())
        if table not in there:
            report.problem("table", None, f"the table {table} is missing")
        for name in sorted(lacking) if table in there else ():
            report.problem("column", None, f"the column {name} of {table} is missing")
        if lacking:
            unfit.add(table)
    return unfit


def _columns() -> dict[str, set[str]]:
    """The columns of each table that is there."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRES if connection.vendor == "postgresql" else _SQLITE)
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return found


def look_at_triggers(report: Report) -> None:
    """Name the triggers of the journal that are not as they should be."""
    for name in triggers.missing():
        report.problem("trigger", None, f"the trigger {name} is missing, disabled or another: facts could be changed")
    for name in triggers.foreign():
        report.problem("trigger", None, f"there is a trigger {name} on the journal that does not belong there")


def _look_inside(report: Report) -> None:
    """What SQLite itself says of its file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(100)")
            for (said,) in cursor.fetchall():
                if said != "ok":
                    report.problem("database", None, f"the file of the database is damaged: {said}")
