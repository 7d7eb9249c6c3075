"""Values that change in the course of the journal, each readable as it stood at any place."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

LAST = 1 << 62


class History:
    """Values by key as they stood at a place in the journal."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._values: dict[str, list[Any]] = {}

    def put(self, key: str, place: int, value: Any) -> None:
        """From this place on, the key has this value."""
        self._places.setdefault(key, []).append(place)
        self._values.setdefault(key, []).append(value)

    def at(self, key: str | None, place: int) -> Any:
        """The value of a key as known at a place, None where there was none."""
        places = self._places.get(key or "")
        if not places:
            return None
        found = bisect_right(places, place)
        return self._values[key or ""][found - 1] if found else None

    def turn_to(self, other: History, place: int) -> None:
        """From this place on, every key has the value that it has last in another history."""
        for key in self._places.keys() | other._places.keys():
            values = other._values.get(key)
            latest = values[-1] if values else None
            if latest != self.at(key, place):
                self.put(key, place, latest)
