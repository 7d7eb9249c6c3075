"""A case: the facts of one order, or of the company, read in order, and what the policy has made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aftersign.policy.engine import asking, clocks, stages
from aftersign.policy.engine.beginnings import begin
from aftersign.policy.engine.reading import read_all
from aftersign.policy.engine.types import Answer, Duty, Fact
from aftersign.policy.engine.world import World


class Case:
    """One order, or the company where no fact carries an order, as it stands at `until`.

    `edition` is the id of the one by which it opens duties, `signed` the standing order.signed, `stage` None for the
    company and for an order not signed, `next_step_at` the next moment at which time alone changes something.
    """

    def __init__(self, world: World, facts: Iterable[Fact], until: int) -> None:
        self.world, self.until = world, until
        self._state, found = begin(world, [fact for fact in facts if fact.entered <= until], until)
        self.order, self.refused, self.signed = self._state.order, found.refused, found.signed
        read_all(self._state)
        self._show()
        self.duties, self.exceptions = self._state.duties, self._state.exceptions
        self.breaches, self.edition = self._state.breaches, self._state.edition
        self.work = world.calendar()
        self.stage = stages.stage_of(self._state)

    def _show(self) -> None:
        """What the duties show at the moment of reading, and what has been told about them."""
        state = self._state
        for duty in state.duties:
            if duty.closed is None:
                clocks.show(duty, self.until)
                clocks.tell(duty, self.until, state.zone, self._reached)
            elif duty.breached is not None:
                clocks.tell(duty, self.until, state.zone, self._reached)

    def _reached(self, duty: Duty, role: str, moment: int) -> tuple[str, ...]:
        if duty.opener is None:
            return ()
        trail = self._state.trail(duty.opener, duty.unit_kind, duty.unit, moment)
        return self._state.roles(moment, self.world.place_at(moment)).told_of(duty, role, trail)

    @property
    def next_step_at(self) -> int | None:
        """The earliest moment to come at which time alone changes something: a breach, a step, a period, a stage."""
        coming = [duty.next_step_at for duty in self.duties]
        coming += [cycle.next_at for cycle in self._state.cycles.values() if cycle.is_running]
        coming += [stages.warranty_end(self._state)] if self.stage == stages.WARRANTY else []
        return min((moment for moment in coming if moment is not None), default=None)

    def ask(self, act: str, units: Mapping[str, str]) -> Answer:
        """What stands in the way of an act on a unit at this moment."""
        return asking.ask(self._state, self.stage, act, units)


def read_case(world: World, facts: Iterable[Fact], until: int) -> Case:
    """Read the facts of one order, or of the company, as they are known at a moment."""
    return Case(world, facts, until)
