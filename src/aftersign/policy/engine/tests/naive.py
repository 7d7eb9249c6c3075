"""The grammar read slowly and plainly: a clock that ticks hour by hour, and rules written as the sentences stand.

It shares nothing with the engine but the small rulebook. Time is in hours since the beginning of `BEGIN`, days are
hours // 24; 24:00 of a day is the first hour of the next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aftersign.policy.engine.tests.small import BEGIN, FACTS, GRACE_DAYS, HOLIDAYS, KEPT, TERMS, WORKDAYS, Told

OF_ORDER = "order"


def works(day: int) -> bool:
    """Whether people work on a day."""
    on = BEGIN + timedelta(day)
    return on in WORKDAYS or (on.weekday() < 5 and on not in HOLIDAYS)


def counted(day: int, number: int, unit: str) -> int:
    """The day that a duration in days ends which is counted from a day."""
    if unit == "d":
        return day + number
    while number or not works(day):
        day += 1
        number -= works(day) if number else 0
    return day


def due_from(start: int, length: str, *, from_end: bool = False) -> int:
    """When a duration ends that starts at an hour, or counts on from a due time."""
    number, unit = re.fullmatch(r"\+?(\d+)(h|bd|d)", length).groups()  # type: ignore[union-attr]
    if unit == "h":
        return start + int(number)
    return (counted((start - 1 if from_end else start) // 24, int(number), unit) + 1) * 24


@dataclass
class Duty:
    """A duty or a period."""

    term: str
    unit: str
    opener: Told
    opened: int
    entered: int
    due: int | None
    period: str | None = None
    ends: int = 0
    state: str = "open"
    left: int | None = None
    nominal: int = 0
    paused_at: int = 0
    pausers: set[str] = field(default_factory=set)
    extended: bool = False
    closed: int | None = None
    breached: int | None = None
    told: list[tuple[str, int]] = field(default_factory=list)

    @property
    def said(self) -> dict[str, Any]:
        """What the policy says of it."""
        return TERMS[self.term]

    @property
    def clock(self) -> str:
        """The unit of its clock."""
        length = self.said.get("within") or self.said.get("grace") or self.said["every"]
        unit = re.sub(r"\d+", "", length)
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

    def pause(self, at: int, by: str) -> None:
        """Its clock stops."""
        if not self.pausers and self.breached is None and self.due is not None:
            if self.due < at:
                self.breached = self.due
            else:
                self.paused_at, self.nominal, self.due = at, self.due, None
                self.left = self._left(at, self.nominal)
        self.pausers.add(by)

    def resume(self, at: int, by: str) -> None:
        """Its clock goes on, unless somebody else still stops it."""
        if by in self.pausers:
            self.pausers.remove(by)
            if not self.pausers and self.left is not None:
                self.due = at + self.left if self.clock == "h" else due_from(at, f"{self.left}{self.clock}")
                self.left = None

    def extend(self, at: int, new_due: int) -> bool:
        """Another due time, if it is later and in time."""
        now_due = self.nominal if self.due is None else self.due
        if self.breached is not None or new_due <= now_due or (self.due is not None and self.due < at):
            return False
        if self.due is None:
            self.nominal, self.left = new_due, self._left(self.paused_at, new_due)
        else:
            self.due = new_due
        self.extended = True
        return True

    def _left(self, at: int, due: int) -> int:
        if self.clock == "h":
            return due - at
        days = range(at // 24 + 1, (due - 1) // 24 + 1)
        return len(days) if self.clock == "d" else sum(map(works, days))


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
    anchor: int = 0
    number: int = 0
    current: Duty | None = None

    def start(self, at: int, entered: int) -> None:
        """Like an opening fact of that day."""
        every, day = TERMS[self.term]["every"], at // 24
        if every == "1w":
            while (BEGIN + timedelta(day)).weekday():
                day += 1
        if every == "1m":
            while (BEGIN + timedelta(day)).day != 1:
                day += 1
        self.runs, self.rests, self.started, self.entered, self.number = True, False, at, entered, 0
        self.anchor, self.next_begin = day, at if every.endswith("h") else day * 24

    def begin_period(self) -> Duty | None:
        """The period that begins now; none where it has no working day."""
        every, begin = TERMS[self.term]["every"], self.next_begin
        self.number += 1
        if every.endswith("h"):
            end = begin + int(every[:-1])
        elif every == "1w":
            end = begin + 7 * 24
        elif every == "1m":
            on = BEGIN + timedelta(begin // 24)
            end = begin + monthrange(on.year, on.month)[1] * 24
        elif every.endswith("bd"):
            end = (counted(self.anchor, self.number * int(every[:-2]), "bd") + 1) * 24
        else:
            end = begin + int(every[:-1]) * 24
        self.next_begin, self.current = end, None
        if every in ("1w", "1m", "10d") and not any(map(works, range(begin // 24, end // 24))):
            return None
        grace = TERMS[self.term].get("grace")
        due = due_from(end, grace, from_end=True) if grace else end
        opened = max(begin, self.started)
        self.current = Duty(self.term, self.unit, self.opener, opened, self.entered, due, _named(begin, every), end)
        return self.current


def _named(begin: int, every: str) -> str:
    on = BEGIN + timedelta(begin // 24)
    return f"{on.isoformat()}T{begin % 24:02}:00:00+08:00" if every.endswith("h") else on.isoformat()


class Naive:
    """One order, read by ticking."""

    def __init__(self, story: list[Told], until: int) -> None:
        self.until = until
        self.duties: list[Duty] = []
        self.cycles: dict[tuple[str, str], Cycle] = {}
        self.refused: list[tuple[str, str]] = []
        self.unused: list[tuple[int, Told]] = []
        self.suspended = self.terminated = False
        self.signed: Told | None = None
        standing = self._admit([fact for fact in story if fact.entered <= until])
        self.by_hour: dict[int, list[Told]] = {}
        for fact in standing:
            self.by_hour.setdefault(self._read_at(fact), []).append(fact)
        for hour in range(min(self.by_hour, default=until), until + 1):
            self._tick(hour)

    def _admit(self, story: list[Told]) -> list[Told]:
        standing: list[Told] = []
        removed: dict[str, Told] = {}
        born: dict[tuple[str, str], dict[str, str]] = {}
        order = {fact.id: place for place, fact in enumerate(story)}
        for fact in story:
            signed = next((each for each in standing if each.name == "order.signed"), None)
            why = self._objection(fact, signed, standing)
            if why:
                self.refused.append((fact.id, why))
                continue
            own = FACTS[fact.name]
            if fact.name in ("work.plan_made", "work.item_made"):
                born.setdefault((own, fact.units[own]), fact.units)
            fact.units = {**born.get((own, fact.units.get(own, "")), {}), **fact.units}
            standing.append(fact)
            if fact.name == "general.fact_withdrawn":
                target = next(each for each in standing if each.id == fact.units["fact"])
                standing.remove(target)
                removed[target.id] = target
                if target.name == "general.fact_withdrawn" and target.units["fact"] in removed:
                    standing.append(removed.pop(target.units["fact"]))
                    standing.sort(key=lambda each: order[each.id])
        self.signed = next((each for each in standing if each.name == "order.signed"), None)
        return standing

    @staticmethod
    def _objection(fact: Told, signed: Told | None, standing: list[Told]) -> str:
        if fact.at > fact.entered:
            return "future"
        is_withdrawal = fact.name == "general.fact_withdrawn"
        if fact.name != "order.signed" and (fact.at < signed.at if signed else not is_withdrawal):
            return "before_signing"
        if is_withdrawal:
            target = next((each for each in standing if each.id == fact.units["fact"]), None)
            others = [each for each in standing if each is not target and each.name != "general.fact_withdrawn"]
            if target is None or (target.name == "order.signed" and others):
                return "withdrawal"
        return ""

    @staticmethod
    def _read_at(fact: Told) -> int:
        return fact.at if fact.entered <= due_from(fact.at, f"{GRACE_DAYS}bd") else fact.entered

    def _tick(self, hour: int) -> None:
        for cycle in self.cycles.values():
            self._begin_periods(cycle, hour)
        for fact in self.by_hour.get(hour, []):
            self._read(fact, hour)
            for cycle in self.cycles.values():
                self._begin_periods(cycle, hour)
        for duty in self.duties:
            if duty.closed is None and duty.due is not None and duty.due <= hour:
                duty.breached = duty.due
            if duty.closed is None and duty.breached is not None and not self._is_paused(duty):
                self._tell(duty, hour)

    def _begin_periods(self, cycle: Cycle, hour: int) -> None:
        while cycle.runs and cycle.next_begin <= hour:
            period = cycle.begin_period()
            self.duties.extend([period] if period else [])

    def _is_paused(self, duty: Duty) -> bool:
        return bool(duty.pausers) or self.suspended

    def _tell(self, duty: Duty, hour: int) -> None:
        told = [step for step, _at in duty.told]
        for step, _role in duty.said.get("escalates", ()):
            if step in told or duty.breached is None or duty.entered > hour:
                continue
            if due_from(duty.breached, step, from_end=True) <= hour:
                duty.told.append((step, hour))

    def _read(self, fact: Told, hour: int) -> None:
        used = self._close(fact, hour)
        self._void_and_end(fact, hour)
        self._pause_and_resume(fact, hour)
        if not used:
            self.unused.append((hour, fact))
        for term, said in TERMS.items():
            if fact.name in said["opens"] and not (self.terminated and term not in KEPT):
                self._open(term, said, fact, hour)

    def _unfinished(self, term: str) -> list[Duty]:
        return [duty for duty in self.duties if duty.term == term and duty.closed is None]

    def _close(self, fact: Told, hour: int) -> bool:
        used = False
        for term, said in TERMS.items():
            unit = fact.units.get(said.get("per", OF_ORDER))
            if fact.name not in said["closes"] or unit is None:
                continue
            found = [duty for duty in self._unfinished(term) if duty.unit == unit]
            if "every" in said:
                served = self._served(term, unit, said, hour)
                found = [served] if served else []
            for duty in found:
                duty.close(hour, "done")
                used = True
        return used

    def _served(self, term: str, unit: str, said: dict[str, Any], hour: int) -> Duty | None:
        mine = [duty for duty in self.duties if (duty.term, duty.unit) == (term, unit)]
        for duty in mine:
            if duty.extended and duty.closed is None and duty.ends <= hour and (duty.due is None or hour <= duty.due):
                return duty
        if said.get("grace"):
            ended = [duty for duty in mine if duty.ends <= hour and duty.state != "void"]
            return ended[-1] if ended and ended[-1].closed is None else None
        cycle = self.cycles.get((term, unit))
        current = cycle.current if cycle and cycle.runs else None
        return current if current and current.closed is None and hour < current.ends else None

    def _meant(self, said: dict[str, Any], fact: Told, thing: Duty | Cycle) -> bool:
        per, own = said.get("per", OF_ORDER), FACTS[fact.name]
        if per in fact.units:
            return thing.unit == fact.units[per]
        return thing.opener.units.get(own) == fact.units.get(own)

    def _void_and_end(self, fact: Told, hour: int) -> None:  # noqa: C901 (one sentence of the grammar after the other)
        for term, said in TERMS.items():
            if fact.name in said.get("voids", ()):
                for duty in self._unfinished(term):
                    if self._meant(said, fact, duty):
                        duty.close(hour, "void")
            if fact.name in said.get("until", ()):
                for cycle in self.cycles.values():
                    if cycle.term == term and self._meant(said, fact, cycle):
                        self._stop(cycle, hour)
        self._rule(fact, hour)
        if fact.name == "order.terminated":
            self.terminated = True
            for cycle in self.cycles.values():
                if cycle.term not in KEPT:
                    self._stop(cycle, hour)
            for duty in self.duties:
                if duty.closed is None and duty.term not in KEPT:
                    duty.close(hour, "void")

    @staticmethod
    def _stop(cycle: Cycle, hour: int) -> None:
        if cycle.current and cycle.current.closed is None and hour < cycle.current.ends:
            cycle.current.close(hour, "void")
        cycle.runs, cycle.rests, cycle.current = False, False, None

    def _rule(self, fact: Told, hour: int) -> None:
        name = fact.units.get("duty", "")
        for duty in self.duties:
            if duty.closed is None and name in (duty.name_of(True), duty.name_of(False)):
                if fact.name == "general.duty_waived":
                    duty.close(hour, "waived")
                if fact.name == "general.duty_extended":
                    duty.extend(hour, fact.payload["new_due"])

    def _pause_and_resume(self, fact: Told, hour: int) -> None:  # noqa: C901 (one sentence of the grammar after the other)
        for term, said in TERMS.items():
            for duty in self._unfinished(term):
                if fact.name in said.get("pauses", ()) and self._meant(said, fact, duty):
                    duty.pause(hour, "term")
                if fact.name in said.get("resumes", ()) and self._meant(said, fact, duty):
                    duty.resume(hour, "term")
        if fact.name == "order.suspended" and not self.suspended:
            self.suspended = True
            for cycle in self.cycles.values():
                goes_on = cycle.runs
                self._stop(cycle, hour)
                cycle.rests = goes_on
            for duty in self.duties:
                if duty.closed is None:
                    duty.pause(hour, "order")
        if fact.name in ("order.resumed", "order.terminated") and self.suspended:
            self.suspended = False
            for duty in self.duties:
                if duty.closed is None:
                    duty.resume(hour, "order")
            for cycle in self.cycles.values():
                if cycle.rests:
                    cycle.start(hour, fact.entered)

    def _open(self, term: str, said: dict[str, Any], fact: Told, hour: int) -> None:
        unit = fact.units.get(said.get("per", OF_ORDER))
        size = fact.payload.get("size")
        if unit is None or ("where" in said and (size is None or size < 2)):
            return
        grade = self.signed.payload.get("grade") if self.signed else None
        if "only" in said and grade not in said["only"]["grade"]:
            self.duties.append(
                Duty(term, unit, fact, fact.at, fact.entered, None, state="not_applicable", closed=fact.at)
            )
        elif "every" in said:
            self._open_cycle(term, unit, fact, hour)
        else:
            duty = Duty(term, unit, fact, fact.at, fact.entered, due_from(fact.at, said["within"]))
            self.duties.append(duty)
            done = None if term in ("1.1.1.c", "1.1.1.d") else self._done_before(said, fact, unit)
            if done:
                self.unused.remove(done)
                duty.close(max(fact.at, done[0]), "done")
            elif self.suspended:
                duty.pause(hour, "order")

    def _open_cycle(self, term: str, unit: str, fact: Told, hour: int) -> None:
        cycle = self.cycles.setdefault((term, unit), Cycle(term, unit, fact))
        if not (cycle.runs or cycle.rests):
            cycle.opener = fact
            if self.suspended:
                cycle.rests = True
            else:
                cycle.start(hour, fact.entered)

    def _done_before(self, said: dict[str, Any], fact: Told, unit: str) -> tuple[int, Told] | None:
        own, per = FACTS[fact.name], said.get("per", OF_ORDER)
        for hour, other in self.unused:
            answers = own != per and FACTS[other.name] == own and other.units.get(own) == fact.units.get(own)
            if other is not fact and other.name in said["closes"] and other.units.get(per) == unit and not answers:
                return hour, other
        return None

    def shown(self) -> list[tuple[Any, ...]]:
        """Every duty as it stands at the end."""
        rows = []
        for duty in self.duties:
            state = duty.state
            if duty.closed is None:
                state = "breached" if duty.breached is not None else "paused" if duty.due is None else "open"
            left = f"{duty.left}{duty.clock}" if duty.left is not None else None
            row = (duty.term, duty.unit, duty.opened, duty.period, duty.due, left, state, duty.extended, duty.closed)
            rows.append((*row, duty.breached, tuple(duty.told)))
        return sorted(rows, key=str)
