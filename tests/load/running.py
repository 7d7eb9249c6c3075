"""How an installation runs: seconds to bring in 830 orders, to start and to stop, and the memory that it holds.

    [DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres] python -m tests.load.running

Makes an installation of its own and prints its figures as JSON. CPU seconds are those of the command and its children:
on a busy machine they say more than seconds.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aftersign.cli.tests.installation import ON_POSTGRES, Installation, descendants, installation, kill

NORTHWIND = Path(__file__).parents[1] / "data" / "northwind" / "orders.csv"
VISITS = 20


def took(doing: Callable[[], Any]) -> dict[str, float]:
    """Seconds, and CPU seconds of the processes that have ended meanwhile."""
    wall, before = time.perf_counter(), os.times()
    doing()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": round(time.perf_counter() - wall, 2), "cpu_seconds": round(cpu, 2)}


def bring_in(made: Installation, created: int) -> None:
    """Import Northwind and make sure that it came in."""
    done = made.run("import", "orders", str(NORTHWIND), "--map", "northwind", "--json")
    assert json.loads(done.stdout)["created"] == created, done.stderr


def memory(pids: list[int]) -> int:
    """The proportional set size of processes, in MB."""
    rolled = [Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii") for pid in pids]
    return sum(int(found[1]) for text in rolled if (found := re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE))) // 1024


def run_servers(made: Installation) -> dict[str, float]:
    """Start, answer some requests, and stop."""
    began = time.perf_counter()
    process = made.start("serve", "--workers", "2")
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")
        assert made.answers()
        start = time.perf_counter() - began
        assert all(made.answers() for _visit in range(VISITS))
        held = memory([process.pid, *descendants(process.pid)])
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait()
        return {"start_seconds": round(start, 2), "stop_seconds": round(time.perf_counter() - began, 2), "pss_mb": held}
    finally:
        kill(process)


def measure() -> dict[str, Any]:
    """All figures of one installation."""
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as made:
        return {
            "database": "PostgreSQL" if ON_POSTGRES else "SQLite",
            "init": took(lambda: made.run("init")),
            "import": took(lambda: bring_in(made, 830)),
            "import_again": took(lambda: bring_in(made, 0)),
            "serve": run_servers(made),
            "load_average": round(os.getloadavg()[0], 1),
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
