"""How fast a journal is verified: facts a second, by the clock and by the CPU of this process.

    [AFTERSIGN_HOME=…] [DATABASE_URL=postgres://…] python -m tests.load.verifying [FILE]

Reads the journal of the installation, or an exported one, and prints its figures as JSON; nothing is written. On a busy
machine the CPU says more than the clock, but leaves out what the database's own processes do.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django


def took(doing: Callable[[], int]) -> dict[str, Any]:
    """Facts, seconds, and facts a second."""
    wall, cpu = time.perf_counter(), time.process_time()
    facts = doing()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    said = {"facts": facts, "seconds": round(wall, 2), "cpu_seconds": round(cpu, 2)}
    return said | {"per_second": round(facts / wall), "per_cpu_second": round(facts / cpu)}


def of_database() -> int:
    """Read all facts of the database, with chain, private values and Merkle tree."""
    from aftersign.kernel.journal.proof.report import Report
    from aftersign.kernel.journal.proof.rows import Rows

    report = Report()
    Rows(report, frozenset()).read()
    return report.facts


def of_file() -> int:
    """Read all facts of an exported file."""
    from aftersign.kernel.journal.proof import filed

    return filed.verify(Path(sys.argv[1])).facts


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersign.project.settings")
    django.setup()
    figures = took(of_file if len(sys.argv) > 1 else of_database)
    sys.stdout.write(json.dumps(figures | {"load_average": round(os.getloadavg()[0], 1)}) + "\n")
