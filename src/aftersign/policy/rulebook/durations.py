"""Durations as a rulebook writes them (`15min`, `4h`, `2d`, `3bd`, `1w`, `1m`, `1q`, `1y`): read, compared and said."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"([0-9]{1,9})(min|h|bd|d|w|m|q|y)")
# A working day counts as a fifth of a calendar week, months and years by their mean length.
_HOURS = {"min": 1 / 60, "h": 1.0, "d": 24.0, "bd": 33.6, "w": 168.0, "m": 730.5, "q": 2191.5, "y": 8766.0}
_LONGEST_HOURS = 100 * _HOURS["y"]

_CHINESE = {
    "zh-hans": {
        "min": "分钟",
        "h": "小时",
        "d": "个自然日",
        "bd": "个工作日",
        "w": "周",
        "m": "个月",
        "q": "个季度",
        "y": "年",
    },
    "zh-hant": {
        "min": "分鐘",
        "h": "小時",
        "d": "個自然日",
        "bd": "個工作日",
        "w": "週",
        "m": "個月",
        "q": "個季度",
        "y": "年",
    },
}
_ENGLISH = {
    "min": "minute",
    "h": "hour",
    "d": "calendar day",
    "bd": "working day",
    "w": "week",
    "m": "month",
    "q": "quarter",
    "y": "year",
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A count of one unit of time."""

    count: int
    unit: str

    @property
    def rough_hours(self) -> float:
        """About how many hours, good enough to say which of two durations is longer."""
        return self.count * _HOURS[self.unit]

    def say(self, language: str) -> str:
        """The duration in words of a language; an unknown language code reads as simplified Chinese."""
        if language.lower() == "en":
            return f"{self.count} {_ENGLISH[self.unit]}{'' if self.count == 1 else 's'}"
        return f"{self.count} {_CHINESE.get(language.lower(), _CHINESE['zh-hans'])[self.unit]}"


def duration(written: object) -> Duration | None:
    """The duration that is written, or None when it is none; nothing longer than a hundred years is one."""
    match = _WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        return None
    read = Duration(int(match[1]), match[2])
    return read if read.rough_hours <= _LONGEST_HOURS else None


def duration_text(written: str, language: str) -> str:
    """`3bd` as "3 个工作日" or "3 working days".

    Raises ValueError when it is no duration.
    """
    read = duration(written)
    if read is None:
        raise ValueError(f"{written!r} is no duration")
    return read.say(language)
