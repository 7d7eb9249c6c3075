"""Sealed files for whoever runs an installation: killed workers, workers at once, certificates, print, verify."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aftersign.cli.tests.installation import Installation, installation
from aftersign.cli.tests.test_printing import SUBMIT
from aftersign.kernel.seal.tests.rig import PASSWORD, Authority, authority, is_sound

__all__ = ["authority"]
pytestmark = pytest.mark.database
NUMBER = "SO-2026-0001"
ACCEPT = """
from aftersign.chapters.handover.readers.sealing import READER
from aftersign.chapters.handover.tests.test_main_line import RECEIVERS, accept
from aftersign.kernel.journal.readers import catch_up
from aftersign.kernel.seal import certificates
certificates.first("恒信科技有限公司")
firm.order = type(firm.order).objects.get(number="SO-2026-0001")
for code in RECEIVERS:
    accept(firm, code)
catch_up(READER)
"""
KILL = """
import os, signal
import django
django.setup()
from aftersign.kernel.seal import keeping
from aftersign.kernel.seal.working import seal_next
keeping.keep = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
seal_next()
"""
RIVALS = """
import json
from datetime import timedelta
import django
django.setup()
from aftersign.cli.tests.rivals import at_once
from aftersign.kernel.clock import freeze, now
from aftersign.kernel.seal.working import LEASE, seal_next
early = seal_next()
freeze(now() + LEASE + timedelta(seconds=1))
print(json.dumps([early, *at_once(*[seal_next] * 3)]))
"""


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation in which everybody has accepted the form of an order, and no worker has run."""
    with installation(tmp_path_factory.mktemp("accepted")) as made:
        made.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        made.python(SUBMIT + ACCEPT)
        yield made


@pytest.fixture(scope="module")
def sealed(accepted: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The same with the form sealed, by workers of whom the first was killed between the file and the fact."""
    with installation(tmp_path_factory.mktemp("sealed"), like=accepted) as made:
        died = subprocess.run([sys.executable, "-c", KILL], env=made.environment, capture_output=True, check=False)
        assert died.returncode == -signal.SIGKILL, died.stderr
        assert made.rows("SELECT count(*) FROM seal_sealedform") == [(0,)]
        assert made.rows("SELECT count(*) FROM journal WHERE fact = 'handover.sealed'") == [(0,)]
        early, *rest = json.loads(made.python(RIVALS))
        assert not early
        assert sorted(rest) == [False, False, True]
        yield made


def told(made: Installation, *arguments: str) -> dict[str, Any]:
    """What a command answers with --json."""
    done = made.run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_killed_worker_and_three_at_once_seal_it_once(sealed: Installation) -> None:
    assert sealed.rows("SELECT count(*) FROM seal_sealedform") == [(1,)]
    assert sealed.rows("SELECT count(*) FROM journal WHERE fact = 'handover.sealed'") == [(1,)]
    assert sealed.rows("SELECT state FROM seal_toseal") == [("sealed",)]
    unstated = {"order.signed", "order.registered"}  # the second order of this installation was put in past the acts
    assert set(sealed.whole()["wrong"]) <= unstated


@pytest.mark.parametrize("words", [("print", "--any-sealed"), ("print", "handover", "--any-sealed")])
def test_any_sealed_file_is_written_or_it_is_said_that_there_is_none(
    accepted: Installation, sealed: Installation, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "form.pdf"
    none = accepted.run(*words, str(file))
    assert (none.returncode, none.stdout) == (1, "")
    assert "no form is sealed yet" in none.stderr
    assert not file.exists()
    assert told(sealed, *words, str(file)) == {"number": "HO-2026-0001", "file": str(file), "sealed": True}
    assert is_sound(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_form_of_an_order_is_the_sealed_file_once_there_is_one(
    accepted: Installation, sealed: Installation, tmp_path: Path
) -> None:
    before, after, other = (tmp_path / name for name in ("before.pdf", "after.pdf", "any.pdf"))
    assert told(accepted, "print", "handover", NUMBER, str(before))["sealed"] is False
    assert told(sealed, "print", "handover", NUMBER, str(after))["sealed"] is True
    sealed.run("print", "--any-sealed", str(other))
    assert not is_sound(before.read_bytes())
    assert after.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    "words", [("print",), ("print", "handover"), ("print", "handover", NUMBER, "--any-sealed", "more.pdf")]
)
def test_a_print_that_says_too_little_or_too_much_is_wrong(accepted: Installation, words: tuple[str, ...]) -> None:
    assert accepted.run(*words).returncode == 2


def test_certificates_are_shown_imported_and_made_anew(
    accepted: Installation, tmp_path: Path, authority: Authority
) -> None:
    with installation(tmp_path, like=accepted) as made:
        first = told(made, "certificate", "show")["certificate"]
        assert (first["own"], first["subject"], first["state"]) == (True, "恒信科技有限公司", "in order")
        bundle = tmp_path / "seal.p12"
        bundle.write_bytes(authority.bundle(days=36500))
        wrong = made.run("certificate", "import", str(bundle), "--password", "another")
        assert (wrong.returncode, wrong.stdout) == (1, "")
        assert "was not taken in" in wrong.stderr
        taken = told(made, "certificate", "import", str(bundle), "--password", PASSWORD)["certificate"]
        assert (taken["own"], taken["issuer"], taken["chain"]) == (False, "Test Issuing", 3)
        newest = told(made, "certificate", "new")["certificate"]
        shown = told(made, "certificate", "show")
        assert shown["certificate"] == newest
        assert [each["fingerprint"] for each in shown["earlier"]] == [first["fingerprint"], taken["fingerprint"]]
        Path(newest["file"]).with_suffix(".key").unlink()
        lost = made.run("certificate", "show")
        assert lost.returncode == 1
        assert "is missing" in lost.stdout


def test_verify_covers_the_sealed_file(sealed: Installation, tmp_path: Path) -> None:
    with installation(tmp_path, like=sealed) as made:
        [(place,)] = made.rows("SELECT file FROM seal_sealedform")
        file = made.home / "files" / place
        kept = file.read_bytes()
        for content, kind in ((kept[:-1] + b" ", "file_changed"), (None, "file_missing")):
            file.unlink()
            if content is not None:
                file.write_bytes(content)
            found = json.loads(made.run("verify", "--json").stdout)["problems"]
            assert [each["kind"] for each in found if place in each["what"]] == [kind]
