"""Text as the index keeps it: Chinese in overlapping pairs of characters, everything else in words.

`华东智造` is kept as `华东 东智 智造 造`: the pairs find every part of two and more characters, and each character is
the beginning of one of them. Characters are made simplified one by one, so that a part is written as in the whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

import opencc

Stream = tuple[str, ...]
"""Tokens that stand one after another."""

BEGIN = "\ue010"
"""Stands before a token with which a number or a name begins."""

_HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"(?P<run>[{_HAN}]+)|[^\W_{_HAN}]+")
_BROKEN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_LONGEST_WORD, _LONGEST_CUT, _CARRIED, _MOST_CUTS = 60, 20, 6, 400
PART = 5000
"""Tokens of a long text that are kept together."""


class _Simplified(dict[int, str]):
    """Each character as it is written on the mainland, looked up once."""

    def __init__(self) -> None:
        super().__init__()
        self._converter = opencc.OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        found: str = self._converter.convert(chr(code)) if code > 0x2E7F else chr(code)
        self[code] = found
        return found


_simplified = _Simplified()


def normal(text: str) -> str:
    """A text as it is compared: one width, simplified, small letters."""
    return unicodedata.normalize("NFKC", text).translate(_simplified).lower()


def tokens(text: str) -> Stream:
    """The tokens of a text that is normal already."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    for piece in _PIECE.finditer(text):
        found = piece.group()
        if piece.lastgroup:
            yield from map("".join, pairwise(found))
            yield found[-1]
        else:
            yield found[:_LONGEST_WORD]


def short(text: str) -> list[Stream]:
    """A number or a name: whole, and from within each of its words on, so that any part of it is found."""
    found: list[Stream] = []
    for term in normal(text).split():
        whole = tokens(term)
        found += [whole, *_cut(whole)] if whole else []
    return found[:_MOST_CUTS]


def _cut(whole: Stream) -> Iterator[Stream]:
    for at, word in enumerate(whole):
        if not is_han(word):
            rest = whole[at + 1 : at + _CARRIED]
            yield from ((word[cut:], *rest) for cut in range(1, min(len(word), _LONGEST_CUT)))


def beginnings(text: str, *, of_each_word: bool = False) -> list[Stream]:
    """The marks by which what begins so is put before what only contains it: of a number, its words in one."""
    found = tokens(normal(text))
    starts = range(len(found)) if of_each_word else range(min(1, len(found)))
    return joined([(BEGIN + found[at],) for at in starts] + [(BEGIN + _in_one(found[at:]),) for at in starts])


def _in_one(found: Stream) -> str:
    """The words up to the first Chinese character, without what stands between them."""
    return "".join(takewhile(lambda token: not is_han(token), found)) or found[0]


def parts(text: str) -> list[Stream]:
    """A long text in parts; where one ends the next has begun already. Lines may break between any two characters."""
    found = tokens(_BROKEN.sub("", normal(text)))
    return [found[at : at + PART + 20] for at in range(0, len(found), PART)]


def is_han(text: str) -> bool:
    """Whether a text begins with a Chinese character (or one of Japanese or Korean)."""
    piece = _PIECE.match(text)
    return bool(piece and piece.lastgroup)


@dataclass(frozen=True)
class Phrase:
    """Tokens that must stand one after another; an `open` one may end with the beginning of a token."""

    tokens: Stream
    is_open: bool


@dataclass(frozen=True)
class Question:
    """What somebody typed: phrases that must all be found."""

    phrases: tuple[Phrase, ...]

    def beginning(self) -> Question:
        """The same, asked of what begins with it."""
        first, others = self.phrases[0], self.phrases[1:]
        if not any(map(is_han, first.tokens)):
            return Question((Phrase((BEGIN + "".join(first.tokens),), is_open=True), *others))
        mark = Phrase((BEGIN + first.tokens[0],), first.is_open and len(first.tokens) == 1)
        return Question((mark, *self.phrases))


LONGEST, MOST_PHRASES = 120, 8


def question(typed: str) -> Question | None:
    """What is asked for by a text, None when there is no word in it."""
    terms = normal(typed[:LONGEST]).split()
    found = [phrase for term in terms if (phrase := _phrase(term))]
    return Question(tuple(found[:MOST_PHRASES])) if found else None


def _phrase(term: str) -> Phrase | None:
    found, pieces = tokens(term), list(_PIECE.finditer(term))
    if not found:
        return None
    last = pieces[-1]
    is_pair = last.lastgroup is not None and len(last.group()) > 1
    return Phrase(found[:-1], is_open=False) if is_pair else Phrase(found, is_open=True)


def joined(streams: Iterable[Sequence[str]]) -> list[Stream]:
    """Streams without those that stand there already."""
    return [tuple(each) for each in dict.fromkeys(map(tuple, streams))]
