"""Days that anything of a company can have; what lies beyond is a slip of the pen, and no calendar reckons there."""

from __future__ import annotations

from datetime import date

FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


def day_in(text: str) -> date | None:
    """The day that a text names, such as `2026-11-25`; None when it names none from the first to the last."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_within(day) else None


def is_within(day: date) -> bool:
    """Whether a day, or that of a moment, lies between the first and the last."""
    return FIRST.year <= day.year <= LAST.year
