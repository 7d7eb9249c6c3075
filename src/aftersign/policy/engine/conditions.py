"""Conditions over payload keys, as in `where`, `only` and the grades: a missing key meets none of them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

_WRITTEN = re.compile(r"(?:(>=|<=|!=|>|<|=) )?(\S+)")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
_DURATION = re.compile(r"(\d+)(min|h|bd|d|w|m|q|y)")


class Wanted(NamedTuple):
    """One comparison: how, with what, and with which number where that is one."""

    how: str
    other: Any
    number: Decimal | None


@dataclass(frozen=True)
class Condition:
    """One key and the comparisons of which any must hold."""

    key: str
    wanted: tuple[Wanted, ...]

    def met(self, payload: Mapping[str, Any]) -> bool:
        """Whether a payload meets it."""
        value = payload.get(self.key)
        return value is not None and any(_holds(value, each) for each in self.wanted)


def conditions(table: Mapping[str, Any], value_of: Callable[[str], Any] = lambda name: None) -> tuple[Condition, ...]:
    """The conditions of a table; `$name` is answered by `value_of`."""
    return tuple(
        Condition(key, tuple(_read(each, value_of) for each in _listed(value))) for key, value in table.items()
    )


def all_met(wanted: tuple[Condition, ...], payload: Mapping[str, Any]) -> bool:
    """Whether a payload meets every condition."""
    return all(condition.met(payload) for condition in wanted)


def number(value: Any) -> Decimal | None:
    """A number, an amount, a percentage or the length of a duration as a number to compare; None for a word."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return Decimal(value)
    text = str(value)
    if found := _DURATION.fullmatch(text):
        return Decimal(found[1])
    try:
        read = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _read(written: Any, value_of: Callable[[str], Any]) -> Wanted:
    found = None if isinstance(written, bool) else _WRITTEN.fullmatch(str(written))
    if found is None:
        return Wanted("=", written, number(written))
    other: Any = value_of(found[2][1:]) if found[2].startswith("$") else found[2]
    return Wanted(found[1] or "=", other, number(other))


def _holds(value: Any, wanted: Wanted) -> bool:
    compare = _COMPARE[wanted.how]
    is_equality = wanted.how in ("=", "!=")
    if isinstance(value, bool) or isinstance(wanted.other, bool):
        return is_equality and bool(compare(value, wanted.other))
    given = number(value) if wanted.number is not None else None
    if given is not None:
        return bool(compare(given, wanted.number))
    return is_equality and bool(compare(str(value), str(wanted.other)))
