"""However closely two departments sign, the handover is completed once."""

from __future__ import annotations

import pytest

from aftersign.chapters.handover.tests.race import race
from aftersign.chapters.handover.tests.rig import found_firm


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_last_signatures_at_once_complete_the_handover_once(policy: None) -> None:
    firm = found_firm()

    assert [race(firm, number) for number in range(1, 11)] == [["handover.accepted"]] * 10
