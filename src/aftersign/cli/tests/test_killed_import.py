"""An import that is killed leaves no row without its fact and no fact without its row, and the next one goes on."""

import json
import time
from pathlib import Path

import pytest

from aftersign.cli.tests.installation import Installation, kill

pytestmark = pytest.mark.database
ORDERS = Path(__file__).resolve().parents[4] / "tests" / "data" / "northwind" / "orders.csv"
ALL = 830


def bring_in(founded: Installation) -> tuple[list[int], float]:
    """Import everything, to the end: the counts, and how many seconds it took."""
    began = time.monotonic()
    done = founded.run("import", "orders", str(ORDERS), "--map", "northwind", "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return [said[key] for key in ("created", "updated", "unchanged", "refused")], time.monotonic() - began


def test_an_import_killed_in_the_middle_has_brought_in_nothing(founded: Installation) -> None:
    process = founded.start("import", "orders", str(ORDERS), "--map", "northwind")
    time.sleep(3)
    kill(process)
    assert founded.whole() == {"wrong": [], "orders": 0, "without_duties": 0}


def test_one_that_takes_what_is_good_goes_on_where_it_was(founded: Installation) -> None:
    process = founded.start("import", "orders", str(ORDERS), "--map", "northwind", "--partly")
    until = time.monotonic() + 60
    while time.monotonic() < until and not founded.rows("SELECT 1 FROM orders_order LIMIT 1"):
        time.sleep(0.1)
    time.sleep(0.5)
    kill(process)
    found = founded.whole()
    assert found["wrong"] == []
    assert 0 < found["orders"] < ALL
    assert found["without_duties"] == 0
    counts, _seconds = bring_in(founded)
    assert counts == [ALL - found["orders"], 0, found["orders"], 0]
    assert founded.whole() == {"wrong": [], "orders": ALL, "without_duties": 0}
    assert founded.rows("SELECT count(*) FROM orders_line") == [(2155,)]


@pytest.mark.load
def test_all_of_northwind_comes_in_within_half_a_minute(founded: Installation) -> None:
    counts, seconds = bring_in(founded)
    assert counts == [ALL, 0, 0, 0]
    assert seconds <= 30
    assert bring_in(founded)[0] == [0, 0, ALL, 0]
