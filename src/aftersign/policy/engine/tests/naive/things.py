"""Duties, periods and cycles, one order's."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aftersign.policy.engine.tests.naive.days import Days
from aftersign.policy.engine.tests.small import BEGIN, TERMS
from aftersign.policy.engine.tests.telling import Told


@dataclass
class Duty:
    """A duty or a period; `due_by` counts its due time by a calendar, `granted` says that an extension has set it.

    `come` are the steps of escalation whose time has come; one that comes within a pause is `told` after it.
    """

    term: str
    unit: str
    opener: Told
    opened: int
    entered: int
    due: int | None
    due_by: Callable[[Days], int] | None = None
    period: str | None = None
    ends: int = 0
    state: str = "open"
    left: int | None = None
    nominal: int = 0
    paused_at: int = 0
    granted: bool = False
    pausers: set[str] = field(default_factory=set)
    extended: bool = False
    closed: int | None = None
    breached: int | None = None
    come: set[str] = field(default_factory=set)
    told: list[tuple[str, int]] = field(default_factory=list)

    @property
    def said(self) -> dict[str, Any]:
        """What the policy says of it."""
        return TERMS[self.term]

    @property
    def clock(self) -> str:
        """The unit of its clock."""
        length = self.said.get("within") or self.said.get("grace") or self.said["every"]
        unit = "bd" if length == "$span" else re.sub(r"\d+", "", length)
        return unit if unit in ("h", "bd") else "d"

    def name_of(self, period: bool) -> str:
        """Its name in facts."""
        return " ".join([self.term, self.unit, *([self.period] if period and self.period else [])])

    def close(self, at: int, state: str) -> None:
        """It is done or ends."""
        if self.breached is None and self.due is not None and self.due < at:
            self.breached = self.due
        self.closed, self.left = at, None
        self.state = "done_late" if state == "done" and self.breached is not None else state

    def pause(self, at: int, by: str, days: Days) -> None:
        """Its clock stops."""
        if not self.pausers and self.breached is None and self.due is not None:
            if self.due < at:
                self.breached = self.due
            else:
                self.paused_at, self.nominal, self.due = at, self.due, None
                self.left = days.left(at, self.nominal, self.clock)
        self.pausers.add(by)

    def resume(self, at: int, by: str, days: Days) -> None:
        """Its clock goes on, unless somebody else still stops it."""
        if by in self.pausers:
            self.pausers.remove(by)
            if not self.pausers and self.left is not None:
                length = f"{self.left}{self.clock}"
                self.due_by = lambda days: days.due_from(at, length)
                self.due, self.left, self.granted = self.due_by(days), None, False

    def extend(self, at: int, new_due: int, days: Days) -> bool:
        """Another due time, if it is later and in time."""
        now_due = self.nominal if self.due is None else self.due
        if self.breached is not None or new_due <= now_due or (self.due is not None and self.due < at):
            return False
        if self.due is None:
            self.nominal, self.left = new_due, days.left(self.paused_at, new_due, self.clock)
        else:
            self.due, self.granted = new_due, True
        self.extended = True
        return True

    def recount(self, at: int, days: Days) -> None:
        """The calendar has changed: what is not due yet, and was not granted, is counted anew."""
        waits = self.closed is None and self.breached is None and self.due is not None and self.due > at
        if waits and not self.granted and self.due_by is not None:
            self.due = self.due_by(days)


@dataclass
class Cycle:
    """A cycle of one unit: the hour at which its next period begins, and where its periods are counted from."""

    term: str
    unit: str
    opener: Told
    entered: int = 0
    started: int = 0
    runs: bool = False
    rests: bool = False
    next_begin: int = 0
    began: int = 0
    anchor: int = 0
    number: int = 0
    current: Duty | None = None

    @property
    def every(self) -> str:
        """The length of its periods."""
        return str(TERMS[self.term]["every"])

    def start(self, at: int, entered: int) -> None:
        """Like an opening fact of that day."""
        day = at // 24
        if self.every == "1w":
            while (BEGIN + timedelta(day)).weekday():
                day += 1
        if self.every == "1m":
            while (BEGIN + timedelta(day)).day != 1:
                day += 1
        self.runs, self.rests, self.started, self.entered, self.number = True, False, at, entered, 0
        self.anchor, self.next_begin = day, at if self.every.endswith("h") else day * 24

    def stop(self, at: int) -> None:
        """No further period begins, and the running one is void."""
        if self.current and self.current.closed is None and at < self.current.ends:
            self.current.close(at, "void")
        self.runs, self.rests, self.current = False, False, None

    def begin_period(self, days: Days) -> Duty | None:
        """The period that begins now; none where it has no working day."""
        begin = self.began = self.next_begin
        self.number += 1
        end = self.next_begin = self._end(begin, days)
        self.current = None
        if self.every in ("1w", "1m", "10d") and not any(map(days.works, range(begin // 24, end // 24))):
            return None
        opened = max(begin, self.started)
        duty = Duty(self.term, self.unit, self.opener, opened, self.entered, None, period=self._name(begin), ends=end)
        grace = TERMS[self.term].get("grace")
        duty.due_by = lambda days: days.due_from(duty.ends, grace, from_end=True) if grace else duty.ends
        duty.due = duty.due_by(days)
        self.current = duty
        return duty

    def recount(self, at: int, days: Days) -> None:
        """The calendar has changed: a period of working days that still runs ends by the new one."""
        if self.runs and self.current and self.every.endswith("bd") and self.current.ends > at:
            self.current.ends = self.next_begin = self._end(self.began, days)

    def _end(self, begin: int, days: Days) -> int:
        every = self.every
        if every.endswith("h"):
            return begin + int(every[:-1])
        if every == "1w":
            return begin + 7 * 24
        if every == "1m":
            on = BEGIN + timedelta(begin // 24)
            return begin + monthrange(on.year, on.month)[1] * 24
        if every.endswith("bd"):
            before = self.anchor if self.number == 1 else begin // 24 - 1
            return (days.counted(before, int(every[:-2]), "bd") + 1) * 24
        return begin + int(every[:-1]) * 24

    def _name(self, begin: int) -> str:
        on = BEGIN + timedelta(begin // 24)
        return f"{on.isoformat()}T{begin % 24:02}:00:00+08:00" if self.every.endswith("h") else on.isoformat()
