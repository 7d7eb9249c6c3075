"""How load is measured: CPU of this process and of its database session, and figures set in a table."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass
class Meter:
    """Milliseconds of each of several runs: CPU of this process, CPU of its PostgreSQL session, and time that passed.

    The session's CPU is 0 where the server runs on another machine, and on SQLite, which works in this process.
    """

    cpu: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def run(self, doing: Callable[[], Any]) -> Any:
        """Do something once and keep what it took."""
        wall, database, cpu = time.perf_counter(), session_cpu(), time.process_time()
        answer = doing()
        self.cpu.append(1000 * (time.process_time() - cpu))
        self.database.append(1000 * (session_cpu() - database))
        self.wall.append(1000 * (time.perf_counter() - wall))
        return answer


def session_cpu() -> float:
    """CPU seconds that the database session of this process has taken so far."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    spent = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(spent.read_text(encoding="ascii").split()[0]) / 1e9 if spent.exists() else 0.0


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which so much of the values lies, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Figures as a table of Markdown, as the guide has it."""
    lines = [heads, ["---"] + ["--:"] * (len(heads) - 1), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def machine() -> str:
    """Where this was measured: cores, how busy they are, the database and its size."""
    said = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {connection.vendor}"
    if connection.vendor != "postgresql":
        return said
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))")
        version, size = cursor.fetchone()
    return f"{said} {version.split()[0]}, {size}"
