"""Numbers: one after another, per kind and year, and none lost by a refused act."""

from __future__ import annotations

import pytest
from django.db import transaction

from aftersign.kernel.numbers.giving import next_number

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_per_kind_and_year() -> None:
    assert [next_number("SO", 2026), next_number("SO", 2026)] == ["SO-2026-0001", "SO-2026-0002"]
    assert next_number("SO", 2027) == "SO-2027-0001"
    assert next_number("HO", 2026) == "HO-2026-0001"


def test_a_number_of_an_act_that_failed_is_given_again() -> None:
    with transaction.atomic():
        assert next_number("SO", 2026) == "SO-2026-0001"
        transaction.set_rollback(True)
    assert next_number("SO", 2026) == "SO-2026-0001"
