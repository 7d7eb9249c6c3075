"""Which value a parameter has for an order, by conditions on the order as signed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from aftersign.policy.rulebook import DEFAULT, Value, comparison, load, value_of

PARAM = load(DEFAULT).params["handover_form_days"]


def _value(by: Mapping[str, Mapping[str, Value]], signed: Mapping[str, object]) -> Value:
    return value_of(replace(PARAM, by=by), signed)


@pytest.mark.parametrize(
    ("amount", "value"),
    [
        ("500000.00", "5bd"),
        (500000, "5bd"),
        ("499999.99", "3bd"),
        ("50000", "3bd"),
        ("49999.995", "1bd"),
        ("9", "1bd"),
        (None, "1bd"),
    ],
)
def test_money_compares_as_decimals(amount: object, value: str) -> None:
    by = {"amount_base": {">= 500000": "5bd", ">= 50000": "3bd"}}
    assert _value(by, {"amount_base": amount}) == value


def test_words_compare_as_words() -> None:
    by = {"grade": {"C": "2bd", "!= A": "4bd"}}
    assert [_value(by, {"grade": grade}) for grade in "ABC"] == ["1bd", "4bd", "2bd"]


def test_a_missing_key_meets_no_condition() -> None:
    assert _value({"grade": {"!= A": "4bd"}}, {}) == "1bd"


def test_the_first_condition_that_is_met_counts() -> None:
    by = {"order_kind": {"project": "3bd"}, "grade": {"A": "2bd"}}
    assert _value(by, {"grade": "A", "order_kind": "project"}) == "3bd"
    assert _value(by, {"grade": "A", "order_kind": "sales"}) == "2bd"


def test_what_cannot_be_ordered_meets_no_order() -> None:
    assert _value({"grade": {"> B": "2bd"}}, {"grade": "C"}) == "1bd"


def test_how_conditions_are_written() -> None:
    assert comparison("large") == ("=", "large")
    assert comparison(">= $lag_days") == (">=", "$lag_days")
    assert comparison("!= normal") == ("!=", "normal")
    assert comparison(1) == ("=", "1")
    assert comparison(">=3") == ("=", ">=3")
    assert comparison("two words") is None
