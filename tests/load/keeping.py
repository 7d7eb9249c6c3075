"""How long a backup and a restore take, and how much memory.

    AFTERSIGN_HOME=HOME [DATABASE_URL=postgres://…] python -m tests.load.keeping [MEGABYTES]

HOME holds a company (`aftersign demo --no-serve`); with MEGABYTES a file of that size is put into its vault first. The
archive goes into a folder of its own and is put back in another home, on PostgreSQL in a database `NAME_back`, which is
dropped at the end. Seconds, seconds of CPU and the largest size of the process; reported for people, asserted nowhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

PHRASE = {"AFTERSIGN_BACKUP_PASSPHRASE": "correct horse battery staple"}


def run(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """What a command takes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "aftersign", *arguments], env={**os.environ, **PHRASE, **environment}
    )
    _pid, status, after = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = after.ru_utime + after.ru_stime
    said = {"seconds": round(time.perf_counter() - began, 1), "cpu_seconds": round(cpu, 1)}
    return said | {"megabytes": round(after.ru_maxrss / 1024), "status": process.returncode}


def grown(home: Path, megabytes: int) -> None:
    """Put a file of so many megabytes into the vault."""
    digest, beside = sha256(), home / "files" / "arriving-for-load"
    beside.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("wb") as file:
        for _turn in range(megabytes):
            block = os.urandom(1 << 20)
            digest.update(block)
            file.write(block)
    name = digest.hexdigest()
    place = home / "files" / "papers" / name[:2] / name[2:]
    place.parent.mkdir(parents=True, exist_ok=True)
    beside.replace(place)


def measure(megabytes: int) -> dict[str, Any]:
    """Back up, and put back elsewhere."""
    home, database = Path(os.environ["AFTERSIGN_HOME"]), os.environ.get("DATABASE_URL", "")
    if megabytes:
        grown(home, megabytes)
    with tempfile.TemporaryDirectory() as folder:
        archive, back = Path(folder) / "backup.asb", f"{database}_back" if database else ""
        taken = run({}, "backup", str(archive))
        size = archive.stat().st_size
        put = run({"AFTERSIGN_HOME": f"{folder}/home", "DATABASE_URL": back}, "restore", str(archive))
    if back:
        server, _slash, name = database.rpartition("/")
        drop = f'DROP DATABASE IF EXISTS "{name}_back"'
        subprocess.run(["psql", "-q", f"{server}/postgres", "-c", drop], check=True)
    return {"archive_megabytes": round(size / (1 << 20), 1), "backup": taken, "restore": put}


if __name__ == "__main__":
    figures = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    sys.stdout.write(json.dumps(figures | {"load_average": round(os.getloadavg()[0], 1)}) + "\n")
