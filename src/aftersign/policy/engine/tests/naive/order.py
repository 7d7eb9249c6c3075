"""One order, read by ticking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aftersign.policy.engine.tests.naive.opening import OF_ORDER, Ground
from aftersign.policy.engine.tests.naive.things import Cycle, Duty
from aftersign.policy.engine.tests.small import FACTS, GRACE_DAYS, KEPT, TERMS
from aftersign.policy.engine.tests.telling import Told


class Naive(Ground):
    """The order of a story as it stands at an hour."""

    def __init__(self, story: Sequence[Told], until: int) -> None:
        super().__init__(story, until)
        events = [*self._in_order(self.standing), *self._turns()]
        self.by_hour: dict[int, list[Told]] = {}
        for hour, _place, fact in sorted(events, key=lambda each: each[:2]):
            self.by_hour.setdefault(hour, []).append(fact)
        for hour in range(min(self.by_hour, default=until), until + 1):
            self._tick(hour)

    def _in_order(self, standing: Sequence[Told]) -> list[tuple[int, int, Told]]:
        """Each fact with the hour at which it is read and its place: none before the adoption."""
        begin = self._read_at(self.adopted) if self.adopted else -100_000
        return [(max(begin, self._read_at(fact)), self.company.place(fact), fact) for fact in standing]

    def _turns(self) -> list[tuple[int, int, Told]]:
        """Changes of the calendar that come once the order is known."""
        since = self.company.place(self.signed) if self.signed else 1 << 30
        turns = [(fact.entered, self.company.place(fact), fact) for fact in self.company.turns]
        return [turn for turn in turns if turn[1] > since]

    def _read_at(self, fact: Told) -> int:
        latest = self.company.days_known_to(fact).due_from(fact.at, f"{GRACE_DAYS}bd")
        return fact.at if fact.entered <= latest else fact.entered

    def _tick(self, hour: int) -> None:
        self._begin_periods(hour)
        for fact in self.by_hour.get(hour, []):
            if fact.is_of_company:
                self._turn(fact, hour)
            else:
                self._read(fact, hour)
            self._begin_periods(hour)
        for duty in self.duties:
            if duty.closed is None and duty.due is not None and duty.due <= hour:
                duty.breached = duty.due
            self._reach(duty, hour)
            if duty.closed is None and not (duty.pausers or self.suspended):
                self._tell(duty, hour)

    def _begin_periods(self, hour: int) -> None:
        for cycle in self.cycles.values():
            while cycle.runs and cycle.next_begin <= hour:
                period = cycle.begin_period(self.days)
                self.duties.extend([period] if period else [])

    def _turn(self, fact: Told, hour: int) -> None:
        for duty in self.duties:
            self._reach(duty, hour)
        self.days = self.company.days_of(fact)
        for cycle in self.cycles.values():
            cycle.recount(hour, self.days)
        for duty in self.duties:
            duty.recount(hour, self.days if duty.period else self.days_for(duty.opener))

    def _reach(self, duty: Duty, hour: int) -> None:
        if duty.closed is None and duty.breached is not None and duty.entered <= hour:
            for step, _role in duty.said.get("escalates", ()):
                if self.days.due_from(duty.breached, step, from_end=True) <= hour:
                    duty.come.add(step)

    @staticmethod
    def _tell(duty: Duty, hour: int) -> None:
        told = [step for step, _at in duty.told]
        for step, _role in duty.said.get("escalates", ()):
            if step in duty.come and step not in told:
                duty.told.append((step, hour))

    def _read(self, fact: Told, hour: int) -> None:
        self.read.append((hour, fact))
        used = self._close(fact, hour)
        self._void_and_end(fact, hour)
        self._pause_and_resume(fact, hour)
        if not used:
            self.unused.append((hour, fact))
        if fact is self.adopted:
            self.take_in(fact, hour)
        for term, said in TERMS.items():
            if fact.name in said["opens"] and term in self.living and not (self.terminated and term not in KEPT):
                self.open_or_pass(term, said, fact, hour)

    def unfinished(self, term: str) -> list[Duty]:
        """The duties and periods of a term that nothing has closed."""
        return [duty for duty in self.duties if duty.term == term and duty.closed is None]

    def _close(self, fact: Told, hour: int) -> bool:
        used = False
        for term, said in TERMS.items():
            unit = fact.units.get(said.get("per", OF_ORDER))
            if fact.name not in said["closes"] or unit is None:
                continue
            for duty in self.closable(term, unit, hour):
                duty.close(hour, "done")
                used = True
        return used

    def closable(self, term: str, unit: str, hour: int) -> list[Duty]:
        """What a closing fact of a term closes if it is read at an hour."""
        if "every" not in TERMS[term]:
            return [duty for duty in self.unfinished(term) if duty.unit == unit]
        served = self._served(term, unit, TERMS[term], hour)
        return [served] if served else []

    def _served(self, term: str, unit: str, said: dict[str, Any], hour: int) -> Duty | None:
        mine = [duty for duty in self.duties if (duty.term, duty.unit) == (term, unit)]
        mine = [duty for duty in mine if duty.state != "not_applicable"]
        for duty in mine:
            if duty.extended and duty.closed is None and duty.ends <= hour and (duty.due is None or hour <= duty.due):
                return duty
        if said.get("grace"):
            ended = [duty for duty in mine if duty.ends <= hour and duty.state != "void"]
            return ended[-1] if ended and ended[-1].closed is None else None
        cycle = self.cycles.get((term, unit))
        current = cycle.current if cycle and cycle.runs else None
        return current if current and current.closed is None and hour < current.ends else None

    @staticmethod
    def _meant(said: dict[str, Any], fact: Told, thing: Duty | Cycle) -> bool:
        per, own = said.get("per", OF_ORDER), FACTS[fact.name]
        if per in fact.units:
            return thing.unit == fact.units[per]
        return thing.opener.units.get(own) == fact.units.get(own)

    def _void_and_end(self, fact: Told, hour: int) -> None:
        for term, said in TERMS.items():
            if fact.name in said.get("voids", ()):
                for duty in self.unfinished(term):
                    if self._meant(said, fact, duty):
                        duty.close(hour, "void")
            if fact.name in said.get("until", ()):
                for cycle in self.cycles.values():
                    if cycle.term == term and self._meant(said, fact, cycle):
                        cycle.stop(hour)
        self._rule(fact, hour)
        if fact.name == "order.terminated":
            self._terminate(hour)

    def _terminate(self, hour: int) -> None:
        self.terminated = True
        for cycle in self.cycles.values():
            if cycle.term not in KEPT:
                cycle.stop(hour)
        for duty in self.duties:
            if duty.closed is None and duty.term not in KEPT:
                duty.close(hour, "void")

    def _rule(self, fact: Told, hour: int) -> None:
        name = fact.units.get("duty", "")
        for duty in self.duties:
            if duty.closed is None and name in (duty.name_of(True), duty.name_of(False)):
                if fact.name == "general.duty_waived":
                    duty.close(hour, "waived")
                if fact.name == "general.duty_extended":
                    days = self.days if duty.period else self.days_for(fact, duty.opener)
                    duty.extend(hour, fact.payload["new_due"], days)

    def _pause_and_resume(self, fact: Told, hour: int) -> None:
        for term, said in TERMS.items():
            for duty in self.unfinished(term):
                if fact.name in said.get("pauses", ()) and self._meant(said, fact, duty):
                    duty.pause(hour, "term", self.days_for(fact, duty.opener))
                if fact.name in said.get("resumes", ()) and self._meant(said, fact, duty):
                    duty.resume(hour, "term", self.days_for(fact))
        if fact.name == "order.suspended" and not self.suspended:
            self._suspend(fact, hour)
        if fact.name in ("order.resumed", "order.terminated") and self.suspended:
            self._resume(fact, hour)

    def _suspend(self, fact: Told, hour: int) -> None:
        self.suspended = True
        for cycle in self.cycles.values():
            goes_on = cycle.runs
            cycle.stop(hour)
            cycle.rests = goes_on
        for duty in self.duties:
            if duty.closed is None:
                duty.pause(hour, "order", self.days if duty.period else self.days_for(fact, duty.opener))

    def _resume(self, fact: Told, hour: int) -> None:
        self.suspended = False
        for duty in self.duties:
            if duty.closed is None:
                duty.resume(hour, "order", self.days if duty.period else self.days_for(fact))
        for cycle in self.cycles.values():
            if cycle.rests:
                cycle.start(hour, fact.entered)

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
