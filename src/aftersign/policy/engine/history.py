"""Values as they stood at a place in the journal."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any


class History:
    """Values by key; each holds from its place on until the next of the same key."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._values: dict[str, list[Any]] = {}

    def put(self, key: str, place: int, value: Any) -> None:
        """From this place on, the key has this value; places never go back."""
        self._places.setdefault(key, []).append(place)
        self._values.setdefault(key, []).append(value)

    def at(self, key: str | None, place: int) -> Any:
        """The value of a key as known at a place, None where there was none."""
        return next(self.latest(key, place), None)

    def between(self, key: str, after: int, place: int) -> list[Any]:
        """The values that a key was given after a place and up to another, the first one first."""
        places = self._places.get(key, [])
        return self._values.get(key, [])[bisect_right(places, after) : bisect_right(places, place)]

    def latest(self, key: str | None, place: int) -> Iterator[Any]:
        """All values of a key that were known at a place, the last one first."""
        places = self._places.get(key or "")
        if places:
            values = self._values[key or ""]
            for found in range(bisect_right(places, place) - 1, -1, -1):
                yield values[found]
