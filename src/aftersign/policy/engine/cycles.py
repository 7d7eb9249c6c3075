"""A cycle of one unit: whether it runs or rests, the periods it has made, and which of them a closing fact serves."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.periods import Course, Period
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Duty, Fact

NEVER = 1 << 62


class Cycle:
    """A cycle from its first opening fact on; `rule` is what the next period follows, `starter` what started this run.

    `next_at` is when its next period begins, `NEVER` while it does not run; one that rests waits for the end of a
    suspension.
    """

    def __init__(self, rule: Rule, unit: str, opener: Fact) -> None:
        self.rule, self.unit, self.opener, self.starter = rule, unit, opener, opener
        self.is_resting = self.has_extended = False
        self.made: list[tuple[Period, Duty]] = []
        self.next_at = NEVER
        self._course: Course | None = None

    @property
    def is_running(self) -> bool:
        """Whether further periods begin."""
        return self._course is not None

    @property
    def is_over(self) -> bool:
        """Whether it neither runs nor rests, so that an opening fact starts it anew."""
        return self._course is None and not self.is_resting

    def start(self, starter: Fact, moment: int, zone: Zone) -> None:
        """Run from a moment on."""
        self.starter, self.is_resting = starter, False
        self._course = Course(moment, zone)
        self.turn_to(self.rule)

    def stop(self) -> None:
        """Run and rest no longer."""
        self.is_resting, self.next_at, self._course = False, NEVER, None

    def turn_to(self, rule: Rule) -> None:
        """Let the next period follow this rule."""
        self.rule = rule
        if self._course is not None and rule.every is not None:
            self.next_at = self._course.begins(rule.every)

    def follow(self, work: WorkCalendar) -> Period:
        """The next period; raises `RuntimeError` while the cycle does not run."""
        if self._course is None or self.rule.every is None:
            raise RuntimeError(f"{self.rule.id} does not run")
        period = self._course.follow(self.rule.every, self.rule.grace, work)
        self.next_at = period.end
        return period

    def unfinished(self) -> Iterator[Duty]:
        """The duties of its periods that nothing has closed or ended."""
        return (duty for _period, duty in self.made if duty.closed is None)

    def running(self, moment: int) -> Iterator[Duty]:
        """The unfinished duty of the period that has not ended by a moment."""
        return (duty for period, duty in self.made[-1:] if duty.closed is None and moment < period.end)

    def served(self, rules: list[Rule], moment: int) -> Duty | None:
        """The duty that a closing fact of these rules serves at a moment, done or not."""
        for period, duty in self.made if self.has_extended else ():
            is_open = duty.extended and duty.closed is None and duty.rule in rules
            if is_open and period.end <= moment <= (duty.due or moment):
                return duty
        has_grace = self.rule.grace is not None
        for period, duty in reversed(self.made):
            if duty.rule not in rules:
                continue
            if has_grace and period.end <= moment and duty.state != "void":
                return duty
            if not has_grace and moment >= period.start:
                return duty if moment < period.end else None
        return None
