"""The reading itself: each fact first closes, then voids and ends, then pauses and resumes, then opens."""

from __future__ import annotations

from itertools import chain

from aftersign.policy.engine import clocks, names
from aftersign.policy.engine.hands import Hand, Hands
from aftersign.policy.engine.opening import open_all
from aftersign.policy.engine.record import Record, Spare
from aftersign.policy.engine.special import SPECIAL
from aftersign.policy.engine.turns import stretches
from aftersign.policy.engine.types import Breach, Fact

TERM = "the term"


def read_order(record: Record) -> None:
    """Read the facts of an order in their order."""
    for moment, place, fact in chain.from_iterable(stretches(record)):
        hand = record.hands.get(fact.name)
        for former in record.former:
            _read_by_former(record, former, fact, moment)
        if hand is None:
            continue
        if (hand.closes or hand.serves) and not _close(record, hand, fact, moment) and hand.keeps:
            _keep(record, hand, fact, moment, place)
        if not hand.is_plain:
            _end_and_pause(record, hand, fact, moment)
            if hand.special:
                SPECIAL[hand.special](record, fact, moment)
                hand = record.hands.get(fact.name, hand)
        if hand.opens:
            open_all(record, hand, fact, moment)


def read_company(record: Record) -> None:
    """Read the facts of the company; each meets the rooms that were installed when it was stated."""
    world = record.world
    for moment, place, fact in chain.from_iterable(stretches(record)):
        record.variant = record.program.variant(world.rooms_at(fact.position, record.program), {})
        record.hands = record.variant.of_guests if names.ORDER in fact.units else record.variant.of_company
        for former in record.former:
            _read_by_former(record, former, fact, moment)
        hand = record.hands.get(fact.name)
        if hand is None:
            continue
        if not _close(record, hand, fact, moment) and hand.keeps:
            _keep(record, hand, fact, moment, place)
        _end_and_pause(record, hand, fact, moment)
        if hand.special:
            SPECIAL[hand.special](record, fact, moment)
            hand = record.hands.get(fact.name, hand)
        open_all(record, hand, fact, moment)


def _read_by_former(record: Record, hands: Hands, fact: Fact, moment: int) -> None:
    """What was opened under another edition is closed, ended and paused by that edition."""
    hand = hands.get(fact.name)
    if hand is not None and hands is not record.hands:
        _close(record, hand, fact, moment)
        _end_and_pause(record, hand, fact, moment)


def _close(record: Record, hand: Hand, fact: Fact, moment: int) -> bool:
    """Close what waits for the fact; whether anything did."""
    units, live = fact.units, record.live
    closed = False
    for rule in hand.closes:
        waiting = live.pop((rule.key, units.get(rule.per) or rule.stand_in), None)
        for duty in waiting or ():
            if duty.closed is None:
                clocks.end(duty, moment, "done", fact)
                closed = True
    for rule in hand.serves:
        round_ = record.rounds.get((rule.id, units.get(rule.per) or rule.stand_in))
        if round_ is not None and round_.serve(rule, moment, fact):
            closed = True
    return closed


def _keep(record: Record, hand: Hand, fact: Fact, moment: int, place: int) -> None:
    """Keep a fact that has closed nothing for a duty that may open later."""
    spare = Spare(moment, place, fact)
    for per, stand_in in hand.keeps:
        unit = fact.units.get(per) or stand_in
        if unit is not None:
            record.spare.setdefault((fact.name, per, unit), []).append(spare)


def _end_and_pause(record: Record, hand: Hand, fact: Fact, moment: int) -> None:
    for rule in hand.voids:
        for duty in record.meant(rule, hand.unit, fact):
            clocks.end(duty, moment, "void", fact)
    for rule in hand.ends if fact.name != names.WAS_REPLACED else ():
        for round_ in record.rounds_meant(rule, hand.unit, fact):
            round_.end(moment, fact)
    for rule in hand.pauses:
        for duty in record.meant(rule, hand.unit, fact):
            clocks.stop(duty, moment, TERM, fact.name, record.almanac_of(fact, duty.opener))
    for rule in hand.resumes:
        for duty in record.meant(rule, hand.unit, fact):
            clocks.lead_on(duty, moment, TERM, record.almanac_of(fact))
    for term in hand.breaks:
        unit = fact.units.get(term.per, term.per)
        record.breaches.append(Breach(term.id, unit, record.order, fact.at, fact.id))
