"""Triggers that refuse to change or remove a line of the audit log, on both databases."""

from __future__ import annotations

from django.db import connection

TABLE = "audit_log"
_SAID = "the audit log is append-only"
_SQLITE = {
    f"{TABLE}_no_{verb}": f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb.upper()} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
    for verb in ("update", "delete")
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_SAID}'; END $$"
)
_POSTGRES = {
    f"{TABLE}_no_change": f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only()",
    f"{TABLE}_no_truncate": f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only()",
}


def install() -> None:
    """Make the triggers anew; nothing when the table is not there yet."""
    if TABLE not in connection.introspection.table_names():
        return
    remove()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for statement in _wanted().values():
            cursor.execute(statement)


def remove() -> None:
    """Drop the triggers; only tests, a restore and the removal of the sample company do so."""
    tail = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _wanted():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{tail}")


def _wanted() -> dict[str, str]:
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE
