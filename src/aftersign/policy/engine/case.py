"""A case: the facts of one order, or of the company, read in order, and what the policy has made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from aftersign.policy.engine import asking, names, stages
from aftersign.policy.engine.adoption import standing
from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.owners import CaseOwners
from aftersign.policy.engine.reading import read_company, read_order
from aftersign.policy.engine.record import Record, Standing
from aftersign.policy.engine.screening import Evidence, Screen, Screened, in_reading_order
from aftersign.policy.engine.showing import show
from aftersign.policy.engine.types import Answer, Breach, Fact, Refused, Released
from aftersign.policy.engine.world import FOREVER, World
from aftersign.policy.rulebook import Term


class Case:
    """One order, or the company where no fact carries an order, as it stands at `until`."""

    def __init__(self, world: World, facts: Iterable[Fact], until: int, *, order: str | None = None) -> None:
        facts = [fact for fact in facts if fact.entered <= until]
        self._owners = CaseOwners()
        if order is None:
            order = next((each.units[names.ORDER] for each in facts if names.ORDER in each.units), None)
        signed, adopted = _taken_in(facts) if order else (None, None)
        record, found = self._screened(world, facts, until, order, signed, adopted)
        if order and (found.signed is not signed or found.adopted is not adopted):
            record, found = self._screened(world, facts, until, order, found.signed, found.adopted)
        self.refused: list[Refused] = found.refused
        record.signed = found.signed
        if record.order is not None and found.signed is not None:
            record.variant = record.program.variant(record.variant.rooms, found.signed.payload)
            record.hands = record.variant.of_orders
        latest = _latest_entry(record)
        if found.adopted is not None:
            moment = in_reading_order([found.adopted], latest, -FOREVER)[0][0]
            record.adopted = standing(record.program.rulebook, found.adopted, moment)
        not_before = -FOREVER if record.adopted is None else record.adopted.moment
        record.facts = in_reading_order(found.facts, latest, not_before)
        if record.order is None:
            read_company(record)
        else:
            read_order(record)
        self._next_step_at = show(record, self._owners.reached)

    def _screened(
        self,
        world: World,
        facts: list[Fact],
        until: int,
        order: str | None,
        signed: Fact | None,
        adopted: Fact | None,
    ) -> tuple[Record, Screened]:
        """The state before the first fact for an order taken in so, and what of the facts stands then."""
        record = self._record = _begin(world, facts, until, order, signed, adopted, self._owners)
        self._owners.of(record)
        screen = Screen(record.program, record.variant.evidence, self._evidence_of, record.order is not None)
        return record, screen.take(facts, until)

    def _evidence_of(self, moved: Fact) -> Evidence:
        """What closing facts must carry once the order has been moved to another edition."""
        record = self._record
        program = record.world.program(record.world.edition_of(moved))
        return program.variant(record.variant.rooms, record.variant.signed).evidence

    @property
    def order(self) -> str | None:
        """The id of the order, None for the company."""
        return self._record.order

    @property
    def until(self) -> int:
        """The moment of reading."""
        return self._record.until

    @property
    def duties(self) -> list[Duty]:
        """Every duty, and every period begun so far, in the order in which they were opened."""
        return self._record.duties

    @property
    def exceptions(self) -> list[Released]:
        """The gates that were released."""
        return self._record.exceptions

    @property
    def breaches(self) -> list[Breach]:
        """What bans say must never happen, and happened."""
        return self._record.breaches

    @property
    def edition(self) -> str:
        """The edition under which terms open now."""
        return self._record.edition

    @property
    def rooms(self) -> frozenset[str]:
        """The rooms that bind the order, or are installed by now."""
        return self._record.variant.rooms

    @property
    def signed(self) -> Fact | None:
        """The order as first signed."""
        return self._record.signed

    @property
    def adopted(self) -> Standing | None:
        """How the order was taken in, where it was running before the system."""
        return self._record.adopted

    @property
    def facts(self) -> list[Fact]:
        """The facts that stand, in the order in which they are read."""
        return [fact for _moment, _place, fact in self._record.facts]

    @property
    def stage(self) -> str | None:
        """The stage of the order; None for the company and for an order not signed."""
        return stages.stage_of(self._record)

    @property
    def next_step_at(self) -> int | None:
        """The earliest moment to come at which time alone changes something: a breach, a step, a period, a stage."""
        coming = [self._next_step_at]
        if self.stage == stages.WARRANTY:
            coming.append(stages.warranty_end(self._record))
        return min((moment for moment in coming if moment is not None), default=None)

    def ask(self, act: str, units: Mapping[str, str]) -> Answer:
        """What stands in the way of an act on a unit at this moment."""
        return asking.ask(self._record, self.stage, act, units)

    def gates_of(self, act: str) -> list[Term]:
        """The gates that hold an act up in this case, released or not."""
        return [term for term in self._record.variant.acts.get(act, ()) if term.kind == "gate"]

    def told_when_closed(self, duty: Duty) -> tuple[str, ...]:
        """The people who are told that a duty is done."""
        return self._owners.told_when_closed(duty)


def read_case(world: World, facts: Iterable[Fact], until: int, *, order: str | None = None) -> Case:
    """Read the facts of one order, or of the company, as they are known at a moment.

    The case is that of the order which facts carry; `order` is given as "" for the company where facts of orders that
    act on its own duties (`Program.guests`) are among them.
    """
    return Case(world, facts, until, order=order)


def _taken_in(facts: list[Fact]) -> tuple[Fact | None, Fact | None]:
    """How an order came in, unless that was refused or withdrawn: its signature, and the adoption entered with it."""
    signed = next((each for each in facts if each.name == names.SIGNED), None)
    together = (each for each in facts if signed and each.name == names.ADOPTED and each.entered == signed.entered)
    return signed, next(together, None)


def _begin(
    world: World,
    facts: list[Fact],
    until: int,
    order: str | None,
    signed: Fact | None,
    adopted: Fact | None,
    owners: CaseOwners,
) -> Record:
    """The state before the first fact: the edition and rooms that bind the order."""
    first = adopted or signed
    known = first or next(iter(facts), None)
    place = known.knew if known else FOREVER
    if order:
        edition = world.edition_at(first.at if first else until, first.knew if first else FOREVER)
    else:
        edition = world.edition_at(-FOREVER)
    program = world.program(edition)
    if order:
        rooms = world.rooms_of_order(first.at if first else until, first.knew if first else FOREVER, program)
    else:
        rooms = world.rooms_at(FOREVER, program)
    variant = program.variant(rooms, signed.payload if signed else {})
    zone = world.zone(program)
    hands = variant.of_orders if order else variant.of_company
    turns = tuple(each for each in world.turns if each.place > place and each.entered <= until)
    almanac = world.almanac(zone, place)
    return Record(
        world, order or None, edition, program, variant, hands, zone, almanac, place, place, turns, until, owners
    )


def _latest_entry(record: Record) -> Callable[[Fact], int]:
    """Until when a fact must have been entered to be read at its event."""
    grace = record.program.grace
    if not record.turns:
        due = record.almanac.due
        return lambda fact: due(fact.at, grace)
    return lambda fact: record.almanac_of(fact).due(fact.at, grace)
