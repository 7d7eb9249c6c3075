"""Every command explains itself, and none ends with a traceback, whatever is wrong with the installation."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from aftersign.cli.main import main
from aftersign.cli.tests.installation import COMMAND, Installation

COMMANDS = [
    [],
    ["init"],
    ["demo"],
    ["serve"],
    ["worker"],
    ["import"],
    ["import", "orders"],
    ["export"],
    ["export", "journal"],
    ["journal"],
    ["journal", "checkpoint"],
    ["journal", "erase"],
    ["journal", "new-key"],
    ["journal", "restored"],
    ["backup"],
    ["check"],
    ["restore"],
    ["verify"],
    ["policy"],
    ["policy", "adopt"],
    ["policy", "check"],
    ["policy", "rebuild"],
    ["policy", "run"],
]
BROKEN = {
    "a home below a file": {"AFTERSIGN_HOME": "/dev/null/home"},
    "an address of something else": {"DATABASE_URL": "mysql://somebody:secret@127.0.0.1/aftersign"},
    "an address without a port": {"DATABASE_URL": "postgres://somebody:secret@127.0.0.1:port/aftersign"},
    "nobody at the address": {"DATABASE_URL": "postgres://somebody:secret@127.0.0.1:9/aftersign"},
    "no port": {"AFTERSIGN_PORT": "http"},
}


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in an installation of its own, with something else in its environment."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return subprocess.run(
        [*COMMAND, *arguments],
        env={**kept, "AFTERSIGN_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: list[str]) -> None:
    done = CliRunner().invoke(main, [*command, "--help"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: ")
    assert "\n  --help " in done.stdout


def test_to_explain_itself_a_command_makes_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, "policy", "rebuild", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "broken"),
    [
        *((["init"], broken) for broken in BROKEN),
        (["demo", "--no-serve"], "nobody at the address"),
        (["serve"], "nobody at the address"),
        (["serve"], "no port"),
        (["export", "journal", "file"], "a home below a file"),
    ],
    ids=str,
)
def test_a_broken_installation_is_said_in_a_sentence(tmp_path: Path, command: list[str], broken: str) -> None:
    done = run(tmp_path, *command, **BROKEN[broken])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_help_names_the_commands_of_a_broken_installation_too(tmp_path: Path) -> None:
    done = run(tmp_path, "--help", AFTERSIGN_HOME="/dev/null/home")
    assert done.returncode == 0
    assert {"init", "serve", "import", "policy"} <= set(done.stdout.split())
    assert "/dev/null/home" in done.stdout


def test_the_policy_on_its_own_needs_no_installation(tmp_path: Path) -> None:
    done = run(tmp_path, "policy", "check", str(tmp_path), AFTERSIGN_HOME="/dev/null/home", DATABASE_URL="mysql://x")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "/dev/null" not in done.stderr


@pytest.mark.parametrize(
    "command", [["nothing"], ["init", "--nothing"], ["export", "journal"], ["import", "orders", "no.csv"]]
)
def test_wrong_use_is_status_two(tmp_path: Path, command: list[str]) -> None:
    done = run(tmp_path, *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


@pytest.mark.database
def test_a_database_that_lacks_tables_is_said(bare: Installation, tmp_path: Path) -> None:
    done = bare.run("export", "journal", str(tmp_path / "journal.jsonl"))
    assert done.returncode == 1
    assert "aftersign init" in done.stderr
    assert not (tmp_path / "journal.jsonl").exists()


@pytest.mark.database
def test_init_brings_an_older_state_up_to_date(founded: Installation) -> None:
    before = founded.rows("SELECT count(*), max(hash) FROM journal")
    program = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from aftersign.kernel.journal import triggers\n"
        "triggers.remove(); call_command('migrate', 'shell', 'zero', verbosity=0)"
    )
    subprocess.run([COMMAND[0], "-c", program], env=founded.environment, check=True)
    done = founded.run("init", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["done"] == []
    assert founded.rows("SELECT count(*) FROM shell_draft") == [(0,)]
    assert founded.rows("SELECT count(*), max(hash) FROM journal") == before
    assert founded.whole()["wrong"] == []
