"""Opening: a fact opens a duty or starts a cycle, and what was done in advance closes it at once."""

from __future__ import annotations

from aftersign.policy.engine import clocks, names
from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.hands import Hand
from aftersign.policy.engine.record import Record, Spare
from aftersign.policy.engine.rounds import Round
from aftersign.policy.engine.rules import Rule
from aftersign.policy.engine.types import Fact


def open_all(record: Record, hand: Hand, fact: Fact, moment: int) -> None:
    """Open every rule whose conditions the fact meets."""
    payload, adopted = fact.payload, record.adopted
    for rule in hand.opens:
        for condition in rule.where:
            if not condition.met(payload):
                break
        else:
            if record.ended is not None and not rule.survives and rule.stand_in is None:
                continue
            if adopted is not None and (fact.at < adopted.fact.at or fact.name == names.SIGNED):
                _open_past(record, rule, fact, moment)
            else:
                start(record, rule, fact, moment, hand.unit)


def _open_past(record: Record, rule: Rule, fact: Fact, moment: int) -> None:
    """An event before the adoption: what the adoption stands for opens nothing more."""
    adopted = record.adopted
    if adopted is None:
        return
    if rule.per == names.ORDER and fact.name in adopted.stands_for:
        return
    start(record, rule, fact, moment, record.hands[fact.name].unit, applies=fact.name not in adopted.earlier)


def start(record: Record, rule: Rule, fact: Fact, moment: int, own: str, *, applies: bool = True) -> None:
    """Open a duty or start a cycle; what lies outside of the rule is listed as not applicable."""
    unit = fact.units.get(rule.per) or rule.stand_in
    if unit is None:
        return
    if not (applies and rule.applies):
        _leave_out(record, rule, unit, fact, moment)
    elif rule.is_cycle:
        _start_round(record, rule, unit, fact, moment)
    else:
        _open(record, rule, unit, fact, moment, own)


def _leave_out(record: Record, rule: Rule, unit: str, fact: Fact, moment: int) -> None:
    opened = record.clock_start(fact)
    duty = Duty(rule, unit, record.order, record.edition, fact, opened, moment, None, record.owners)
    duty.state, duty.closed = "not_applicable", opened
    record.duties.append(duty)


def _start_round(record: Record, rule: Rule, unit: str, fact: Fact, moment: int) -> None:
    """A cycle starts, unless it runs already; under a suspension it waits for its end."""
    if rule.id in record.barred:
        return
    key = rule.id, unit
    known = record.rounds.get(key)
    if known is not None and known.goes_on:
        return
    if known is None:
        known = record.rounds[key] = Round(record, rule, unit, fact)
    else:
        known.opener, known.rule = fact, rule
    if record.suspended is not None and rule.stand_in is None:
        known.rests = True
    else:
        known.start(moment, fact)


def _open(record: Record, rule: Rule, unit: str, fact: Fact, moment: int, own: str) -> None:
    opened = fact.at if record.adopted is None else record.clock_start(fact)
    length = rule.within
    if length is None:
        return
    almanac = record.almanac_of(fact) if record.turns else record.almanac
    due = almanac.due(opened, length)
    duty = Duty(rule, unit, record.order, record.edition, fact, opened, moment, due, record.owners)
    record.duties.append(duty)
    if not rule.takes_turns and record.spare:
        found = _done_in_advance(record, rule, unit, fact, own)
        if found is not None:
            clocks.end(duty, max(opened, found.moment), "done", found.fact)
            return
    if record.suspended is not None and rule.stand_in is None:
        clocks.stop(duty, moment, names.ORDER, record.suspended.name, almanac)
    key = rule.key, unit
    if key in record.live:
        record.live[key].append(duty)
    else:
        record.live[key] = [duty]
    for kind in rule.anchors:
        if kind in fact.units:
            record.anchored.setdefault((rule.key, kind, fact.units[kind]), []).append(duty)


def _done_in_advance(record: Record, rule: Rule, unit: str, fact: Fact, own: str) -> Spare | None:
    """The earliest closing fact already read that has closed nothing; what the opening fact answers never counts."""
    mine = fact.units.get(own) if own != rule.per else None
    found: Spare | None = None
    for name in rule.term.closes:
        spares = record.spare.get((name, rule.per, unit))
        if not spares:
            continue
        answered = mine is not None and record.program.kinds[name].unit == own
        for spare in spares:
            if spare.is_used or spare.fact is fact or (answered and spare.fact.units.get(own) == mine):
                continue
            if found is None or (spare.moment, spare.place) < (found.moment, found.place):
                found = spare
            break
    if found is not None:
        found.is_used = True
        spares = record.spare[found.fact.name, rule.per, unit]
        record.spare[found.fact.name, rule.per, unit] = [each for each in spares if not each.is_used]
    return found
