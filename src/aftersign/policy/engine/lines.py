"""Lines of a file as facts, and the calendar of a file: what `aftersign policy run` is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.engine.types import Fact

Line = Mapping[str, Any]


def calendar_of(written: Mapping[str, Any]) -> WorkCalendar:
    """The calendar of a file: holidays and workdays as ISO dates."""
    days = [[date.fromisoformat(day) for day in written.get(key, ())] for key in ("holidays", "workdays")]
    return WorkCalendar(days[0], days[1])


def facts_of(lines: Iterable[Line], zone: Zone) -> list[Fact]:
    """Facts from the lines of a file; raises `ValueError` or `KeyError` for a line that is none."""
    found = []
    memo: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        written = line["at"]
        at = memo.get(written)
        if at is None:
            at = memo[written] = moment_of(written, zone)
        entered = at
        if said := line.get("entered"):
            entered = memo[said] if said in memo else memo.setdefault(said, moment_of(said, zone))
        units, payload = line.get("units") or {}, line.get("payload") or {}
        found.append(Fact(str(line.get("id") or f"f{number}"), line["fact"], at, entered, units, payload, None, number))
    return found
