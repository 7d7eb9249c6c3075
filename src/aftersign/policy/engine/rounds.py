"""Cycles: one round of periods for each term and unit, begun as time passes, each period a duty of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aftersign.policy.engine import clocks
from aftersign.policy.engine.almanac import Almanac
from aftersign.policy.engine.duties import Duty, Owners
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Fact


class Ground(Protocol):
    """What a round needs to know of its case."""

    order: str | None
    edition: str
    owners: Owners
    duties: list[Duty]
    almanac: Almanac


class Round:
    """The periods of one cycle of one unit.

    `next_at` is when the next period begins, None while the cycle does not run. `duties` are the periods begun so far
    that make a duty, oldest first; `current` is the one now running.
    """

    __slots__ = (
        "_anchor",
        "_begin",
        "_coming",
        "_ground",
        "_number",
        "_started",
        "_starter",
        "current",
        "duties",
        "ends",
        "extended",
        "next_at",
        "opener",
        "rests",
        "rule",
        "unit",
    )

    def __init__(self, ground: Ground, rule: Rule, unit: str, opener: Fact) -> None:
        self._ground, self.rule, self.unit, self.opener = ground, rule, unit, opener
        self.duties: list[Duty] = []
        self.extended: list[Duty] = []
        self.current: Duty | None = None
        self.ends = 0
        self.next_at: int | None = None
        self.rests = False
        self._coming: Rule | None = None
        self._starter = opener
        self._started = self._anchor = self._begin = self._number = 0

    @property
    def goes_on(self) -> bool:
        """Whether further periods will come, now or after a suspension."""
        return self.next_at is not None or self.rests

    @property
    def next_rule(self) -> Rule:
        """The rule that the next period follows."""
        return self._coming or self.rule

    def start(self, moment: int, starter: Fact) -> None:
        """Begin to run at a moment."""
        self.rests, self._starter, self._started = False, starter, moment
        self._anchor_at(moment)

    def follow(self, rule: Rule) -> None:
        """From the next period on, another edition's rule holds."""
        if rule is not self.next_rule:
            self._coming = rule

    def advance(self, moment: int) -> None:
        """Let every period begin whose time has come, up to and with a moment."""
        while self.next_at is not None and self.next_at <= moment:
            if self._coming is not None:
                self._take_over(self._coming, self.next_at)
            else:
                self._turn(self.next_at)

    def _anchor_at(self, moment: int) -> None:
        every = self.rule.every
        if every is not None:
            self.next_at = self._anchor = self._ground.almanac.first_begin(every, moment)
            self._number = 0

    def _take_over(self, rule: Rule, moment: int) -> None:
        """At the border of two periods another rule begins to hold; an equal length keeps its rhythm."""
        before, self.rule, self._coming = self.rule, rule, None
        if before.every != rule.every:
            self._anchor_at(moment)

    def _turn(self, begin: int) -> None:
        """The period that begins at a moment."""
        ground, rule = self._ground, self.rule
        almanac = ground.almanac
        if rule.every is None:
            return
        page = almanac.page(rule.every, self._anchor, self._number, begin)
        self._number += 1
        self._begin = begin
        self.ends = self.next_at = page.end
        self.current = None
        if page.makes_duty:
            due = page.end if rule.grace is None else almanac.counted_on(page.end, rule.grace)
            opened = max(begin, self._started)
            duty = Duty(rule, self.unit, ground.order, ground.edition, self.opener, opened, opened, due, ground.owners)
            duty.period, duty.ends, duty.starter = page.name, page.end, self._starter
            self.current = duty
            self.duties.append(duty)
            ground.duties.append(duty)

    def serve(self, rule: Rule, moment: int, fact: Fact) -> bool:
        """Lay a closing fact to the period that it serves; whether it has closed one."""
        self.advance(moment)
        duty = self._served(rule, moment)
        if duty is not None:
            clocks.end(duty, moment, "done", fact)
        return duty is not None

    def closable(self, moment: int) -> list[Duty]:
        """The periods that closing facts of a moment would serve, each by its own rule."""
        self.advance(moment)
        rules = {duty.rule.key: duty.rule for duty in self.duties if duty.closed is None}
        return [duty for rule in rules.values() if (duty := self._served(rule, moment)) is not None]

    def _served(self, rule: Rule, moment: int) -> Duty | None:
        duty = self._extended_at(moment)
        if duty is None:
            duty = self._last_ended(moment) if rule.grace is not None else self.current
        if duty is None or duty.closed is not None or duty.rule.key != rule.key:
            return None
        has_passed = duty.ends is not None and duty.ends <= moment
        return None if has_passed and rule.grace is None and not duty.extended else duty

    def _extended_at(self, moment: int) -> Duty | None:
        """The first extended period that has ended, is not done, and is not yet due."""
        for duty in self.extended:
            if duty.closed is None and (duty.ends or 0) <= moment and (duty.due is None or moment <= duty.due):
                return duty
        return None

    def _last_ended(self, moment: int) -> Duty | None:
        """The last period that made a duty, has ended and was not void."""
        for duty in reversed(self.duties):
            if (duty.ends or 0) <= moment and duty.state != "void":
                return duty
        return None

    def extend(self, duty: Duty, moment: int, new_due: int) -> None:
        """Extend one of the periods."""
        if clocks.extend(duty, moment, new_due, self._ground.almanac) and duty not in self.extended:
            self.extended.append(duty)

    def recount(self, moment: int) -> None:
        """The calendar has changed: the running period ends, and open ones fall due, by the new one."""
        every, almanac = self.rule.every, self._ground.almanac
        is_running = self.current is not None and self.ends > moment
        if is_running and self.current is not None and every is not None and every.unit == "bd":
            end = almanac.page(every, self._anchor, self._number - 1, self._begin).end
            self.ends = self.current.ends = end
            if self.next_at is not None:
                self.next_at = end
        for duty in self.duties:
            if duty.closed is None:
                clocks.recount(duty, moment, almanac)

    def end(self, moment: int, by: Fact) -> None:
        """No further period begins, and the one running is void; one that has ended stays."""
        self.advance(moment)
        self._break_off(moment, by)
        self.rests, self._coming = False, None

    def void(self, moment: int, by: Fact) -> None:
        """The order ends: no further period begins, and whatever is not done is void."""
        self.end(moment, by)
        for duty in self.duties:
            if duty.closed is None:
                clocks.end(duty, moment, "void", by)

    def stay(self) -> None:
        """No further period begins; the one running keeps its due time."""
        self.next_at, self.rests = None, False

    def halt(self, moment: int, who: str, cause: Fact) -> None:
        """A suspension: the running period is void, those that have ended and are not yet due are paused."""
        self.advance(moment)
        goes_on = self.goes_on
        self._break_off(moment, cause)
        self.rests = goes_on
        self._each_waiting(moment, lambda duty, almanac: clocks.stop(duty, moment, who, cause.name, almanac))

    def wake(self, moment: int, who: str, fact: Fact) -> None:
        """The suspension ends: the cycle starts again like by an opening fact of that day."""
        self._each_waiting(moment, lambda duty, almanac: clocks.lead_on(duty, moment, who, almanac))
        if self.rests:
            self.start(moment, fact)

    def _break_off(self, moment: int, by: Fact) -> None:
        duty = self.current
        if duty is not None and duty.closed is None and moment < self.ends:
            clocks.end(duty, moment, "void", by)
        self.current = self.next_at = None

    def _each_waiting(self, moment: int, act: Callable[[Duty, Almanac], None]) -> None:
        """Do something with each period that has ended but is not yet due, or whose clock stands still."""
        almanac = self._ground.almanac
        recent = []
        for duty in reversed(self.duties):
            if duty.due is not None and duty.due < moment and duty.state != "void":
                break
            recent.append(duty)
        for duty in {id(each): each for each in (*self.extended, *recent)}.values():
            if duty.closed is None and (duty.due is None or duty.due >= moment):
                act(duty, almanac)
