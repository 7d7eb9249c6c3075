"""The reading itself: each fact first closes, then voids and ends, then pauses and resumes, then opens."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from aftersign.policy.engine import clocks, laws, names, notes, opening, orderwide, rounds
from aftersign.policy.engine.program import unit_id
from aftersign.policy.engine.rules import Hand
from aftersign.policy.engine.screening import Read
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Breach, Fact

_TERM = "term"
Turn = Callable[[State, Fact, int], None]
_TURNS: dict[str, Turn] = {
    names.WAIVED: notes.waive,
    names.EXTENDED: notes.extend,
    names.TAKEN: notes.hand_over,
    names.HANDED_ON: notes.hand_over,
    names.PERSON_LEFT: notes.leave,
    names.RELEASED: notes.release,
    names.TEAM_NAMED: notes.name_team,
    names.ADOPTED: opening.take_in,
    names.ORDER_MOVED: laws.move,
    names.WAS_REPLACED: laws.replace_edition,
    names.TOOK_EFFECT: laws.take_effect,
    names.ROOM_INSTALLED: laws.install,
}


def read_all(state: State) -> None:
    """Read every fact of a case in its order, and make the periods that have begun by the end."""
    law, wide = None, dict[str, Turn]()
    for read in sorted(state.facts + state.leavings, key=itemgetter(0, 1)) if state.leavings else state.facts:
        moment, _position, fact = read
        if state.variant is not law:
            law, wide = state.variant, _order_wide(state)
        hand = state.hand(fact.name)
        if hand is not None:
            if hand.closes or hand.serves:
                _close(state, hand, read)
            if hand.turns_clocks:
                _end(state, hand, fact, moment)
                _pause(state, hand, fact, moment)
        turn = wide.get(fact.name) or _TURNS.get(fact.name)
        if turn is not None:
            turn(state, fact, moment)
            hand = state.hand(fact.name)
        if hand is not None:
            if hand.opens:
                opening.open_all(state, hand.opens, fact, moment)
            for term in hand.breaks:
                pk = unit_id(term.per, fact.units)
                state.breaches.append(Breach(term.id, pk, state.order, fact.at, fact.id))
    rounds.advance_all(state, state.until)


def _close(state: State, hand: Hand, read: Read) -> None:
    """Close what waits for a fact; one that has closed nothing is kept for what opens later."""
    moment, _position, fact = read
    closed = False
    for rule in hand.closes:
        waiting = state.live.get(rule)
        for duty in waiting.pop(unit_id(rule.per, fact.units), ()) if waiting else ():
            clocks.close(duty, moment, fact)
            closed = True
    if hand.serves:
        closed |= rounds.serve(state, hand, fact, moment)
    if not closed:
        for kind in hand.kinds:
            state.spare.setdefault((fact.name, kind, unit_id(kind, fact.units)), []).append(read)


def _end(state: State, hand: Hand, fact: Fact, moment: int) -> None:
    for rule in hand.voids:
        for duty in state.meant(rule, fact):
            orderwide.void(state, duty, fact, moment)
    for rule in hand.ends if fact.name != names.WAS_REPLACED else ():
        for cycle in rounds.meant(state, rule, fact):
            rounds.end(state, cycle, fact, moment)


def _pause(state: State, hand: Hand, fact: Fact, moment: int) -> None:
    for rule in hand.pauses:
        for duty in state.meant(rule, fact):
            clocks.stop(duty, moment, _TERM, fact.name, state.calendar(fact), state.zone)
    for rule in hand.resumes:
        for duty in state.meant(rule, fact):
            clocks.lead_on(duty, moment, _TERM, state.calendar(fact), state.zone)


def _order_wide(state: State) -> dict[str, Turn]:
    """What suspends, resumes and terminates an order by the law in force."""
    if state.order is None:
        return {}
    wide = state.wide
    return {wide.pauses: orderwide.suspend, wide.resumes: orderwide.resume, wide.voids: orderwide.terminate}
