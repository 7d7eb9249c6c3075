"""What the engine reads and part of what it answers with. Moments are microseconds since the epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Fact:
    """A fact as the engine reads it.

    `units` gives ids by kind of unit, always `order` for a fact of an order. `seen` is the place in the journal of the
    last company fact that was known when this one was stated (None: its own place).
    """

    id: str
    name: str
    at: int
    entered: int
    units: dict[str, str]
    payload: dict[str, Any]
    seen: int | None = None
    position: int = 0

    @property
    def knew(self) -> int:
        """The place in the journal up to which the company was known when this was stated."""
        return self.position if self.seen is None else self.seen


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that cannot be read, and why."""

    id: str
    fact: str
    at: int
    why: str


@dataclass(frozen=True, slots=True)
class Released:
    """A gate that was released once for a unit."""

    term: str
    unit: str
    order: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that a ban says must never happen, and that happened."""

    term: str
    unit: str
    order: str | None
    at: int
    fact: str


@dataclass(frozen=True, slots=True)
class Need:
    """A check that must be asked before an act, with the parts that a content term demands."""

    term: str
    check: str
    parts: tuple[str, ...] = ()


@dataclass(slots=True)
class Answer:
    """Whether an act would be refused: terms with reasons, checks still to ask, and gates that a release opens."""

    refused_by: list[tuple[str, str]] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
