"""Facts about single duties, gates and people: waivers, extensions, hand-overs, releases, leavings and teams."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.engine import clocks, rounds
from aftersign.policy.engine.moments import moment_or_none
from aftersign.policy.engine.state import State
from aftersign.policy.engine.types import Duty, Fact, Released


def waive(state: State, fact: Fact, moment: int) -> None:
    """The duties named come to an end; that they were overdue before stays visible."""
    for duty in list(_named(state, fact, moment)):
        clocks.end(duty, moment, "waived", fact.id, fact.payload.get("reason"))
        state.drop(duty)


def extend(state: State, fact: Fact, moment: int) -> None:
    """The duties named are due later."""
    new_due = moment_or_none(fact.payload.get("new_due"), state.zone)
    if new_due is None:
        return
    for duty in _named(state, fact, moment):
        clocks.extend(duty, moment, new_due, state.calendar(fact), state.zone)
        if duty.period is not None:
            state.cycles[duty.term, duty.unit].has_extended = True


def hand_over(state: State, fact: Fact, moment: int) -> None:
    """The duties named are somebody else's; their clocks run on."""
    person = fact.payload.get("to_person") or fact.payload.get("person")
    for duty in _named(state, fact, moment) if person else ():
        duty.owner, duty.without_owner = str(person), False


def leave(state: State, fact: Fact, moment: int) -> None:
    """What a person who leaves still owes belongs to the successor named."""
    person, successor = fact.units.get("person"), fact.payload.get("successor")
    if not person or not successor:
        return
    state.gone[person] = str(successor)
    rounds.advance_all(state, moment)
    for duty in state.unfinished():
        if duty.owner == person:
            duty.owner = state.heir(person)


def release(state: State, fact: Fact, moment: int) -> None:
    """A gate is an exception once."""
    said = fact.payload
    state.exceptions.append(Released(str(said.get("term")), str(said.get("unit")), state.order, fact.at))


def name_team(state: State, fact: Fact, moment: int) -> None:
    """Posts of the order have persons from now on."""
    rows = fact.payload.get("team")
    named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    team = {str(row["post"]): str(row["person"]) for row in named if row.get("post") and row.get("person")}
    state.teams.append((moment, team))


def _named(state: State, fact: Fact, moment: int) -> Iterator[Duty]:
    """The unfinished duties that a fact names: by id, or all by term, unit and perhaps period."""
    rounds.advance_all(state, moment)
    name = fact.units.get("duty", "")
    return (duty for duty in state.unfinished() if name in (duty.name, f"{duty.term} {duty.unit}") or duty.key == name)
