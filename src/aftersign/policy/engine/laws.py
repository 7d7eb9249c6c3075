"""The law of a case: editions that take effect or are replaced, an order that is moved, rooms that are installed."""

from __future__ import annotations

from dataclasses import replace

from aftersign.policy.engine import names, opening, rounds
from aftersign.policy.engine.conditions import all_met
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Fact


def move(state: State, fact: Fact, moment: int) -> None:
    """An order is moved to another edition; its open duties keep theirs."""
    edition = state.world.edition_of(fact.payload)
    if edition and state.order is not None:
        _turn(state, edition, state.rooms, moment)


def replace_edition(state: State, fact: Fact, moment: int) -> None:
    """An edition is replaced: only the cycles that the new one no longer has come to an end, and for good."""
    terms = fact.payload.get("terms_ended")
    ended = {str(each) for each in terms} if isinstance(terms, list | tuple) else set()
    for cycle in state.cycles.values():
        if cycle.rule.id in ended:
            rounds.end(state, cycle, fact, moment)
    state.barred |= {(state.program, term) for term in ended}


def take_effect(state: State, fact: Fact, moment: int) -> None:
    """A new edition for the company: cycles that it still has go on, with their next period by it."""
    if state.order is None:
        _turn(state, fact.units.get("edition", state.edition), state.rooms, moment)


def install(state: State, fact: Fact, moment: int) -> None:
    """A room is installed: an edition that took effect before counts as taking effect now, for the room's terms."""
    if state.order is not None:
        return
    before = state.variant.rules.keys()
    _turn(state, state.edition, state.rooms | {str(fact.payload.get("room"))}, moment)
    effects = (each for at, place, each in reversed(state.facts) if (at, place) < (moment, fact.position))
    effect = next((each for each in effects if each.name == names.TOOK_EFFECT), None)
    hand = state.variant.hands.get(names.TOOK_EFFECT)
    if effect is None or hand is None:
        return
    now = replace(effect, id=fact.id, at=fact.at, entered=fact.entered, seen=fact.seen, position=fact.position)
    fresh = [rule for rule in hand.opens if rule.id not in before and all_met(rule.where, effect.payload)]
    opening.open_all(state, fresh, now, moment)


def _turn(state: State, edition: str, rooms: frozenset[str], moment: int) -> None:
    program: Program = state.world.program(edition)
    rounds.advance_all(state, moment - 1)
    state.turn_to(program, edition, rooms)
    for cycle in state.cycles.values():
        rule = state.variant.rules.get(cycle.rule.id)
        if rule is not None and rule.applies:
            cycle.turn_to(rule)
        else:
            cycle.stop()
