"""How duties stand at the moment of reading: their state, what has been told about them, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.record import Record
from aftersign.policy.engine.turns import step_at

_NEVER = 1 << 62
Reach = Callable[[Duty, str, int], tuple[str, ...]]


def show(record: Record, reach: Reach) -> int | None:
    """Let time pass up to the moment of reading; gives the next moment at which it changes anything by itself."""
    until, coming = record.until, _NEVER
    for round_ in record.rounds.values():
        round_.advance(until)
        if round_.next_at is not None and round_.next_at < coming:
            coming = round_.next_at
    for duty in record.duties:
        if duty.closed is None:
            _stand(duty, until)
        if duty.breached is not None:
            _tell(record, duty, reach)
        if duty.next_step_at is not None and duty.next_step_at < coming:
            coming = duty.next_step_at
    return coming if coming != _NEVER else None


def _stand(duty: Duty, until: int) -> None:
    """The state of a duty that nothing has closed."""
    due = duty.due
    if duty.breached is not None or (due is not None and due <= until):
        duty.breached, duty.state = due, "breached"
    elif due is None:
        duty.state = "paused"
    else:
        duty.next_step_at = due


def _tell(record: Record, duty: Duty, reach: Reach) -> None:
    """The steps of escalation that have come before the duty was closed, and when the next one will."""
    if duty.breached is None or not duty.rule.escalates:
        return
    almanac = record.almanac
    closed = _NEVER if duty.closed is None else duty.closed
    told, coming = [], _NEVER
    for step, role, length in duty.rule.escalates:
        moment = step_at(record, duty, length) if record.turns else almanac.counted_on(duty.breached, length)
        moment = max(moment, duty.known_from)
        if duty.stops or record.halts:
            moment = _after_pauses(record, duty, moment)
        if moment >= closed:
            continue
        if moment <= record.until:
            told.append((step, role, moment, reach(duty, role, moment)))
        elif moment < coming:
            coming = moment
    if told:
        duty.told = told
    if duty.closed is None and coming != _NEVER:
        duty.next_step_at = coming


def _after_pauses(record: Record, duty: Duty, moment: int) -> int:
    """A step whose time lies within a pause is told when the pause ends; never while it lasts."""
    halts = record.halts if duty.rule.stand_in is None else ()
    again = True
    while again and moment < _NEVER:
        again = False
        for pause in chain(duty.stops or (), halts):
            since, to = pause[0], pause[1] if len(pause) > 1 else _NEVER
            if since <= moment < to:
                moment, again = to, True
    return moment
