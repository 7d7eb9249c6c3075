"""What a check says: in order, worth a look, or a fault, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Line:
    """One thing that was looked at."""

    check: str
    state: State
    what: str
    do: str = ""


def ok(check: str, what: str) -> Line:
    """It is in order."""
    return Line(check, "ok", what)


def warning(check: str, what: str, do: str) -> Line:
    """It works, and should be looked at."""
    return Line(check, "warning", what, do)


def fault(check: str, what: str, do: str) -> Line:
    """It does not work, or not safely."""
    return Line(check, "fault", what, do)
