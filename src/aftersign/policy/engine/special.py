"""What the grammar itself makes of some facts: rulings on single duties, the order's own course, changes of edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from aftersign.policy.engine import adoption, clocks, names
from aftersign.policy.engine.conditions import all_met
from aftersign.policy.engine.hands import RESUME, SUSPEND, TERMINATE
from aftersign.policy.engine.moments import moment_or_none
from aftersign.policy.engine.opening import start
from aftersign.policy.engine.record import Record
from aftersign.policy.engine.types import Fact, Released


def _waive(record: Record, fact: Fact, moment: int) -> None:
    """End the duties or periods that the fact names."""
    for duty, _round in list(record.named(fact.units.get("duty", ""), moment)):
        clocks.end(duty, moment, "waived", fact)


def _extend(record: Record, fact: Fact, moment: int) -> None:
    """Move the due time of the duties or periods that the fact names."""
    new_due = moment_or_none(fact.payload.get("new_due"), record.zone)
    if new_due is None:
        return
    for duty, round_ in list(record.named(fact.units.get("duty", ""), moment)):
        if round_ is None:
            clocks.extend(duty, moment, new_due, record.almanac_of(fact, duty.opener))
        else:
            round_.extend(duty, moment, new_due)


def _hand_over(record: Record, fact: Fact, moment: int) -> None:
    """Change the owner of the duties that the fact names, never their clock."""
    person = fact.payload.get("to_person") or fact.payload.get("person")
    for duty, _round in list(record.named(fact.units.get("duty", ""), moment)) if person else ():
        duty.handed = [*(duty.handed or ()), (moment, str(person))]


def _release(record: Record, fact: Fact, moment: int) -> None:
    """Let an act pass one gate once; a firm one is never released."""
    said = fact.payload
    term = record.variant.rulebook.terms.get(str(said.get("term")))
    if term is not None and term.kind == "gate" and not term.firm:
        unit = said.get("unit") or fact.units.get(term.per, term.per)
        record.exceptions.append(Released(term.id, str(unit), record.order, fact.at))


def _name_team(record: Record, fact: Fact, moment: int) -> None:
    """Who holds which post of the order from now on."""
    rows = fact.payload.get("team")
    named = dict(record.teams[-1][2]) if record.teams else {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("post"):
            named[str(row["post"])] = str(row.get("person") or "")
    record.teams.append((moment, fact.position, named))


def _hand_on_post(record: Record, fact: Fact, moment: int) -> None:
    """One post of the order has another holder from now on."""
    named = dict(record.teams[-1][2]) if record.teams else {}
    named[str(fact.payload.get("post"))] = str(fact.payload.get("to_person"))
    record.teams.append((moment, fact.position, named))


def _suspend(record: Record, fact: Fact, moment: int) -> None:
    """Stop every clock of the order; running periods are void."""
    if record.suspended is not None:
        return
    record.suspended = fact
    record.halts.append([moment])
    for duty in record.unfinished():
        if duty.rule.stand_in is None:
            clocks.stop(duty, moment, names.ORDER, fact.name, record.almanac_of(fact, duty.opener))
    for round_ in record.rounds.values():
        round_.halt(moment, names.ORDER, fact)


def _resume(record: Record, fact: Fact, moment: int) -> None:
    """Let every clock of the order run again, and every cycle start anew."""
    if record.suspended is None:
        return
    record.suspended = None
    record.halts[-1].append(moment)
    almanac = record.almanac_of(fact)
    for duty in record.unfinished():
        clocks.lead_on(duty, moment, names.ORDER, almanac)
    for round_ in record.rounds.values():
        round_.wake(moment, names.ORDER, fact)


def _terminate(record: Record, fact: Fact, moment: int) -> None:
    """End every duty and cycle of the order but those that survive; for these a suspension ends."""
    record.ended = record.ended or fact
    for duty in record.unfinished():
        if not duty.rule.survives:
            clocks.end(duty, moment, "void", fact)
    for round_ in record.rounds.values():
        if not round_.rule.survives:
            round_.void(moment, fact)
    _resume(record, fact, moment)


def _move(record: Record, fact: Fact, moment: int) -> None:
    """The order stands under another edition from now on; its open duties keep theirs."""
    edition = record.world.edition_of(fact)
    program = record.world.program(edition)
    if not edition or program is record.program:
        return
    place = record.signed.knew if record.signed else fact.knew
    rooms = record.world.rooms_of_order(record.signed.at if record.signed else moment, place, program)
    record.former.append(record.hands)
    record.edition, record.program = edition, program
    record.variant = program.variant(rooms, record.signed.payload if record.signed else {})
    record.hands = record.variant.of_orders
    for (term, _unit), round_ in record.rounds.items():
        round_.advance(moment)
        rule = record.variant.rules.get(term)
        if rule is not None and rule.is_cycle and rule.applies:
            round_.follow(rule)
        else:
            round_.stay()


def _replace(record: Record, fact: Fact, moment: int) -> None:
    """A new edition comes: the cycles that it no longer has come to an end, for good."""
    rows = fact.payload.get("terms_ended")
    ended = (
        {str(row.get("term") if isinstance(row, dict) else row) for row in rows} if isinstance(rows, list) else set()
    )
    record.barred |= ended
    for (term, _unit), round_ in record.rounds.items():
        if term in ended:
            round_.end(moment, fact)


def _take_effect(record: Record, fact: Fact, moment: int) -> None:
    """An edition comes into force for the company: what goes on follows it from the next period on."""
    record.effects.append(fact)
    edition = record.world.edition_of(fact)
    program = record.world.program(edition)
    if not edition or program is record.program:
        return
    record.former.append(record.hands)
    record.edition, record.program = edition, program
    record.variant = program.variant(record.world.rooms_at(fact.position, program), {})
    record.hands = record.variant.of_company
    for (term, _unit), round_ in record.rounds.items():
        round_.advance(moment)
        rule = record.variant.rules.get(term)
        if rule is not None and rule.is_cycle:
            round_.follow(rule)


def _install(record: Record, fact: Fact, moment: int) -> None:
    """A room is installed: what took effect before counts as stated now, for the terms that come alive with it."""
    before = record.program.variant(record.variant.rooms - {str(fact.payload.get("room"))}, {}).rules
    hand = record.hands.get(names.TOOK_EFFECT)
    for effect in record.effects if hand else ():
        counted = replace(effect, at=fact.at, entered=fact.entered, seen=fact.seen, position=fact.position)
        for rule in hand.opens if hand else ():
            if rule.id not in before and all_met(rule.where, effect.payload):
                start(record, rule, counted, moment, hand.unit if hand else "")


SPECIAL: Mapping[str, Callable[[Record, Fact, int], None]] = {
    names.WAIVED: _waive,
    names.EXTENDED: _extend,
    names.TAKEN: _hand_over,
    names.HANDED_ON: _hand_over,
    names.RELEASED: _release,
    names.TEAM_NAMED: _name_team,
    names.POST_HANDED_ON: _hand_on_post,
    names.ADOPTED: adoption.take_in,
    names.ORDER_MOVED: _move,
    names.WAS_REPLACED: _replace,
    names.TOOK_EFFECT: _take_effect,
    names.ROOM_INSTALLED: _install,
    SUSPEND: _suspend,
    RESUME: _resume,
    TERMINATE: _terminate,
}
