"""However closely the last two departments sign, and however often, each handover is completed once."""

from __future__ import annotations

import pytest

from aftersign.chapters.handover.tests.race import race
from aftersign.chapters.handover.tests.rig import found_firm, policy

__all__ = ["policy"]


@pytest.mark.load
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_fifty_handovers_signed_by_two_departments_at_once(policy: None) -> None:
    firm = found_firm()

    assert [race(firm, number) for number in range(1, 51)] == [["handover.accepted"]] * 50
