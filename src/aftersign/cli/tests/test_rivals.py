"""What several processes do at the same moment happens once."""

import json
from typing import Any

import pytest

from aftersign.cli.tests.installation import Installation

pytestmark = pytest.mark.database
RACES = 10


def found(installation: Installation, call: str) -> Any:
    """What a race in the installation comes to."""
    program = "import json; from aftersign.cli.tests import rivals; "
    return json.loads(installation.python(f"{program} print(json.dumps([rivals.{call}, rivals.orders()]))"))


def test_a_form_that_is_submitted_twice_makes_one_order(staffed: Installation) -> None:
    numbers, orders = found(staffed, f"register_twice({RACES}, with_key=True)")
    assert orders == RACES
    assert all(first == second and first.startswith("SO-") for first, second in numbers)
    assert staffed.rows("SELECT count(*) FROM journal WHERE fact = 'order.signed'") == [(RACES,)]
    assert staffed.whole()["wrong"] == []


def test_a_contract_that_two_people_enter_makes_one_order(staffed: Installation) -> None:
    answers, orders = found(staffed, f"register_twice({RACES}, with_key=False)")
    assert orders == RACES
    assert all(sorted(pair)[1] == "repeat_reason" for pair in answers)
    assert staffed.whole()["wrong"] == []


def test_workers_tell_each_step_once(staffed: Installation) -> None:
    told, orders = found(staffed, "tell_together(24, 3)")
    assert told["waiting"] >= orders == 24
    assert sum(told["taken"]) >= 24
    assert told["breaches"] >= 24
    assert {key: told[key] for key in ("told_twice", "untold", "without_fact", "left")} == {
        "told_twice": 0,
        "untold": 0,
        "without_fact": 0,
        "left": 0,
    }


def test_workers_count_each_day_once(staffed: Installation) -> None:
    counted, _orders = found(staffed, "count_together(4, 3)")
    assert len(counted) >= 3
    assert set(counted.values()) == {1}
    assert staffed.whole()["wrong"] == []
