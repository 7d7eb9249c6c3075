"""What a worker does in each of its rounds, and what of it runs in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any

from django.db import connections

from aftersign.cli.children import as_told
from aftersign.desk.adopting.working import is_any_waiting as is_any_table
from aftersign.desk.adopting.working import work_next
from aftersign.kernel.journal.readers import run_readers
from aftersign.kernel.notices.mailing import send_waiting
from aftersign.kernel.notices.timing import pass_time
from aftersign.kernel.seal.working import is_any_waiting, seal_next
from aftersign.kernel.search.texts import read_next
from aftersign.kernel.vault import strays
from aftersign.policy.steps import run_due
from aftersign.policy.tallies import count_beforehand

AT_ONCE = 20
"""Forms that one process seals before it ends."""


def seal_apart() -> bool:
    """Seal what waits in a process that ends afterwards; answers whether there was anything and all went its way.

    What prints and seals takes a hundred megabytes, which a worker would never give back.
    """
    return is_any_waiting() and apart(_seal_some)


def apart(chore: Callable[[], object]) -> bool:
    """Let a forked process do something and wait for its end; answers whether it ended in order."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=chore)
    process.start()
    process.join()
    return process.exitcode == 0


class Beside:
    """A chore in a process beside the worker, which does not wait for it: another begins once this one has ended."""

    def __init__(self, is_needed: Callable[[], bool], chore: Callable[[], object]) -> None:
        self._is_needed, self._chore = is_needed, chore
        self._process: Any = None

    def __call__(self) -> bool:
        """Begin it when it is needed and not at work already; the worker has nothing more to do itself."""
        if (self._process is None or not self._process.is_alive()) and self._is_needed():
            connections.close_all()
            self._process = multiprocessing.get_context("fork").Process(target=as_told, args=(self._chore,))
            self._process.start()
        return False


def _take_tables() -> None:
    while work_next():
        continue


def _seal_some() -> None:
    for _turn in range(AT_ONCE):
        if not seal_next():
            return


TABLES = Beside(is_any_table, _take_tables)
STRAYS = Beside(strays.Due(), strays.sweep)
CHORES: tuple[Callable[[], object], ...] = (
    run_due,
    run_readers,
    pass_time,
    read_next,
    seal_apart,
    send_waiting,
    count_beforehand,
    TABLES,
    STRAYS,
)
"""Each answers with something as long as it has more to do."""
