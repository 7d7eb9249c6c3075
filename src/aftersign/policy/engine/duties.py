"""Duties: what the policy makes of a fact, as they stand at the moment of reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aftersign.kernel.clock.ids import named_text
from aftersign.kernel.clock.zone import MINUTE
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Fact

_NAMESPACE = "6f0b7b57-6a3c-5d0e-9d1a-2f8f0c9b7e11"

Told = tuple[str, str, int, tuple[str, ...]]


class Owner(Protocol):
    """Who owes a duty: a person, or a department until somebody takes it; marked where a role led to nobody."""

    @property
    def person(self) -> str | None: ...
    @property
    def department(self) -> str | None: ...
    @property
    def without_owner(self) -> bool: ...


class Owners(Protocol):
    """Whoever finds the owner of a duty, when that is asked for."""

    def owner_of(self, duty: Duty) -> Owner: ...


class Duty:
    """One duty, or one period of a cycle; moments are microseconds since the epoch.

    `opened` is when its clock started and `read` when its opening fact was read, `opened_by` the fact that opened it
    (of a cycle that a suspension had stopped, the fact that let it start again). Of a period, `period` is its name and
    `ends` its last moment. While the clock is paused, `due` is None and `remaining` says what is left, in the unit of
    its clock; `resumed` keeps from when and how much was left when it ran again, `moved` when a change of the calendar
    moved the due time, and `is_granted` says that an extension set it. Owners are found when asked for.
    """

    period: str | None = None
    ends: int | None = None
    state: str = "open"
    extended: bool = False
    closed: int | None = None
    closer: Fact | None = None
    breached: int | None = None
    told: Sequence[Told] = ()
    next_step_at: int | None = None
    remaining: int | None = None
    was_due: int | None = None
    resumed: tuple[int, int] | None = None
    moved: int | None = None
    is_granted: bool = False
    stoppers: dict[str, str] | None = None
    stops: list[list[int]] | None = None
    handed: list[tuple[int, str]] | None = None
    starter: Fact | None = None
    _owner: Owner | None = None

    def __init__(
        self,
        rule: Rule,
        unit: str,
        order: str | None,
        edition: str,
        opener: Fact,
        opened: int,
        read: int,
        due: int | None,
        owners: Owners,
    ) -> None:
        self.rule, self.unit, self.order, self.edition = rule, unit, order, edition
        self.opener, self.opened, self.read, self.due = opener, opened, read, due
        self._owners = owners

    def __repr__(self) -> str:
        return f"<Duty {self.name}: {self.state}>"

    @property
    def term(self) -> str:
        """The id of its term."""
        return self.rule.id

    @property
    def unit_kind(self) -> str:
        """The kind of unit that it is about."""
        return self.rule.per

    @property
    def opened_by(self) -> str:
        """The id of the fact that opened it."""
        return (self.starter or self.opener).id

    @property
    def closed_by(self) -> str | None:
        """The id of the fact that closed or ended it."""
        return self.closer.id if self.closer is not None else None

    @property
    def known_from(self) -> int:
        """When the fact that opened it was entered: nobody is told of anything before."""
        return (self.starter or self.opener).entered

    @property
    def is_unfinished(self) -> bool:
        """Whether nothing has closed or ended it yet."""
        return self.closed is None

    @property
    def left(self) -> str | None:
        """What is left of a paused clock: `3bd`, `2d`, `4h` or `90min`; None while it runs."""
        if self.remaining is None:
            return None
        if self.rule.clock != "h":
            return f"{self.remaining}{self.rule.clock}"
        minutes = self.remaining // MINUTE
        return f"{minutes}min" if minutes % 60 else f"{minutes // 60}h"

    @property
    def cause(self) -> str | None:
        """The kind of fact that ended it undone, or that holds its clock; None while it runs and when it is done."""
        if self.closer is not None:
            return self.closer.name if self.state in ("void", "waived") else None
        return next(iter(self.stoppers.values())) if self.stoppers and self.closed is None else None

    @property
    def owner(self) -> str | None:
        """The person who owes it."""
        return self._found().person

    @property
    def owner_department(self) -> str | None:
        """The department that owes it until somebody there takes it."""
        return self._found().department

    @property
    def without_owner(self) -> bool:
        """Whether its role led to nobody, so that it fell to somebody above."""
        return self._found().without_owner

    @property
    def name(self) -> str:
        """Its name in facts: term, unit and period."""
        return f"{self.term} {self.unit} {self.period}" if self.period else f"{self.term} {self.unit}"

    @property
    def key(self) -> str:
        """Its id, as text."""
        return duty_key(self.term, self.unit, self.opened_by, self.period)

    def _found(self) -> Owner:
        if self._owner is None:
            self._owner = self._owners.owner_of(self)
        return self._owner


def duty_key(term: str, unit: str, opened_by: str, period: str | None) -> str:
    """The id of a duty as text: the same whenever it is derived again."""
    return named_text(_NAMESPACE, f"{term}|{unit}|{opened_by}|{period or ''}")
