"""Texts of a table as values: what nobody could reckon with is no value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aftersign.desk.importing.values import BadValue, day, number
from aftersign.orders.money import in_base


@pytest.mark.parametrize("text", ["1e30", "1e999999999", "-1e-999999999", "NaN", "Infinity", "12 pieces"])
def test_a_number_that_nothing_has_is_none(text: str) -> None:
    with pytest.raises(BadValue):
        number(text)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "1989-12-31", "2026-02-30", "soon"])
def test_a_day_on_which_nothing_happens_is_none(text: str) -> None:
    with pytest.raises(BadValue):
        day(text)


def test_what_people_write_is_read() -> None:
    assert number("¥1,260,000.50") == Decimal("1260000.50")
    assert day("2026/7/4", 1) == date(2026, 7, 5)
    assert (number(""), day("")) == (None, None)


def test_the_largest_amount_is_turned_with_the_largest_rate() -> None:
    """A row that is too large to be kept is still counted before it is refused."""
    most = number("9" * 16)
    assert most is not None
    assert in_base(most, "USD", "CNY", number("9" * 15 + ".123456")) is not None
