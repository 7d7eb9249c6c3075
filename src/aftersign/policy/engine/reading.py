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
_SPECIAL: dict[str, Callable[[State, Fact, int], None]] = {
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
    for read in sorted(state.facts + state.leavings, key=itemgetter(0, 1)) if state.leavings else state.facts:
        moment, _position, fact = read
        hands = [hand for variant in state.variants if (hand := variant.hands.get(fact.name)) is not None]
        if hands:
            _close(state, hands, read)
            for hand in hands:
                _end(state, hand, fact, moment)
            for hand in hands:
                _pause(state, hand, fact, moment)
        if state.order is not None:
            _order_wide(state, fact, moment)
        special = _SPECIAL.get(fact.name)
        if special is not None:
            special(state, fact, moment)
        law = state.variant.hands.get(fact.name)
        if law is not None:
            if law.opens:
                opening.open_all(state, law.opens, fact, moment)
            for term in law.breaks:
                pk = unit_id(term.per, fact.units)
                state.breaches.append(Breach(term.id, pk, state.order, fact.at, fact.id))
    rounds.advance_all(state, state.until)


def _close(state: State, hands: list[Hand], read: Read) -> None:
    """Close what waits for a fact; one that has closed nothing is kept for what opens later."""
    moment, _position, fact = read
    closed, kinds = False, set[str]()
    for hand in hands:
        kinds |= hand.kinds
        for rule in hand.closes:
            waiting = state.live.get(rule)
            duties = waiting.pop(unit_id(rule.per, fact.units), ()) if waiting else ()
            for duty in duties:
                clocks.close(duty, moment, fact)
                closed = True
    serving = [rule for hand in hands for rule in hand.serves]
    if serving:
        closed |= rounds.serve(state, serving, fact, moment)
    if not closed:
        for kind in kinds:
            state.spare.setdefault((fact.name, kind, unit_id(kind, fact.units)), []).append(read)


def _end(state: State, hand: Hand, fact: Fact, moment: int) -> None:
    for rule in hand.voids:
        for duty in state.meant(rule, fact):
            orderwide.void(state, duty, fact, moment)
    if fact.name != names.WAS_REPLACED:
        for rule in hand.ends:
            for cycle in rounds.meant(state, rule, fact):
                rounds.end(state, cycle, fact, moment)


def _pause(state: State, hand: Hand, fact: Fact, moment: int) -> None:
    for rule in hand.pauses:
        for duty in state.meant(rule, fact):
            clocks.stop(duty, moment, _TERM, fact.name, state.calendar(fact), state.zone)
    for rule in hand.resumes:
        for duty in state.meant(rule, fact):
            clocks.lead_on(duty, moment, _TERM, state.calendar(fact), state.zone)


def _order_wide(state: State, fact: Fact, moment: int) -> None:
    if fact.name == state.wide.voids:
        orderwide.terminate(state, fact, moment)
    elif fact.name == state.wide.pauses:
        orderwide.suspend(state, fact, moment)
    elif fact.name == state.wide.resumes:
        orderwide.resume(state, fact, moment)
