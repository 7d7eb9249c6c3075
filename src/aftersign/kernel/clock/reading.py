"""The clock of the house, which a test or a simulation can hold still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_held: ContextVar[datetime | None] = ContextVar("held", default=None)
_held_everywhere: list[datetime] = []


def now() -> datetime:
    """The present moment in UTC, or the one at which the clock is held."""
    held = _held.get()
    if held is None and _held_everywhere:
        held = _held_everywhere[-1]
    return held if held is not None else datetime.now(UTC)


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at a moment with an offset; raises `ValueError` for one without."""
    token = _held.set(_in_utc(moment))
    try:
        yield moment
    finally:
        _held.reset(token)


def freeze(moment: datetime) -> None:
    """Hold the clock in every thread of this process, until `unfreeze`; raises `ValueError` without an offset."""
    _held_everywhere[:] = [_in_utc(moment)]


def unfreeze() -> None:
    """Let the clock of the process run again."""
    _held_everywhere.clear()


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment has an offset")
    return moment.astimezone(UTC)
