"""How years are counted for whoever reads: in the common era, or from the founding of the Republic of China."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

ROC = "roc"
FIRST = 1912
"""The year that counts as the first; days before it are written in the common era."""

_WRITTEN = re.compile(r"\b\d{4}-\d\d-\d\d\b")

_counted: ContextVar[str] = ContextVar("years", default="")


@contextmanager
def counting(years: str) -> Iterator[None]:
    """Write days for a reader who counts years so, `roc` or nothing for the common era."""
    token = _counted.set(years)
    try:
        yield
    finally:
        _counted.reset(token)


def written(day: date) -> str:
    """A day in full, `2026-11-25` or `民國115-11-25`; of a moment its day."""
    plain = day.date().isoformat() if isinstance(day, datetime) else day.isoformat()
    return f"{_of(day.year)}{plain[4:]}" if _is_other(day.year) else plain


def year(number: int) -> str:
    """A year by itself, `2026` or `民國115`."""
    return _of(number) if _is_other(number) else str(number)


def _is_other(year: int) -> bool:
    return _counted.get() == ROC and year >= FIRST


def _of(year: int) -> str:
    return f"民國{year - FIRST + 1}"


def rewritten(text: str) -> str:
    """A day that was kept as text, written for the reader; any other text as it is."""
    try:
        return written(date.fromisoformat(text))
    except ValueError:
        return text


def rewritten_within(text: str) -> str:
    """A text that names days, such as the name of a holiday, with its days written for the reader."""
    return _WRITTEN.sub(lambda found: rewritten(found[0]), text)
