"""Durations as a rulebook writes them: 15min 4h 2d 3bd 1w 1m 1q 1y."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WRITTEN = re.compile(r"(\d+)(min|h|bd|d|w|m|q|y)")
_MONTHS = {"m": 1, "q": 3, "y": 12}


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of minutes, hours, working days (bd), calendar days, weeks, months, quarters or years."""

    number: int
    unit: str

    @property
    def counts_hours(self) -> bool:
        """Whether it runs round the clock instead of ending with a day."""
        return self.unit in ("h", "min")

    @property
    def minutes(self) -> int:
        """Its length in minutes; raises `ValueError` where it counts days."""
        if not self.counts_hours:
            raise ValueError(f"{self} counts days")
        return self.number * (60 if self.unit == "h" else 1)

    @property
    def months(self) -> int:
        """Its length in whole months, 0 where it is not counted in months."""
        return self.number * _MONTHS.get(self.unit, 0)

    @property
    def clock(self) -> str:
        """What its clock counts: working days (`bd`), calendar days (`d`), or time round the clock (`h`)."""
        return "h" if self.counts_hours else "bd" if self.unit == "bd" else "d"

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


@lru_cache(maxsize=1024)
def duration(written: str) -> Duration:
    """A duration from its written form; raises `ValueError` for anything else."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError(f"no duration: {written!r}")
    return Duration(int(found[1]), found[2])
