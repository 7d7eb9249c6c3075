"""One set-up of an installation at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

_KEY = 0x5159484F  # the advisory lock of a PostgreSQL database that stands for its set-up


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else sets this installation up, also until the server has given up what a killed one began."""
    if connection.vendor != "postgresql":
        with (settings.HOME / "init.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_KEY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])
