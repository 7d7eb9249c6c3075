"""Processes that belong together: forked from one that has all loaded, started anew when they die, ended as one."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

GRACE = 8.0
"""Seconds that a child has to end by itself."""
SHORT_LIFE = 5.0
MOST_SHORT_LIVES = 3
_PAUSE = 0.1
_STOPS = (signal.SIGTERM, signal.SIGINT)
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl


@dataclass
class Child:
    """One of the processes, at the head of a group of its own; `short_lives` counts how often it died at once."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    short_lives: int = 0

    def start(self) -> None:
        """Fork; a signal to stop that comes meanwhile reaches the child once it can obey."""
        sys.stdout.flush()
        sys.stderr.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        try:
            parent, self.started = os.getpid(), time.monotonic()
            self.pid = os.fork()
            if self.pid == 0:
                _live(self.run, parent)
            _lead_group(self.pid)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)

    def send(self, number: signal.Signals) -> None:
        """Signal the whole group, also when its head has gone before the others."""
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def has_ended(self) -> bool:
        """Whether the head of the group has ended; what it left behind is swept away then."""
        if not self.pid:
            return True
        if os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            return False
        self.send(signal.SIGKILL)
        self.pid = 0
        return True


def stop_signals() -> threading.Event:
    """An event that is set once this process is told to stop."""
    told = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()

    for number in _STOPS:
        signal.signal(number, stop)
    return told


def keep_alive(runs: Mapping[str, Callable[[], None]], told: threading.Event, tick: Callable[[], None]) -> int:
    """Run children until told to stop, and start anew whichever dies; answers with the exit code.

    `tick` is called again and again meanwhile. A child that keeps dying right after its start ends all of them, with 1.
    """
    children = [Child(name, run) for name, run in runs.items()]
    try:
        for child in children:
            child.start()
        while not told.wait(_PAUSE):
            for child in children:
                if child.has_ended() and not _revived(child):
                    return 1
            tick()
        return 0
    finally:
        _end(children)


def as_told(chore: Callable[[], object]) -> None:
    """The life of a process that a child forks: it ends when it is told to, and when whoever began it dies."""
    for number in _STOPS:
        signal.signal(number, signal.SIG_DFL)
    follow_parent(os.getppid())
    chore()


def follow_parent(parent: int) -> None:
    """Be told to stop when the parent process dies, however it dies; only Linux can do so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def _revived(child: Child) -> bool:
    lived = time.monotonic() - child.started
    child.short_lives = child.short_lives + 1 if lived < SHORT_LIFE else 0
    if child.short_lives >= MOST_SHORT_LIVES:
        sys.stderr.write(f"{child.name} keeps ending right after its start\n")
        return False
    sys.stderr.write(f"{child.name} has ended unexpectedly and is started anew\n")
    child.start()
    return True


def _live(run: Callable[[], None], parent: int) -> NoReturn:
    """The life of a child, which never comes back into the code of its parent."""
    code = 1
    try:
        for number in _STOPS:
            signal.signal(number, signal.SIG_DFL)
        _lead_group(0)
        follow_parent(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
        run()
        code = 0
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 1
    except BaseException:  # noqa: BLE001 (nothing may climb into the parent's code)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _lead_group(pid: int) -> None:
    """Parent and child both do this, so that neither has to wait for the other."""
    try:
        os.setpgid(pid, pid)
    except (ProcessLookupError, PermissionError):
        return


def _end(children: list[Child]) -> None:
    for child in children:
        child.send(signal.SIGTERM)
    until = time.monotonic() + GRACE
    while time.monotonic() < until and [child for child in children if not child.has_ended()]:
        time.sleep(0.02)
    for child in children:
        if child.pid:
            child.send(signal.SIGKILL)
            os.waitpid(child.pid, 0)
