"""An installation of its own for a test: a home folder, a database, and the command run as other people run it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = SERVER.startswith("postgres")
COMMAND = [sys.executable, "-m", "aftersign"]
PATIENCE = 60.0
"""Seconds after which what is waited for does not come any more, not even on a slow machine."""
# What must hold in every database, whenever a process was killed: each row has its fact, and each fact its row.
WHOLE = """
import json, django
django.setup()
from aftersign.kernel.journal import chain, triggers
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Duty
rows = {
    "order.signed": Order.objects.values_list("pk", flat=True),
    "order.registered": Order.objects.values_list("pk", flat=True),
    "order.customer_listed": Customer.objects.values_list("pk", flat=True),
    "general.person_listed": Person.objects.filter(is_operating=False).values_list("pk", flat=True),
    "general.department_listed": Department.objects.values_list("pk", flat=True),
}
wrong = [str(each) for each in chain.faults()] + triggers.missing()
for fact, ids in rows.items():
    stated = sorted(Entry.objects.filter(fact=fact).values_list("unit_id", flat=True))
    if stated != sorted(str(pk) for pk in ids):
        wrong.append(fact)
without = Order.objects.exclude(pk__in=Duty.objects.filter(term="1.2.1.a").values("order")).count()
print(json.dumps({"wrong": wrong, "orders": Order.objects.count(), "without_duties": without}))
"""


@dataclass(frozen=True)
class Installation:
    """A home folder and its database."""

    home: Path
    database: str = ""
    port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        own = {"AFTERSIGN_HOME": str(self.home), "AFTERSIGN_PORT": str(self.port), "DATABASE_URL": self.database}
        without = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        return {**without, **own, "DJANGO_SETTINGS_MODULE": "aftersign.project.settings", "PYTHONUNBUFFERED": "1"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command, run to its end."""
        return subprocess.run([*COMMAND, *arguments], env=self.environment, capture_output=True, text=True, check=False)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A command, left running in a group of its own."""
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(
            [*COMMAND, *arguments], env=self.environment, text=True, start_new_session=True, **pipes
        )

    def python(self, program: str) -> str:
        """What a program says that runs inside of the installation."""
        begin = [sys.executable, "-c", f"import django; django.setup(); {program}"]
        done = subprocess.run(begin, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database, read past the program."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                return connection.execute(query).fetchall()
        with closing(sqlite3.connect(self.home / "aftersign.sqlite3")) as connection:
            return connection.execute(query).fetchall()

    def whole(self) -> dict[str, Any]:
        """What is wrong between rows, facts and chain, and how many orders there are."""
        done = subprocess.run(
            [sys.executable, "-c", WHOLE], env=self.environment, capture_output=True, text=True, check=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def answers(self, within: float = PATIENCE) -> bool:
        """Whether the sign-in page comes, at the latest after so many seconds."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=5) as page:
                    return bool(page.status == 200)
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)
        return False


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def installation(folder: Path, like: Installation | None = None) -> Iterator[Installation]:
    """A new installation; `like` another one, with a copy of its files and rows."""
    if like:
        shutil.copytree(like.home, folder / "home")
    if not ON_POSTGRES:
        yield Installation(folder / "home", "", free_port())
        return
    name, server = f"aftersign_{uuid.uuid4().hex[:12]}", SERVER.rpartition("/")[0]
    template = f' TEMPLATE "{like.database.rpartition("/")[2]}"' if like else ""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
        try:
            yield Installation(folder / "home", f"{server}/{name}", free_port())
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def kill(process: subprocess.Popen[str], below: Iterable[int] = ()) -> None:
    """End a process and its whole group, however it stands, and then those `below` it that have groups of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pid in below:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate()


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    """Wait until something is there, or a process has ended."""
    while not path.exists() and process.poll() is None:
        time.sleep(0.01)


def moment(found: Any) -> datetime:
    """A moment as either database gives it."""
    read = found if isinstance(found, datetime) else datetime.fromisoformat(found)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def descendants(pid: int) -> list[int]:
    """The processes below one, children before grandchildren."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(waiting.pop(0))], capture_output=True, text=True, check=False
        )
        below = [int(each) for each in listed.stdout.split()]
        found += below
        waiting += below
    return found


def is_alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip()) and not listed.stdout.startswith("Z")


def gone(pids: list[int], within: float = PATIENCE) -> bool:
    """Whether all these processes have ended, at the latest after so many seconds."""
    until = time.monotonic() + within
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(is_alive, pids))
