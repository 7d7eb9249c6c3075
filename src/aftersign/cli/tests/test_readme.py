"""The commands of the README hold: what it tells to type in earnest founds a company and serves it."""

from __future__ import annotations

import re
import shlex
import urllib.request
from pathlib import Path

import pytest

from aftersign.cli.tests.installation import Installation, kill

pytestmark = pytest.mark.database
ROOT = Path(__file__).resolve().parents[4]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
OURS = {("python3", "-m"), (".", "/opt/aftersign/bin/activate"), ("pip", "install"), ("export", "AFTERSIGN_HOME")}
"""Commands of the machine, which are not tried here."""
MAKE = re.compile(r"^([a-z-]+):", re.MULTILINE)


def commands(name: str) -> list[list[str]]:
    """The words of each line of the blocks, without remarks."""
    text = "".join(BLOCK.findall((ROOT / name).read_text(encoding="utf-8")))
    return [words for line in text.splitlines() if (words := shlex.split(line, comments=True))]


def test_both_readmes_tell_the_same_commands() -> None:
    assert commands("README.md") == commands("README.zh.md")


def test_its_commands_found_a_company_and_serve_it(bare: Installation) -> None:
    targets = set(MAKE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    run = []
    for program, *words in commands("README.md"):
        if program == "make":
            assert words[0] in targets
        elif program == "aftersign" and words == ["serve"]:
            run.append(served(bare))
        elif program == "aftersign":
            done = bare.run(*words)
            assert done.returncode == 0, done.stderr
            run.append(words[0])
        else:
            assert (program, words[0].partition("=")[0]) in OURS
    assert run == ["init", "serve"]


def served(installation: Installation) -> str:
    """Serve until the door of the company has answered."""
    process = installation.start("serve", "--workers", "1")
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:
            assert answer.status == 200
    finally:
        kill(process)
    return "serve"
