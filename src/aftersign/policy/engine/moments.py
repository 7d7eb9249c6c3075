"""Written moments as microseconds since the epoch."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

from aftersign.kernel.clock.zone import Zone

D = TypeVar("D", bound=date)
_EARLIEST, _LATEST = 1000, 9000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(written: str | int, zone: Zone) -> int:
    """A written moment; a bare date means 24:00 of that day, a time without offset is in the zone.

    Raises `ValueError` for anything else.
    """
    if isinstance(written, int):
        return written
    if len(written) == 10:
        return zone.end(_within(date.fromisoformat(written)).toordinal())
    moment = _within(datetime.fromisoformat(written))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone.info)
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def _within(day: D) -> D:
    """The same day; raises `ValueError` for one so far away that no due time can be reckoned from it."""
    if not _EARLIEST < day.year < _LATEST:
        raise ValueError(f"no year that is reckoned with: {day.year}")
    return day


def moment_or_none(written: object, zone: Zone) -> int | None:
    """The same, but None for what is no moment."""
    try:
        return moment_of(written, zone) if isinstance(written, str | int) else None
    except ValueError:
        return None
