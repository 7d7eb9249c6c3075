"""`aftersign serve` and `worker`: they answer soon, end together, and come back however they were killed."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from aftersign.cli.tests.installation import PATIENCE, Installation, descendants, gone, kill

pytestmark = pytest.mark.database


@contextmanager
def serving(installation: Installation) -> Iterator[subprocess.Popen[str]]:
    """The servers of an installation, from the moment at which they have said their address."""
    process = installation.start("serve")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"http://127.0.0.1:{installation.port}\n"
        yield process
    finally:
        kill(process, descendants(process.pid))


def nobody_listens(port: int) -> bool:
    """Whether the port is free."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def test_the_address_answers_as_soon_as_it_is_said_and_all_end_together(founded: Installation) -> None:
    with serving(founded) as process:
        assert founded.answers(within=1)
        below = settled(process.pid)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 10
        assert gone(below, within=1)
        assert nobody_listens(founded.port)


@pytest.mark.parametrize("after", [0.1, 0.5, 0.8, 0.95, 1.05, 1.15, 1.3])
def test_told_to_stop_while_starting_nothing_stays_behind(founded: Installation, after: float) -> None:
    process = founded.start("serve")
    try:
        time.sleep(after)
        below = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert gone(below, within=1)
        assert nobody_listens(founded.port)
    finally:
        kill(process)


def settled(pid: int) -> list[int]:
    """The web, its two processes and the worker, once no chore runs in a process beside the worker."""
    until = time.monotonic() + PATIENCE
    while len(below := descendants(pid)) != 4:
        assert time.monotonic() < until, f"{len(below)} processes instead of four"
        time.sleep(0.05)
    return below


def stands_again(pid: int, before: list[int]) -> bool:
    """Whether four processes, not those of before, stay for a second: one that is killed may take others with it."""
    until, since = time.monotonic() + PATIENCE, None
    while time.monotonic() < until:
        below = descendants(pid)
        since = (since or time.monotonic()) if len(below) == 4 and below != before else None
        if since and time.monotonic() - since >= 1:
            return True
        time.sleep(0.05)
    return False


def test_whatever_is_killed_comes_back(founded: Installation) -> None:
    with serving(founded) as process:
        for kind in ("worker", "web", "one of the web's"):
            before = settled(process.pid)
            os.kill(named(process.pid)[kind], signal.SIGKILL)
            assert stands_again(process.pid, before), kind
            assert founded.answers(), kind
    assert founded.whole()["wrong"] == []


def named(pid: int) -> dict[str, int]:
    """What serves, by what it is: the web has processes of its own, the worker has none."""
    below = {each: descendants(each) for each in descendants(pid)}
    web = max(below, key=lambda each: len(below[each]))
    others = [each for each in below if each != web and each not in below[web]]
    return {"web": web, "worker": others[0], "one of the web's": below[web][-1]}


def test_the_children_of_a_killed_server_go_with_it_and_it_starts_again(founded: Installation) -> None:
    with serving(founded) as process:
        below = descendants(process.pid)
        process.kill()
        process.wait()
        assert gone(below)
    with serving(founded):
        assert founded.answers(within=1)


def test_a_port_in_use_is_said_and_left_alone(founded: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", founded.port))
        other.listen()
        done = founded.run("serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {founded.port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_several_workers_end_when_told(founded: Installation) -> None:
    workers = [founded.start("worker") for _each in range(2)]
    try:
        time.sleep(3)
        assert all(each.poll() is None for each in workers)
        for each in workers:
            each.send_signal(signal.SIGTERM)
        ends = {each.wait(PATIENCE) for each in workers}
        assert ends <= {0, -signal.SIGTERM}, "the latter when it has not even started"
    finally:
        for each in workers:
            kill(each)
