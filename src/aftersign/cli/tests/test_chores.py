"""The chores of a worker: what runs apart says how it ended, and is not begun for nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aftersign.cli import chores


def test_something_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    said = tmp_path / "pid"
    assert chores.apart(lambda: said.write_text(str(os.getpid())))
    assert int(said.read_text()) != os.getpid()


def test_a_process_that_ends_otherwise_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError("the printer burns")

    assert not chores.apart(fail)
    assert "the printer burns" in capfd.readouterr().err


@pytest.mark.django_db
def test_no_process_is_begun_when_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "apart", lambda chore: pytest.fail("a process was begun"))
    assert chores.seal_apart() is False
