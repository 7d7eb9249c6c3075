"""Written moments as microseconds since the epoch."""

from __future__ import annotations

from datetime import UTC, datetime

from aftersign.kernel.clock.zone import Zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = range(1900, 9000)


def moment_of(written: str | int, zone: Zone) -> int:
    """A written moment; a bare date means 24:00 of that day, a time without offset is in the zone.

    Raises `ValueError` for anything else, and for years before 1900 or after 8999.
    """
    if isinstance(written, int):
        return written
    moment = datetime.fromisoformat(written)
    if moment.year not in _YEARS:
        raise ValueError(f"no year to reckon with: {moment.year}")
    if len(written) == 10:
        return zone.end(moment.toordinal())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone.info)
    passed = moment - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def moment_or_none(written: object, zone: Zone) -> int | None:
    """A written moment, None for anything that is none."""
    try:
        return moment_of(written, zone) if isinstance(written, str | int) else None
    except ValueError:
        return None
