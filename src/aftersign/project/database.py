"""Which database the installation uses, read from DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-16000;"
)
_READS = "DATABASE_URL must read postgres://USER:PASSWORD@HOST:PORT/NAME, or be empty for SQLite"


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's settings of the database: SQLite under `home` unless `url` names a PostgreSQL.

    Raises `ValueError` for anything else; the message repeats no password.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "aftersign.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_START},
            "TEST": {"NAME": str(home / "test.sqlite3")},
        }
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise ValueError(_READS) from None
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.lstrip("/"):
        raise ValueError(_READS)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
