"""Killed a hundred times at any moment, an installation stays whole."""

import pytest

from aftersign.cli.tests.conftest import staffed, staffed_pattern
from aftersign.cli.tests.installation import Installation
from aftersign.cli.tests.test_killed_at_work import lived

__all__ = ["staffed", "staffed_pattern"]


@pytest.mark.load
@pytest.mark.database
def test_people_and_workers_killed_in_a_hundred_turns(staffed: Installation) -> None:
    found = lived(staffed, turns=100, seed=7)
    assert found["wrong"] == []
    assert found["order.registered"] > 100
