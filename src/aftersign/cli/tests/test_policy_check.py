"""`aftersign policy check`: exit codes, one line a fault, one JSON document, and no Django."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from aftersign.cli.lazy import LazyGroup
from aftersign.cli.main import main
from aftersign.policy.rulebook import DEFAULT


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The default edition with a role that is not declared, on line 13 of handover.zh-Hans.md."""
    folder = tmp_path / "broken"
    shutil.copytree(DEFAULT, folder)
    path = folder / "handover.zh-Hans.md"
    path.write_text(path.read_text(encoding="utf-8").replace('"sales"', '"seller"', 1), encoding="utf-8")
    return folder


def test_a_sound_rulebook_ends_with_0() -> None:
    result = CliRunner().invoke(main, ["policy", "check", str(DEFAULT)])
    assert (result.exit_code, result.output) == (0, "76 clauses, 197 terms, no faults\n")


def test_a_fault_is_one_line_and_ends_with_1(broken: Path) -> None:
    result = CliRunner().invoke(main, ["policy", "check", str(broken)])
    assert result.exit_code == 1
    assert result.output == "handover.zh-Hans.md:13: 2.1.1.a: role seller is not declared\n"


def test_json_is_one_document(broken: Path) -> None:
    result = CliRunner().invoke(main, ["policy", "check", "--json", str(DEFAULT)])
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"ok": True, "faults": [], "clauses": 76, "terms": 197})
    result = CliRunner().invoke(main, ["policy", "check", str(broken), "--json"])
    fault = {"file": "handover.zh-Hans.md", "line": 13, "reason": "2.1.1.a: role seller is not declared"}
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"ok": False, "faults": [fault], "clauses": 76, "terms": 197}


def test_a_folder_without_rulebook_is_not_in_order(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["policy", "check", str(tmp_path), "--json"])
    assert result.exit_code == 1
    assert "edition.toml" in [fault["file"] for fault in json.loads(result.stdout)["faults"]]


@pytest.mark.parametrize("arguments", [[], ["nowhere"], [__file__], [str(DEFAULT), "--yaml"], [str(DEFAULT), "more"]])
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["policy", "check", *arguments])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage:")


def test_a_command_whose_module_is_missing_takes_no_other_with_it() -> None:
    group = LazyGroup(
        "group",
        lazy={
            "gone": "aftersign.cli.gone:gone",
            "nothing": "aftersign.cli.lazy:nothing",
            "policy": "aftersign.cli.policy:policy",
        },
    )
    assert CliRunner().invoke(group, ["gone"]).exit_code == 2
    assert CliRunner().invoke(group, ["nothing"]).exit_code == 2
    listed = CliRunner().invoke(group, ["--help"])
    assert listed.exit_code == 0
    assert "policy" in listed.output
    assert "gone" not in listed.output


ALONE = """
import sys, time
from aftersign.cli.main import main
try:
    main(["policy", "check", sys.argv[1]])
except SystemExit as end:
    print(end.code, time.process_time(), "django" in sys.modules)
"""


STARTED = "import django, time; django.setup(); print(time.process_time())"


def test_it_needs_no_django_and_less_than_half_of_the_cpu_that_starting_it_takes() -> None:
    command = [sys.executable, "-c", ALONE, str(DEFAULT)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    code, seconds, django = ran.stdout.splitlines()[-1].split()
    assert (code, django, ran.stderr) == ("0", "False", "")
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "aftersign.project.settings"}
    started = subprocess.run([sys.executable, "-c", STARTED], env=settings, capture_output=True, text=True, check=True)
    assert float(seconds) < float(started.stdout) / 2
