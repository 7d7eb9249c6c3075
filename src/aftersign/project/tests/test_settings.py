"""The settings: one key however many processes start first, and sentences for what cannot hold."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from aftersign.project import settings
from aftersign.project.database import database

STARTERS = 8
SAY_KEY = "from aftersign.project.settings import SECRET_KEY; print(SECRET_KEY)"


def race(path: Path, gate: Any, keys: Any) -> None:
    """Start together with all others and say which key was found."""
    gate.wait()
    keys.put(settings._secret(path))


@pytest.mark.parametrize("turn", range(5))
def test_processes_that_start_together_find_one_key(tmp_path: Path, turn: int) -> None:
    fork = get_context("fork")
    gate, keys = fork.Barrier(STARTERS), fork.Queue()
    path = tmp_path / "new" / "secret.key"
    starters = [fork.Process(target=race, args=(path, gate, keys)) for _each in range(STARTERS)]
    for each in starters:
        each.start()
    found = {keys.get(timeout=20) for _each in starters}
    for each in starters:
        each.join()
    assert found == {path.read_text()}
    assert len(path.read_text()) > 50
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_the_key_stays_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    environment = {"AFTERSIGN_HOME": str(tmp_path / "home"), "PATH": ""}
    said = [subprocess.check_output([sys.executable, "-c", SAY_KEY], env=environment, text=True) for _turn in range(2)]
    assert said[0] == said[1]
    key = tmp_path / "home" / "secret.key"
    assert (key.read_text(), key.stat().st_mode & 0o777) == (said[0].strip(), 0o600)


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "", " "])
def test_a_port_is_a_number_that_can_be_one(text: str) -> None:
    with pytest.raises(ValueError, match="AFTERSIGN_PORT"):
        settings._port(text)


def test_without_an_address_the_database_lies_under_home(tmp_path: Path) -> None:
    assert database("", tmp_path)["NAME"] == tmp_path / "aftersign.sqlite3"


def test_an_address_names_a_postgresql(tmp_path: Path) -> None:
    made = database("postgres://some%40one:s%3Aecret@db.example:5433/after%20sign", tmp_path)
    assert [made[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "some@one",
        "s:ecret",
        "db.example",
        "5433",
        "after sign",
    ]


@pytest.mark.parametrize(
    "url", ["mysql://a:secret@b/c", "postgres://a:secret@b", "postgres://a:secret@b:x/c", "postgres://[a:secret/c", "x"]
)
def test_an_address_that_names_no_database_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL must read") as refused:
        database(url, tmp_path)
    assert "secret" not in str(refused.value)
