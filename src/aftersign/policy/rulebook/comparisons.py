"""Comparisons with a value, as conditions write them: `large`, `!= normal`, `>= 500000`, `true`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from aftersign.policy.rulebook.model import Param, Value

_WRITTEN = re.compile(r"(?:(>=|<=|!=|>|<|=) )?(\S+)")


class Comparison(NamedTuple):
    """An operator and the value that is wanted, as text: a word, a number, a percentage or `$parameter`."""

    operator: str
    wanted: str


def comparison(written: object) -> Comparison | None:
    """What a condition compares with, or None when it cannot be read."""
    match = _WRITTEN.fullmatch(str(written))
    return Comparison(match[1] or "=", match[2]) if match else None


def value_of(param: Param, signed: Mapping[str, object]) -> Value:
    """The value of a parameter for an order as it was signed, `signed` being the payload of `order.signed`.

    The first condition of `by` that is met gives the value; a key that the payload lacks meets none. Numbers and money
    compare as decimals.
    """
    for key, table in param.by.items():
        actual = signed.get(key)
        for written, value in table.items():
            if actual is not None and _is_met(actual, written):
                return value
    return param.value


def _is_met(actual: object, written: str) -> bool:
    operator, wanted = comparison(written) or Comparison("=", written)
    left, right = _number(actual), _number(wanted)
    if left is None or right is None:
        text = str(actual).lower() if isinstance(actual, bool) else str(actual)
        return {"=": text == wanted, "!=": text != wanted}.get(operator, False)
    order = (left > right) - (left < right)
    return {"=": order == 0, "!=": order != 0, ">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[
        operator
    ]


def _number(value: object) -> Decimal | None:
    """A finite number, also one written as text or as a percentage; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value).removesuffix("%"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
