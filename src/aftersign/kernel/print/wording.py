"""Texts made fit for print: without invisible signs, and with a mark for every character that no font shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

MARK = "〓"
PLAIN_MARK = "?"
_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_INVISIBLE = ("Cc", "Cf")
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class Wording:
    """Cleans texts for fonts that show some characters, and remembers which ones they lacked."""

    def __init__(self, shows: Collection[int]) -> None:
        self._shows = shows
        self._mark = MARK if ord(MARK) in shows else PLAIN_MARK
        self._lacking: dict[str, None] = {}

    @property
    def lacking(self) -> tuple[str, ...]:
        """The characters for which a mark was set, in the order in which they came."""
        return tuple(self._lacking)

    def fit(self, value: Any) -> Any:
        """A text, or lists and tables of texts, as they can be printed."""
        if isinstance(value, str):
            return "".join(map(self._sign, unicodedata.normalize("NFC", _BREAKS.sub("\n", value))))
        if isinstance(value, Mapping):
            return {key: self.fit(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.fit(each) for each in value]
        return value

    def _sign(self, sign: str) -> str:
        if sign == "\n" or (ord(sign) in self._shows and unicodedata.category(sign) not in _INVISIBLE):
            return sign
        if sign == "\t":
            return " "
        if unicodedata.category(sign) in _INVISIBLE or any(ord(sign) in each for each in _VARIANTS):
            return ""
        if unicodedata.category(sign) == "Zs":
            return " "
        self._lacking[sign] = None
        return self._mark
