"""Whatever is killed at whatever moment: no fact is without its rows, no row without its fact, and work goes on."""

import json
import subprocess
import sys
from typing import Any

import pytest

from aftersign.cli.tests.installation import Installation

pytestmark = pytest.mark.database
PROGRAM = "import django, json; django.setup(); from aftersign.cli.tests import mortals; "


def test_people_and_workers_killed_ten_times_leave_everything_whole(bare: Installation) -> None:
    found = lived(bare, turns=10, seed=20261008)
    assert found["wrong"] == []
    assert min(found["order.registered"], found["handover.copy_accepted"], found["general.duty_breached"]) > 0


def lived(installation: Installation, *, turns: int, seed: int) -> dict[str, Any]:
    """What there is after so many turns of work and sudden death; all duties are those of a fresh derivation."""
    done = _python(installation, f"mortals.staff(); mortals.live({turns}, {seed}); print(json.dumps(mortals.found()))")
    again = installation.run("policy", "rebuild", "--json")
    assert json.loads(again.stdout)["different"] == [], again.stderr
    found: dict[str, Any] = json.loads(done)
    return found


def _python(installation: Installation, program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM + program],
        env=installation.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
