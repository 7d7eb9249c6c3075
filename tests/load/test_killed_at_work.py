"""Killed a hundred times at any moment, an installation stays whole."""

import pytest

from aftersign.cli.tests.conftest import bare
from aftersign.cli.tests.installation import Installation
from aftersign.cli.tests.test_killed_at_work import lived

__all__ = ["bare"]


@pytest.mark.load
@pytest.mark.database
def test_people_and_workers_killed_in_a_hundred_turns(bare: Installation) -> None:
    found = lived(bare, turns=100, seed=7)
    assert found["wrong"] == []
    assert found["order.registered"] > 100
