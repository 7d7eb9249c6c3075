"""Parameters: a value of a known sort, within its bounds, also where another value holds for some orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.durations import duration
from aftersign.policy.rulebook.model import Fault, Param, Value
from aftersign.policy.rulebook.soundness.conditions import misfit

_BASES = ("stated", "stated_partly", "ours")
_PERCENTAGE = re.compile(r"[0-9]+(\.[0-9]+)?%")

Sort = Literal["truth value", "list of words", "word", "number", "percentage", "duration"]

_AMOUNTS = ("number", "percentage", "duration")


def sort_of(value: Value) -> Sort:
    """What sort of value it is; a text that is neither percentage nor duration is a word."""
    if isinstance(value, bool):
        return "truth value"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, tuple):
        return "list of words"
    if _PERCENTAGE.fullmatch(value):
        return "percentage"
    return "duration" if duration(value) else "word"


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of parameters."""
    for param in draft.rulebook.params.values():
        if param.basis and param.basis not in _BASES:
            yield draft.fault(f"basis must be {', '.join(_BASES)}", "param", param.name, "basis")
        if param.value == "":
            continue
        yield from _words(draft, param, param.value, "value")
        yield from _bounds(draft, param)
        yield from _by(draft, param)


def _words(draft: Draft, param: Param, value: Value, *keys: str) -> Iterator[Fault]:
    """Every word has a label; a lone word may be a slip for something else, so the reason says what it could be."""
    sort = sort_of(value)
    if value == ():
        yield draft.fault("a list holds words", "param", param.name, *keys)
    for index, word in enumerate(value if isinstance(value, tuple) else ()):
        if not _has_label(draft, word):
            yield draft.fault(f"word '{word}' has no label in words.toml", "param", param.name, *keys, index)
    if sort == "word" and not _has_label(draft, str(value)):
        reason = f"'{value}' is no duration (3bd), number, percentage (5%) or word of words.toml"
        yield draft.fault(reason, "param", param.name, *keys)


def _has_label(draft: Draft, word: str) -> bool:
    return word in draft.rulebook.words or word in draft.rulebook.roles


def _bounds(draft: Draft, param: Param) -> Iterator[Fault]:
    sort = sort_of(param.value)
    bounds = {key: sort_of(bound) for key, bound in (("min", param.min), ("max", param.max)) if bound is not None}
    if len(bounds) == 2 and bounds["min"] == bounds["max"] != sort:
        reason = f"value is a {sort}, while its min and max are each a {bounds['min']}"
        yield draft.fault(reason, "param", param.name, "value")
        return
    if sort not in _AMOUNTS:
        for key in bounds:
            yield draft.fault(f"a value that is a {sort} has no {key}", "param", param.name, key)
        return
    for key in ("min", "max"):
        if bounds.get(key) != sort:
            reason = f"{key} is a {bounds[key]}, not a {sort} like its value" if key in bounds else f"{key} is missing"
            yield draft.fault(reason, "param", param.name, key)
    if set(bounds.values()) == {sort} and not within(param, param.value):
        yield draft.fault(f"value {param.value} lies outside {param.min} to {param.max}", "param", param.name, "value")


def within(param: Param, value: Value) -> bool:
    """Whether an amount lies within the bounds; what has none, or some of another sort, is a fault of its own."""
    low, amount, high = _amount(param.min), _amount(value), _amount(param.max)
    return low is None or amount is None or high is None or low <= amount <= high


def _amount(value: Value | None) -> float | None:
    if isinstance(value, str):
        read = duration(value)
        if read:
            return read.rough_hours
        return float(value[:-1]) if _PERCENTAGE.fullmatch(value) else None
    return None if value is None or isinstance(value, (bool, tuple)) else float(value)


def _by(draft: Draft, param: Param) -> Iterator[Fault]:
    signed = draft.rulebook.facts.get("order.signed")
    payload = signed.payload if signed else {}
    for key, table in param.by.items():
        if key not in payload:
            yield draft.fault(f"by: the order as signed carries no {key}", "param", param.name, "by", key)
            continue
        for written, value in table.items():
            at = ("by", key, written)
            if reason := misfit(draft, key, payload[key], _condition(written)):
                yield draft.fault(f"by: {reason}", "param", param.name, *at)
            if (sort := sort_of(value)) != sort_of(param.value):
                reason = f"by {written} is a {sort}, not a {sort_of(param.value)} like its value"
                yield draft.fault(reason, "param", param.name, *at)
            elif not within(param, value):
                reason = f"by {written} = {value} lies outside {param.min} to {param.max}"
                yield draft.fault(reason, "param", param.name, *at)
            else:
                yield from _words(draft, param, value, *at)


def _condition(written: str) -> Value:
    """Keys of TOML are texts; of a yes/no they mean the truth value."""
    return {"true": True, "false": False}.get(written, written)
