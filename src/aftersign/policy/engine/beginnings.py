"""Where a case begins: the edition and the rooms that it stands under, and the facts that stand in it."""

from __future__ import annotations

from operator import itemgetter

from aftersign.policy.engine import names
from aftersign.policy.engine.screening import Read, Screened, effective, screen
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.world import World


def begin(world: World, facts: list[Fact], until: int) -> tuple[State, Screened]:
    """The case before its first fact is read, with what has come of its facts so far."""
    order = next((fact.units[names.ORDER] for fact in facts if names.ORDER in fact.units), None)
    if order is None:
        edition = world.first_edition()
        program = world.program(edition)
        rooms = world.rooms_from_start(program)
        found = screen(world, program, rooms, facts, is_order=False)
    else:
        signed = next((fact for fact in facts if fact.name == names.SIGNED), facts[0])
        edition, found = _as_of(world, facts, signed.at)
        start = found.adopted or found.signed or signed
        if start.at != signed.at:
            edition, found = _as_of(world, facts, start.at)
        program = world.program(edition)
        rooms = world.rooms_at(start.at, program)
    state = State(world, program, edition, rooms, order, found, until)
    state.leavings = _leavings(state, facts) if order is not None and world.departures else []
    return state, found


def _as_of(world: World, facts: list[Fact], moment: int) -> tuple[str, Screened]:
    """The edition in force at a moment, and the facts of an order that stand by it."""
    edition = world.edition_at(moment)
    program = world.program(edition)
    return edition, screen(world, program, world.rooms_at(moment, program), facts, is_order=True)


def _leavings(state: State, facts: list[Fact]) -> list[Read]:
    """People who have left since the order began, among its facts in the order of reading."""
    since, world = facts[0].place, state.world
    read = [
        (effective(world, state.program, fact), fact.position, fact)
        for fact in world.departures
        if fact.position > since and fact.entered <= state.until
    ]
    return sorted(read, key=itemgetter(0, 1))
