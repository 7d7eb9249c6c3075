"""A case: the facts of one order, or of the company, read in order, and what the policy has made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from aftersign.kernel.clock.due import due
from aftersign.policy.engine import adoption, clocks, names, stages
from aftersign.policy.engine.asking import ask
from aftersign.policy.engine.cycles import Run
from aftersign.policy.engine.matters import Matters
from aftersign.policy.engine.roles import Roles
from aftersign.policy.engine.rounds import Rounds
from aftersign.policy.engine.screening import screen
from aftersign.policy.engine.types import Answer, Breach, Duty, Fact, Refused, Released
from aftersign.policy.engine.variant import Hand, Rule, Variant
from aftersign.policy.engine.world import FOREVER, World


class Case:
    """One order, or the company where no fact carries an order, as it stands at `until`."""

    def __init__(self, world: World, facts: Iterable[Fact], until: int) -> None:
        facts = list(facts)
        self.world, self.until = world, until
        self.order = next((fact.units["order"] for fact in facts if "order" in fact.units), None)
        first = next((fact for fact in facts if fact.name == names.SIGNED), None)
        moved_in = next((fact for fact in facts if fact.name == names.ADOPTED), None)
        begins = (moved_in or first).at if (moved_in or first) else until  # type: ignore[union-attr]
        self.edition = world.edition_at(begins if self.order else until)
        self.program = world.program(self.edition)
        self.zone, self.work = world.zone(self.program), world.calendar()
        found = screen(self.program, facts, until, self.work, self.zone, is_order=self.order is not None)
        self.facts, self.signed, self.adopted = found.facts, found.signed, found.adopted
        self.refused: list[Refused] = found.refused
        self.duties: list[Duty] = []
        self.exceptions: list[Released] = []
        self.breaches: list[Breach] = []
        self.team: dict[str, str] = {}
        self.teams: list[tuple[int, dict[str, str]]] = []
        self.suspended: Fact | None = None
        self.ended: Fact | None = None
        self.live: dict[tuple[Rule, str], list[Duty]] = {}
        self.closers: dict[tuple[str, str, str], list[list[Any]]] = {}
        self.rounds = Rounds(self)
        self.variants: list[Variant] = []
        self.choose(self.edition, begins)
        Matters(self).read()
        self.rounds.settle()
        self._show()
        self.stage = stages.stage_of(self)

    def choose(self, edition: str, moment: int) -> None:
        """From now on terms open by this edition; the ones before go on for what they have opened."""
        program = self.world.program(edition)
        rooms = self.world.rooms_at(moment, program)
        variant = program.variant(rooms, self.signed.payload if self.signed else {})
        self.edition = edition
        self.variants = [variant, *(each for each in self.variants if each is not variant)]

    @property
    def variant(self) -> Variant:
        """The living terms by which this case opens duties now."""
        return self.variants[0]

    def hands(self, name: str) -> list[tuple[Variant, Hand]]:
        """What a kind of fact does, by each variant that the case has gone through."""
        return [(each, hand) for each in self.variants if (hand := each.hands.get(name)) is not None]

    def clock_of(self, fact: Fact) -> int:
        """When the clock starts of what a fact opens: at its event, or at the adoption if that is later."""
        return max(fact.at, self.adopted.at) if self.adopted else fact.at

    def open(self, rule: Rule, fact: Fact, moment: int, *, applies: bool = True) -> Duty:
        """A duty opens; what is outside of its term is listed without a due time."""
        starts = self.clock_of(fact)
        duty = Duty(
            term=rule.id,
            unit=self.program.unit_id(rule.per, fact.units),
            unit_kind=rule.per,
            order=self.order,
            opened=starts,
            opened_by=fact.id,
            edition=self.edition,
            rule=rule,
            carried=fact.units,
            read_at=max(fact.entered, starts),
            seen=fact.seen if fact.seen is not None else (fact.position or FOREVER),
        )
        self.duties.append(duty)
        if not (applies and rule.applies) or rule.within is None:
            duty.state, duty.closed = "not_applicable", starts
            return duty
        duty.due = due(starts, rule.within, self.world.calendar(duty.seen), self.zone)
        self.own(duty, rule, fact, moment)
        self.live.setdefault((rule, duty.unit), []).append(duty)
        return duty

    def own(self, duty: Duty, rule: Rule, fact: Fact, moment: int) -> None:
        """Find who owes a duty, as the company stood when its opening fact was recorded."""
        if not self.world.entries and not self.team and self.signed is None:
            duty.without_owner = True
            return
        owner = self._roles(moment).owner(rule.term.owner, self.finder(fact, moment), duty.seen)
        duty.owner, duty.owner_department, duty.without_owner = owner.person, owner.department, owner.without_owner

    def finder(self, fact: Fact, moment: int) -> Callable[[str], Any]:
        """How a key of the unit is found: in this fact, else in the latest earlier one of the same unit."""

        def find(key: str) -> Any:
            value = fact.payload.get(key) or fact.units.get(key)
            if value:
                return value
            unit = self.program.facts[fact.name].unit
            pk = fact.units.get(unit)
            for read_at, _place, other in reversed(self.facts):
                if read_at <= moment and other.units.get(unit) == pk:
                    value = other.payload.get(key) or other.units.get(key)
                    if value:
                        return value
            return None

        return find

    def _roles(self, moment: int) -> Roles:
        team: dict[str, str] = {}
        for since, named in self.teams:
            if since <= moment:
                team = named
        signed = self.signed.payload if self.signed else {}
        return Roles(self.world, self.variant.rulebook.roles, signed, team)

    def _show(self) -> None:
        """What the duties show at the moment of reading, and what has been told about them."""
        for duty in self.duties:
            if duty.state == "not_applicable":
                continue
            clocks.show(duty, self.until)
            work = self.world.calendar(duty.seen)
            clocks.tell(duty, self.until, work, self.zone, self._people(duty))

    def _people(self, duty: Duty) -> Callable[[str, int], tuple[str, ...]]:
        def people(role: str, moment: int) -> tuple[str, ...]:
            if not self.world.entries:
                return ()
            opener = next((fact for _at, _place, fact in self.facts if fact.id == duty.opened_by), None)
            found = self.finder(opener, moment) if opener else (lambda key: None)
            return self._roles(moment).told_of(duty, role, found, self.world.place_at(moment))

        return people

    @property
    def next_step_at(self) -> int | None:
        """The earliest moment to come at which time alone changes something: a breach, a step, a period, a stage."""
        coming = [duty.next_step_at for duty in self.duties if duty.next_step_at is not None]
        coming += [moment for moment in (self.rounds.next_at, stages.next_change(self)) if moment is not None]
        return min(coming, default=None)

    def ask(self, act: str, units: dict[str, str]) -> Answer:
        """What stands in the way of an act on a unit at this moment."""
        return ask(self, act, units)

    def stands_for(self) -> frozenset[str]:
        """The facts for which an adoption stands."""
        return adoption.stood_for(self) if self.adopted else frozenset()

    def runs_of(self, rule: Rule, unit: str) -> Run | None:
        """The cycle of a rule that runs for a unit."""
        return self.rounds.running.get((rule.id, unit))


def read_case(world: World, facts: Iterable[Fact], until: int) -> Case:
    """Read the facts of one order, or of the company, as they are known at a moment."""
    return Case(world, facts, until)
