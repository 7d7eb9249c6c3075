"""The page on how to write a rulebook holds: its commands run one after another and answer as it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aftersign.policy.rulebook import Fault, check

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "guide" / "basics").glob("rulebook.*.md"))
BLOCK = re.compile(r"^```(sh)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> tuple[list[str], list[str]]:
    """The commands of a page, and what it says that they answer."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [text for kind, text in found if kind], [text for kind, text in found if not kind]


def run(commands: list[str], folder: Path) -> str:
    """What commands say, run one after another in an empty folder."""
    bash = shutil.which("bash")
    assert bash is not None
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "AFTERSIGN_HOME": str(folder / "home")}
    script = "set -euo pipefail\n" + "\n".join(commands)
    done = subprocess.run(
        [bash, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_the_page_is_there_in_three_languages_with_the_same_commands() -> None:
    assert len(PAGES) == 3
    assert len({str(blocks(page)) for page in PAGES}) == 1


@pytest.mark.parametrize("page", PAGES[:1], ids=lambda page: page.name)
def test_the_commands_of_the_page_run_and_answer_as_it_says(page: Path, tmp_path: Path) -> None:
    commands, (answer, fault) = blocks(page)
    said = run(commands, tmp_path)
    assert said.count("no faults") == 3
    assert set(answer.splitlines()) <= set(said.splitlines())
    clauses = tmp_path / "mine" / "handover.zh-Hans.md"
    head, found, tail = clauses.read_text(encoding="utf-8").rpartition("handover.original_received")
    assert found
    clauses.write_text(f"{head}handover.orignal_received{tail}", encoding="utf-8")
    file, line, reason = fault.strip().split(":", 2)
    assert check(tmp_path / "mine") == (Fault(file, int(line), reason.strip()),)
