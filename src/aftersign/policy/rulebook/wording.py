"""A clause in words: its sentence with the values of its parameters, as an order's grade has them, in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aftersign.policy.rulebook.comparisons import value_of
from aftersign.policy.rulebook.durations import duration
from aftersign.policy.rulebook.model import Clause, Param, Rulebook, Value

_SHOWN = re.compile(r"\{(\w+)\}")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_TRUTH = {"zh-hans": ("是", "否"), "zh-hant": ("是", "否"), "en": ("yes", "no")}


class Shown(NamedTuple):
    """A parameter in a sentence, with its value in words."""

    param: Param
    text: str


def clause_text(
    rulebook: Rulebook, clause: Clause, language: str, signed: Mapping[str, object] | None = None
) -> list[str | Shown]:
    """The sentence of a clause in pieces: plain strings, and parameters with their values in words.

    `language` is zh-hans, zh-hant or en; `signed` the payload of an order's `order.signed`, where its own values count.
    """
    pieces: list[str | Shown] = []
    for index, part in enumerate(_SHOWN.split(clause.text.say(language))):
        param = rulebook.params.get(part) if index % 2 else None
        if param:
            pieces.append(Shown(param, value_text(rulebook, param, language, signed)))
        else:
            pieces.append(part)
    spaced = pieces if language.lower() == "en" else list(_without_odd_spaces(pieces))
    return [piece for piece in spaced if piece]


def value_text(rulebook: Rulebook, param: Param, language: str, signed: Mapping[str, object] | None = None) -> str:
    """The value of a parameter in words of a language: lengths of time with their unit, words by their labels."""
    value = value_of(param, signed or {})
    clause = rulebook.clauses.get(param.clause)
    return _said(rulebook, value, clause.room if clause else "", language)


def _said(rulebook: Rulebook, value: Value, room: str, language: str) -> str:
    code = language.lower() if language.lower() in _TRUTH else "zh-hans"
    if isinstance(value, bool):
        return _TRUTH[code][not value]
    if isinstance(value, tuple):
        return (", " if code == "en" else "、").join(_said(rulebook, word, room, language) for word in value)
    if isinstance(value, (int, float)):
        return str(value)
    read = duration(value)
    if read:
        return read.say(code)
    labels = rulebook.word(value, room)
    if labels is None and value in rulebook.roles:
        labels = rulebook.roles[value].labels
    return labels.say(code) if labels else value


def _without_odd_spaces(pieces: list[str | Shown]) -> Iterator[str | Shown]:
    """Chinese puts a space between characters and figures only, so one beside a value in characters goes."""
    for index, piece in enumerate(pieces):
        if isinstance(piece, Shown):
            yield piece
            continue
        before = pieces[index - 1] if index else ""
        after = pieces[index + 1] if index + 1 < len(pieces) else ""
        if isinstance(before, Shown) and _HAN.match(before.text[-1:]):
            piece = piece.removeprefix(" ")
        if isinstance(after, Shown) and _HAN.match(after.text[:1]):
            piece = piece.removesuffix(" ")
        yield piece
