"""Names as they sound: `林晓岚` is `linxiaolan` and `lxl`, and each of its parts from a character on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

from aftersign.kernel.search.words import is_han, normal

_LONGEST, _VARIED, _READINGS = 24, 4, 3


@lru_cache(maxsize=20_000)
def sounds(name: str) -> tuple[str, ...]:
    """Syllables written together, and their first letters, from each character of a name to its end.

    One of the first characters that is read in several ways is tried in each of them, one at a time.
    """
    readings = [_readings(character) for character in normal(name) if is_han(character)][:_LONGEST]
    found: dict[str, None] = {}
    for syllables in _ways([each for each in readings if each]):
        for at in range(len(syllables)):
            found["".join(syllables[at:])] = None
            found["".join(each[0] for each in syllables[at:])] = None
    return tuple(found)


def _ways(readings: list[tuple[str, ...]]) -> Iterator[list[str]]:
    usual = [each[0] for each in readings]
    yield usual
    for at, others in enumerate(readings[:_VARIED]):
        for other in others[1:]:
            yield [*usual[:at], other, *usual[at + 1 :]]


@lru_cache(maxsize=20_000)
def _readings(character: str) -> tuple[str, ...]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0][:_READINGS]) if found else ()
