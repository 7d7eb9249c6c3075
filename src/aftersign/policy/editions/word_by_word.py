"""Two texts word by word: what stayed, what is gone and what is new, in pieces that people can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from aftersign.policy.rulebook import Shown

SHORT = 2
"""A piece that stayed between two changes and is no longer than this is read more easily as part of the change."""
_TOKEN = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    """A stretch of text: `how` is `same`, `del` or `ins`; `is_value` where it is the value of a parameter."""

    how: str
    text: str
    is_value: bool = False


class _Token(NamedTuple):
    key: str
    text: str
    is_value: bool


def word_by_word(old: Sequence[str | Shown], new: Sequence[str | Shown]) -> list[Piece]:
    """How one text became another. Chinese is compared by characters, other scripts by words, parameters by name."""
    before, after = list(_tokens(old)), list(_tokens(new))
    matcher = SequenceMatcher(None, [each.key for each in before], [each.key for each in after], autojunk=False)
    pieces: list[Piece] = []
    gone: list[_Token] = []
    come: list[_Token] = []
    for how, i1, i2, j1, j2 in _calm(matcher.get_opcodes()):
        if how == "equal":
            pieces += [*_joined("del", gone), *_joined("ins", come), *_joined("same", after[j1:j2])]
            gone, come = [], []
        else:
            gone += before[i1:i2]
            come += after[j1:j2]
    return [*pieces, *_joined("del", gone), *_joined("ins", come)]


Step = tuple[str, int, int, int, int]


def _calm(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps with short stretches between two changes made part of them."""
    for at, (how, i1, i2, j1, j2) in enumerate(steps):
        is_between = 0 < at < len(steps) - 1
        yield ("replace" if how == "equal" and is_between and i2 - i1 <= SHORT else how), i1, i2, j1, j2


def _tokens(text: Sequence[str | Shown]) -> Iterator[_Token]:
    for part in text:
        if isinstance(part, Shown):
            yield _Token("{" + part.param.name + "}", part.text, True)
        else:
            for word in _TOKEN.findall(part):
                yield _Token(word, word, False)


def _joined(how: str, tokens: Sequence[_Token]) -> Iterator[Piece]:
    """Neighbouring tokens as one piece; values stay by themselves."""
    text = ""
    for token in tokens:
        if token.is_value:
            if text:
                yield Piece(how, text)
            yield Piece(how, token.text, True)
            text = ""
        else:
            text += token.text
    if text:
        yield Piece(how, text)
