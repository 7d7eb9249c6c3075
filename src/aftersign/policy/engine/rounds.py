"""The cycles of a case: started, ended and served while facts are read, and worked out into duties at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aftersign.policy.engine import clocks
from aftersign.policy.engine.cycles import Period, Run, periods
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.engine.names import WAIVED
from aftersign.policy.engine.types import Duty, Fact
from aftersign.policy.engine.variant import Rule
from aftersign.policy.engine.world import FOREVER

if TYPE_CHECKING:
    from aftersign.policy.engine.case import Case


@dataclass(frozen=True, slots=True)
class Mark:
    """A waiver, an extension or a change of owner that names a period."""

    moment: int
    fact: Fact


class Rounds:
    """All runs of all cycles of a case; `running` those that have not ended, by term and unit."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.running: dict[tuple[str, str], Run] = {}
        self.runs: list[Run] = []
        self.marks: dict[str, list[Mark]] = {}
        self.next_at: int | None = None
        self.barred: set[str] = set()
        self.resting: dict[tuple[str, str], tuple[Rule, Fact]] = {}

    def start(self, rule: Rule, fact: Fact, moment: int) -> None:
        """A cycle starts, unless it runs already; under a suspension it waits for its end."""
        unit = self._case.program.unit_id(rule.per, fact.units)
        key = (rule.id, unit)
        running = self.running.get(key)
        if rule.id in self.barred:
            return
        if running is not None:
            if running.rule is not rule:
                running.rules.append((moment, rule))
            return
        if self._case.suspended is not None and self._case.order:
            self.resting[key] = (rule, fact)
            return
        run = Run([(moment, rule)], fact, unit, moment, order=self._case.order, edition=self._case.edition)
        self.running[key] = run
        self.runs.append(run)

    def serve(self, rule: Rule, fact: Fact, moment: int) -> None:
        """A closing fact is kept for the runs of its unit, to be laid to a period at the end."""
        unit = self._case.program.unit_id(rule.per, fact.units)
        for run in self.runs:
            if run.unit == unit and run.rule.id == rule.id:
                run.closers.append((moment, fact))

    def stop(self, key: tuple[str, str], fact: Fact, moment: int, why: str | None = None) -> None:
        """A run ends: the period then running is void, and none follows."""
        run = self.running.pop(key, None)
        self.resting.pop(key, None)
        if run is not None:
            run.end, run.ended_by, run.why = moment, fact.id, why

    def rest(self, fact: Fact, moment: int) -> None:
        """A suspension: what runs ends, and waits to start again."""
        for key, run in list(self.running.items()):
            self.stop(key, fact, moment)
            self.resting[key] = (run.rule, run.opener)

    def wake(self, moment: int, kept: frozenset[str] | None = None) -> None:
        """The suspension ends: what rested starts again like by an opening fact of that day."""
        resting, self.resting = self.resting, {}
        for key, (rule, opener) in resting.items():
            if kept is None or rule.id in kept:
                run = Run([(moment, rule)], opener, key[1], moment, order=self._case.order, edition=self._case.edition)
                self.running[key] = run
                self.runs.append(run)

    def mark(self, name: str, fact: Fact, moment: int) -> None:
        """Keep a waiver, an extension or a hand-over that names a period (`TERM UNIT PERIOD`)."""
        self.marks.setdefault(name, []).append(Mark(moment, fact))

    def settle(self) -> None:
        """Work out the duties of all periods."""
        for run in self.runs:
            made = [self._duty(run, period) for period in periods(run, self._case.until, self._case.work, self._case.zone) if period.makes_duty]
            for duty, _period in made:
                self._apply_extensions(duty)
            self._lay(run, made)
            for duty, period in made:
                self._finish(run, duty, period)
                self._case.duties.append(duty)

    def _duty(self, run: Run, period: Period) -> tuple[Duty, Period]:
        case, rule = self._case, run.rule_at(period.start)
        hours = rule.every is not None and rule.every.counts_hours
        duty = Duty(
            term=rule.id,
            unit=run.unit,
            unit_kind=rule.per,
            order=run.order,
            opened=period.start,
            opened_by=run.opener.id,
            edition=run.edition,
            period=case.zone.text(period.start) if hours else period.name,
            due=period.due,
            rule=rule,
            carried=run.opener.units,
            read_at=max(run.opener.entered, run.start),
            seen=FOREVER,
        )
        if case.world.entries or case.signed:
            duty.seen = case.world.place_at(period.start)
            case.own(duty, rule, run.opener, period.start)
        else:
            duty.without_owner = True
        end = period.end if run.end is None else min(period.end, run.end)
        if run.end is None and end > case.until:
            self.next_at = end if self.next_at is None else min(self.next_at, end)
        return duty, period

    def _apply_extensions(self, duty: Duty) -> None:
        for mark in self.marks.get(duty.name, ()):
            case, new_due = self._case, mark.fact.payload.get("new_due")
            if new_due is not None:
                clocks.extend(duty, mark.moment, moment_of(new_due, case.zone), case.work, case.zone)

    def _lay(self, run: Run, made: list[tuple[Duty, Period]]) -> None:
        """Lay each closing fact to the period that it serves."""
        for moment, fact in run.closers:
            duty = self._served(run, made, moment)
            if duty is not None and duty.closed is None:
                clocks.end(duty, moment, "done", fact)

    def _served(self, run: Run, made: list[tuple[Duty, Period]], moment: int) -> Duty | None:
        for duty, period in made:
            if duty.extended and duty.closed is None and period.end <= moment <= (duty.due or 0):
                return duty
        if any(rule.grace for _since, rule in run.rules):
            ended = [duty for duty, period in made if period.end <= moment and not self._is_void(run, period)]
            return ended[-1] if ended else None
        return next((duty for duty, period in made if period.start <= moment < period.end and moment >= run.start), None)

    @staticmethod
    def _is_void(run: Run, period: Period) -> bool:
        return run.end is not None and run.end < period.end

    def _finish(self, run: Run, duty: Duty, period: Period) -> None:
        """Waivers and the end of the run, for a period that nothing has closed in time."""
        for mark in self.marks.get(duty.name, ()):
            if mark.fact.name == WAIVED and (duty.closed is None or mark.moment < duty.closed):
                duty.breached = None
                clocks.end(duty, mark.moment, "waived", mark.fact, mark.fact.payload.get("reason"))
            elif (person := mark.fact.payload.get("to_person") or mark.fact.payload.get("person")) and not duty.closed:
                duty.owner, duty.without_owner = str(person), False
        if duty.closed is None and self._is_void(run, period) and run.end is not None:
            duty.closed, duty.closed_by, duty.reason, duty.state = run.end, run.ended_by, run.why, "void"

