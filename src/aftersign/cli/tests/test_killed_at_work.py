"""Whatever is killed at whatever moment: no fact is without its rows, no row without its fact, and work goes on."""

import json
from typing import Any

import pytest

from aftersign.cli.tests.installation import Installation

pytestmark = pytest.mark.database


def test_people_and_workers_killed_ten_times_leave_everything_whole(staffed: Installation) -> None:
    found = lived(staffed, turns=10, seed=20261008)
    assert found["wrong"] == []
    assert min(found["order.registered"], found["handover.copy_accepted"], found["general.duty_breached"]) > 0


def lived(installation: Installation, *, turns: int, seed: int) -> dict[str, Any]:
    """What there is after so many turns of work and sudden death; all duties are those of a fresh derivation."""
    program = "import json; from aftersign.cli.tests import mortals; "
    said = installation.python(f"{program} mortals.live({turns}, {seed}); print(json.dumps(mortals.found()))")
    again = installation.run("policy", "rebuild", "--json")
    assert json.loads(again.stdout)["different"] == [], again.stderr
    found: dict[str, Any] = json.loads(said)
    return found
