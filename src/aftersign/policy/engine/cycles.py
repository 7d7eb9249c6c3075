"""A cycle of one unit: whether it runs or rests, the periods it has made, and which of them a closing fact serves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.periods import Course, Period
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Duty, Fact


@dataclass(slots=True)
class Cycle:
    """A cycle from its first opening fact on; `rule` is what the next period follows, `starter` what started this run.

    It runs while it has a `course`; one that rests waits for the end of a suspension.
    """

    rule: Rule
    unit: str
    opener: Fact
    starter: Fact
    course: Course | None = None
    is_resting: bool = False
    made: list[tuple[Period, Duty]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether it neither runs nor rests, so that an opening fact starts it anew."""
        return self.course is None and not self.is_resting

    def start(self, starter: Fact, moment: int, zone: Zone) -> None:
        """Run from a moment on."""
        if self.rule.every is not None:
            self.starter, self.is_resting = starter, False
            self.course = Course(moment, self.rule.every, zone)

    def begins(self) -> int | None:
        """When the next period begins, None while it does not run."""
        if self.course is None or self.rule.every is None:
            return None
        return self.course.begins(self.rule.every)

    def follow(self, work: WorkCalendar) -> Period | None:
        """The next period, None while it does not run."""
        if self.course is None or self.rule.every is None:
            return None
        return self.course.follow(self.rule.every, self.rule.grace, work)

    def unfinished(self) -> Iterator[Duty]:
        """The duties of its periods that nothing has closed or ended."""
        return (duty for _period, duty in self.made if duty.closed is None)

    def running(self, moment: int) -> Iterator[Duty]:
        """The unfinished duty of the period that has not ended by a moment."""
        return (duty for period, duty in self.made[-1:] if duty.closed is None and moment < period.end)

    def served(self, rules: list[Rule], moment: int) -> Duty | None:
        """The duty that a closing fact of these rules serves at a moment, done or not."""
        mine = [(period, duty) for period, duty in self.made if duty.rule in rules]
        for period, duty in mine:
            if duty.extended and duty.closed is None and period.end <= moment and _is_in_time(duty, moment):
                return duty
        if self.rule.grace is not None:
            ended = [duty for period, duty in mine if period.end <= moment and duty.state != "void"]
            return ended[-1] if ended else None
        return next((duty for period, duty in reversed(mine) if period.start <= moment < period.end), None)


def _is_in_time(duty: Duty, moment: int) -> bool:
    return duty.due is None or moment <= duty.due
