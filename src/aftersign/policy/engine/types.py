"""What the engine reads and what it answers with. Moments are microseconds since the epoch."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.policy.engine.rules import Rule

_NAMESPACE = uuid.UUID("6f0b7b57-6a3c-5d0e-9d1a-2f8f0c9b7e11")


@dataclass(slots=True)
class Fact:
    """A fact as the engine reads it; facts are never changed by reading them.

    `units` gives ids by kind of unit, always `order` for a fact of an order. `position` is its place in the journal,
    `seen` that of the last company fact that was known when this one was stated (None: its own place).
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
    def place(self) -> int:
        """The place in the journal up to which the company was known when this fact was stated."""
        return self.position if self.seen is None else self.seen


@dataclass(slots=True)
class Stops:
    """The stops of a clock: who stops it now and why, each stop from and to, and the due time at the last one."""

    causes: dict[str, str] = field(default_factory=dict)
    spans: list[tuple[int, int | None]] = field(default_factory=list)
    due: int = 0


@dataclass(slots=True, eq=False)
class Duty:
    """A duty as it stands at the moment of reading; `left` says what remains of a stopped clock.

    The fields from `rule` on are the engine's own: what the opening fact carried, since when it could be read, the
    calendar that its clock counts by, and its stops.
    """

    term: str
    unit: str
    unit_kind: str
    order: str | None
    opened: int
    opened_by: str
    edition: str
    period: str | None = None
    due: int | None = None
    left: str | None = None
    state: str = "open"
    extended: bool = False
    closed: int | None = None
    closed_by: str | None = None
    breached: int | None = None
    told: tuple[tuple[str, str, int, tuple[str, ...]], ...] = ()
    owner: str | None = None
    owner_department: str | None = None
    without_owner: bool = False
    pause_cause: str | None = None
    reason: str | None = None
    next_step_at: int | None = None
    rule: Rule | None = None
    opener: Fact | None = None
    read_at: int = 0
    work: WorkCalendar | None = None
    stops: Stops | None = None

    @property
    def is_unfinished(self) -> bool:
        """Whether nothing has closed or ended it yet."""
        return self.closed is None

    @property
    def name(self) -> str:
        """Its name in facts: term, unit and period."""
        return f"{self.term} {self.unit} {self.period}" if self.period else f"{self.term} {self.unit}"

    @property
    def key(self) -> str:
        """Its id, as text."""
        return str(duty_key(self.term, self.unit, self.opened_by, self.period))


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


def duty_key(term: str, unit: str, opened_by: str, period: str | None) -> uuid.UUID:
    """The id of a duty: the same whenever it is derived again."""
    return uuid.uuid5(_NAMESPACE, f"{term}|{unit}|{opened_by}|{period or ''}")
