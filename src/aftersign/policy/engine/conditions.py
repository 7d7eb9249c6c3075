"""Conditions over payload keys, as in `where`, `only` and the grades: a missing key meets none of them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

_WRITTEN = re.compile(r"(?:(>=|<=|!=|>|<|=) )?(\S+)")
_DURATION = re.compile(r"(\d+)(min|h|bd|d|w|m|q|y)")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


class Condition:
    """One key and the comparisons of which any must hold; what was answered once is remembered."""

    __slots__ = ("_known", "key", "wanted")

    def __init__(self, key: str, wanted: tuple[tuple[str, Any], ...]) -> None:
        self.key, self.wanted = key, wanted
        self._known: dict[tuple[type, Any], bool] = {}

    def met(self, payload: Mapping[str, Any]) -> bool:
        """Whether a payload meets it."""
        value = payload.get(self.key)
        if value is None:
            return False
        if value.__class__ not in (str, int, bool):
            return self._holds(value)
        memory = (value.__class__, value)
        known = self._known.get(memory)
        if known is None:
            known = self._holds(value)
            if len(self._known) < 1000:
                self._known[memory] = known
        return known

    def _holds(self, value: Any) -> bool:
        return any(holds(value, how, other) for how, other in self.wanted)


def conditions(table: Mapping[str, Any], value_of: Callable[[str], Any] = lambda name: None) -> tuple[Condition, ...]:
    """The conditions of a table; `$name` is answered by `value_of`."""
    return tuple(
        Condition(key, tuple(_read(each, value_of) for each in _listed(value))) for key, value in table.items()
    )


def all_met(wanted: tuple[Condition, ...], payload: Mapping[str, Any]) -> bool:
    """Whether a payload meets every condition."""
    return all(condition.met(payload) for condition in wanted)


def holds(value: Any, how: str, other: Any) -> bool:
    """Whether a value compares with another as an operator says; words are only equal or not."""
    if isinstance(value, bool) or isinstance(other, bool):
        return _COMPARE[how](value, other) if how in ("=", "!=") else False
    one, two = number(value), number(other)
    if one is not None and two is not None:
        return bool(_COMPARE[how](one, two))
    return bool(_COMPARE[how](str(value), str(other))) if how in ("=", "!=") else False


def number(value: Any) -> Decimal | None:
    """A number, an amount, a percentage or the length of a duration as a number to compare; None for a word."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value)
    if found := _DURATION.fullmatch(text):
        return Decimal(found[1])
    try:
        found_number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    return found_number if found_number.is_finite() else None


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _read(written: Any, value_of: Callable[[str], Any]) -> tuple[str, Any]:
    if isinstance(written, bool):
        return "=", written
    found = _WRITTEN.fullmatch(str(written))
    if found is None:
        return "=", written
    other: Any = value_of(found[2][1:]) if found[2].startswith("$") else found[2]
    return found[1] or "=", other
