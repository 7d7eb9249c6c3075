"""Changes of the calendar while a case runs: what is still open is counted anew, what was due by then stays."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.kernel.clock.durations import Duration
from aftersign.policy.engine import clocks
from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.record import Read, Record
from aftersign.policy.engine.world import Turn


def stretches(record: Record) -> Iterator[list[Read]]:
    """The facts of a case between the changes of its calendar, which are made as the reading passes them."""
    facts, begin = record.facts, 0
    for turn in record.turns:
        end = begin
        while end < len(facts) and _is_before(facts[end], turn):
            end += 1
        yield facts[begin:end]
        _turn_to(record, turn)
        begin = end
    yield facts[begin:] if begin else facts


def _is_before(read: Read, turn: Turn) -> bool:
    moment, _place, fact = read
    return moment < turn.entered or (moment == turn.entered and fact.position < turn.place)


def _turn_to(record: Record, turn: Turn) -> None:
    """From here on the case is read by another calendar, and so are the due times of what is still open."""
    for round_ in record.rounds.values():
        round_.advance(turn.entered)
    record.turn_to(turn)
    for duty in record.unfinished():
        clocks.recount(duty, turn.entered, record.almanac_of(duty.opener))
    for round_ in record.rounds.values():
        round_.recount(turn.entered)


def step_at(record: Record, duty: Duty, length: Duration) -> int:
    """When a step of escalation of a breached duty comes: counted anew by each calendar that came before it did.

    It is never counted by less than whoever opened the duty knew.
    """
    due, known = duty.breached or 0, (duty.starter or duty.opener).knew
    since = max(due, duty.moved or due)
    by_then = [turn for turn in record.turns if turn.entered <= since or turn.place <= known]
    place = by_then[-1].place if by_then else record.began
    moment = max(record.world.almanac(record.zone, place).counted_on(due, length), since)
    for turn in record.turns[len(by_then) :]:
        if turn.entered < moment:
            moment = max(record.world.almanac(record.zone, turn.place).counted_on(due, length), turn.entered)
    return moment
