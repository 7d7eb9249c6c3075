"""What is known while an order is read, and how facts open duties and cycles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aftersign.policy.engine.tests.naive.company import Company
from aftersign.policy.engine.tests.naive.days import Days
from aftersign.policy.engine.tests.naive.screening import ADOPTED, SIGNED, first, screened
from aftersign.policy.engine.tests.naive.things import Cycle, Duty
from aftersign.policy.engine.tests.small import FACTS, SPAN, SPAN_OF_A, STAGES, TERMS
from aftersign.policy.engine.tests.telling import Told

OF_ORDER = "order"


class Ground:
    """The order of a story before it is read; `read` are its facts with the hours at which they were."""

    def __init__(self, story: Sequence[Told], until: int) -> None:
        self.until = until
        self.duties: list[Duty] = []
        self.cycles: dict[tuple[str, str], Cycle] = {}
        self.unused: list[tuple[int, Told]] = []
        self.read: list[tuple[int, Told]] = []
        self.suspended = self.terminated = False
        self.company = Company(story, until)
        known = [fact for fact in story if fact.entered <= until and not fact.is_of_company]
        self.standing, self.refused = screened(known)
        self.signed, self.adopted = first(self.standing, SIGNED), first(self.standing, ADOPTED)
        bound = self.adopted or self.signed
        self.living = {term for term in TERMS if self.company.lives(term, TERMS[term], bound)}
        self.days = self.company.days_known_to(self.signed) if self.signed else Days((), ())

    @property
    def earlier(self) -> set[str]:
        """The facts of the stages before that of the adoption."""
        names = [name for name, _reached, _facts in STAGES]
        before = STAGES[: names.index(self.adopted.payload["stage"])] if self.adopted else ()
        return {fact for _name, reached, facts in before for fact in (*reached, *facts)}

    @property
    def reaching(self) -> set[str]:
        """The facts that reach the stage of the adoption."""
        stage = self.adopted.payload["stage"] if self.adopted else ""
        return {fact for name, reached, _facts in STAGES for fact in reached if name == stage}

    def days_for(self, *facts: Told) -> Days:
        """The calendar now, or a later one that was known when one of these facts was stated."""
        known = [self.company.days_known_to(fact) for fact in facts]
        return max([self.days, *known], key=self.company.calendars.index)

    def take_in(self, fact: Told, hour: int) -> None:
        """What the adoption itself opens, per order; an order that has ended opens nothing more."""
        for term in self.living if not self.terminated else ():
            said = TERMS[term]
            if said.get("per", OF_ORDER) != OF_ORDER:
                continue
            if set(said["opens"]) & self.reaching:
                self._open(term, said, fact, hour)
            elif set(said["opens"]) & self.earlier:
                ends = set(said.get("until", ())) & (self.earlier | self.reaching)
                if "every" in said and not ends:
                    self._open(term, said, fact, hour)
                else:
                    self._leave_out(term, fact.units[OF_ORDER], fact)

    def open_or_pass(self, term: str, said: dict[str, Any], fact: Told, hour: int) -> None:
        """A fact opens, unless it lies before the adoption and that has opened for it."""
        unit, size = fact.units.get(said.get("per", OF_ORDER)), fact.payload.get("size")
        if unit is None or ("where" in said and (size is None or size < 2)):
            return
        past = self.adopted and (fact.name == SIGNED or fact.at < self.adopted.at)
        if past and said.get("per", OF_ORDER) == OF_ORDER and fact.name in self.earlier | self.reaching:
            return
        if past and fact.name in self.earlier:
            self._leave_out(term, unit, fact)
        else:
            self._open(term, said, fact, hour)

    def _clock_start(self, fact: Told) -> int:
        return max(fact.at, self.adopted.at) if self.adopted else fact.at

    def _leave_out(self, term: str, unit: str, fact: Told) -> None:
        at = self._clock_start(fact)
        self.duties.append(Duty(term, unit, fact, at, fact.entered, None, state="not_applicable", closed=at))

    def _open(self, term: str, said: dict[str, Any], fact: Told, hour: int) -> None:
        unit = fact.units[said.get("per", OF_ORDER)]
        grade = self.signed.payload.get("grade") if self.signed else None
        if "only" in said and grade not in said["only"]["grade"]:
            self._leave_out(term, unit, fact)
        elif "every" in said:
            self._open_cycle(term, unit, fact, hour)
        else:
            within = said["within"] if said["within"] != "$span" else SPAN_OF_A if grade == "A" else SPAN
            start = self._clock_start(fact)
            duty = Duty(term, unit, fact, start, fact.entered, None)
            duty.due_by = lambda days: days.due_from(start, within)
            duty.due = duty.due_by(self.days_for(fact))
            self.duties.append(duty)
            done = None if self._takes_turns(term) else self._done_before(said, fact, unit)
            if done:
                self.unused.remove(done)
                duty.close(max(start, done[0]), "done")
            elif self.suspended:
                duty.pause(hour, "order", self.days_for(fact))

    def _open_cycle(self, term: str, unit: str, fact: Told, hour: int) -> None:
        cycle = self.cycles.setdefault((term, unit), Cycle(term, unit, fact))
        if not (cycle.runs or cycle.rests):
            cycle.opener = fact
            if self.suspended:
                cycle.rests = True
            else:
                cycle.start(hour, fact.entered)

    def _takes_turns(self, term: str) -> bool:
        """Whether another term of the same unit is opened by what closes this one, and the other way round."""
        one = TERMS[term]
        return any(
            other != term
            and "every" not in two
            and two.get("per", OF_ORDER) == one.get("per", OF_ORDER)
            and set(one["opens"]) & set(two["closes"])
            and set(two["opens"]) & set(one["closes"])
            for other, two in TERMS.items()
            if other in self.living
        )

    def _done_before(self, said: dict[str, Any], fact: Told, unit: str) -> tuple[int, Told] | None:
        own, per = FACTS[fact.name], said.get("per", OF_ORDER)
        for hour, other in self.unused:
            answers = own != per and FACTS[other.name] == own and other.units.get(own) == fact.units.get(own)
            if other is not fact and other.name in said["closes"] and other.units.get(per) == unit and not answers:
                return hour, other
        return None
