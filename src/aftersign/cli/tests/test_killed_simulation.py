"""A simulation that is killed leaves no fact without its rows, and the next one goes on without telling twice."""

from __future__ import annotations

import json
import time

import pytest

from aftersign.cli.tests.installation import Installation, kill

pytestmark = pytest.mark.database
ORDERS = 480


def test_killed_in_the_middle_and_started_again(bare: Installation) -> None:
    process = bare.start("simulate", "--orders", str(ORDERS), "--processes", "2")
    until = time.monotonic() + 240
    while time.monotonic() < until and process.poll() is None and not orders(bare):
        time.sleep(0.05)
    kill(process)
    found = bare.whole()
    assert found["wrong"] == []
    assert 0 < found["orders"] < ORDERS
    assert found["without_duties"] == 0

    done = bare.run("simulate", "--orders", str(ORDERS), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["made"] == ORDERS - found["orders"]
    assert bare.whole() == {"wrong": [], "orders": ORDERS, "without_duties": 0}
    again = bare.run("policy", "rebuild", "--json")
    assert again.returncode == 0, again.stdout[:500]


def orders(installation: Installation) -> bool:
    """Whether some orders have been written."""
    try:
        return bool(installation.rows("SELECT 1 FROM orders_order LIMIT 1"))
    except Exception:  # noqa: BLE001 (two databases say in their own ways that there is no table yet)
        return False
