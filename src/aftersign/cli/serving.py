"""`aftersign serve` and `aftersign worker`: the web and the clock of an installation."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType

import click
from django.conf import settings
from django.db import close_old_connections

from aftersign.policy.steps import next_due, run_due

GRACE = 8.0
LONGEST_NAP = 5.0


@click.command()
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="Web processes.")
def serve(workers: int) -> None:
    """Serve the web on 127.0.0.1 and run the worker beside it, until told to stop."""
    raise SystemExit(run_servers(workers=workers))


def run_servers(*, workers: int) -> int:
    """Print the address, run web and worker until told to stop, and answer with the exit code."""
    click.echo(f"http://127.0.0.1:{settings.PORT}")
    sys.stdout.flush()
    me = [sys.executable, "-m", "aftersign"]
    web = [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(settings.PORT)],
        *["--workers", str(workers), "--log-level", "warning", "--respawn-failed-workers"],
        "aftersign.project.wsgi:application",
    ]
    return _together([web, [*me, "worker"]])


@click.command()
def worker() -> None:
    """Bring about what time alone brings about; several may run at once."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    while not stopping.is_set():
        close_old_connections()
        if run_due() == 0:
            waiting = next_due()
            stopping.wait(LONGEST_NAP if waiting is None else min(LONGEST_NAP, max(0.2, waiting)))


def _together(commands: Sequence[Sequence[str]]) -> int:
    """Run commands in groups of their own until one ends or we are told to stop; then end all of them.

    A group is ended as a whole, because a server that is stopped while its workers start may leave them behind.
    """
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    running = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603 (our own)
    while not told.is_set() and all(process.poll() is None for process in running):
        told.wait(0.2)
    asked = told.is_set()
    _end(running)
    return 0 if asked else 1


def _end(running: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in running:
        _signal(process, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            continue
    for process in running:
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a whole group, also one whose first process has gone before its children."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
