"""A whole file of facts through the engine: what `aftersign policy run` answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.case import Case, read_case
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.engine.names import COMPANY, ORDER
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.types import Answer, Duty, Fact
from aftersign.policy.engine.variant import is_living
from aftersign.policy.engine.world import World
from aftersign.policy.rulebook import Rulebook


class NoFact(ValueError):
    """A line that is no fact; `index` is its place among the lines, from 0."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index


def calendar_of(written: Mapping[str, Any]) -> WorkCalendar:
    """The calendar of a file: holidays and workdays as ISO dates; raises `ValueError` or `TypeError`."""
    days = [[date.fromisoformat(day) for day in written.get(key, ())] for key in ("holidays", "workdays")]
    return WorkCalendar(days[0], days[1])


def facts_of(lines: Iterable[Mapping[str, Any]], zone: Zone) -> list[Fact]:
    """Facts from the lines of a file, in journal order; raises `NoFact`."""
    found: dict[str, Fact] = {}
    known: dict[str, int] = {}

    def moment(written: str) -> int:
        if written not in known:
            known[written] = moment_of(written, zone)
        return known[written]

    for index, line in enumerate(lines):
        try:
            fact = _fact(line, index + 1, moment)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise NoFact(index, str(error)) from None
        if fact.id in found:
            raise NoFact(index, f"the id {fact.id} is taken")
        found[fact.id] = fact
    return list(found.values())


def _fact(line: Mapping[str, Any], number: int, moment: Callable[[str], int]) -> Fact:
    name, units, payload = line["fact"], line.get("units") or {}, line.get("payload") or {}
    if not isinstance(name, str) or not isinstance(payload, dict):
        raise TypeError("a fact has a name, and its payload is a table")
    if not all(isinstance(pk, str) for pk in units.values()):
        raise TypeError("the ids of units are texts")
    if COMPANY in units:
        units = {kind: pk for kind, pk in units.items() if kind != COMPANY}
    at = moment(line["at"])
    entered = moment(line["entered"]) if line.get("entered") else at
    return Fact(str(line.get("id") or f"f{number}"), name, at, entered, units, payload, None, number)


class Runs:
    """Facts divided into cases, with the company's own read first, so that they can be read at any moment."""

    def __init__(
        self,
        rulebook: Rulebook,
        facts: Iterable[Fact],
        calendar: WorkCalendar,
        until: int,
        rooms: Iterable[str] | None = None,
    ) -> None:
        self.until = until
        self.program = Program(rulebook)
        self.rooms = frozenset(rulebook.rooms if rooms is None else rooms)
        self.world = World({"": self.program}, calendar=calendar, rooms=self.rooms)
        self.orders: dict[str, list[Fact]] = defaultdict(list)
        self.company: list[Fact] = []
        for fact in facts:
            order = fact.units.get(ORDER)
            if fact.entered > until:
                continue
            if order is None:
                self.company.append(fact)
                self.world.read(fact)
            else:
                self.orders[order].append(fact)

    def cases(self) -> list[Case]:
        """Every case as it stands: the company's, then the orders'."""
        found = [read_case(self.world, self.company, self.until)] if self.company else []
        return found + [read_case(self.world, facts, self.until) for facts in self.orders.values()]

    def case(self, order: str | None) -> Case:
        """One case: of an order, or of the company."""
        return read_case(self.world, self.orders.get(order, []) if order else self.company, self.until)

    def inert(self) -> list[str]:
        """The terms of rooms that are not installed, or of which nothing is left without them."""
        rooms = self.rooms | {room for _at, room in self.world.installed}
        return [name for name, term in self.program.rulebook.terms.items() if not is_living(term, rooms)]


def run(
    rulebook: Rulebook,
    facts: Iterable[Mapping[str, Any]],
    calendar: Mapping[str, Any],
    until: str,
    rooms: Iterable[str] | None = None,
) -> dict[str, Any]:
    """The answer of `aftersign policy run --json`; raises `NoFact`."""
    zone = Zone(rulebook.time_zone)
    runs = Runs(rulebook, facts_of(facts, zone), calendar_of(calendar), moment_of(until, zone), rooms)
    cases = runs.cases()
    duties = [duty for case in cases for duty in case.duties]
    duties.sort(key=lambda duty: (_numbered(duty.term), duty.unit, duty.opened, duty.period or ""))
    refused = [each for case in cases for each in case.refused]
    exceptions = [each for case in cases for each in case.exceptions]
    breaches = [each for case in cases for each in case.breaches]
    return {
        "duties": [_duty(duty, zone) for duty in duties],
        "refused": [{"fact": each.fact, "at": zone.text(each.at), "why": each.why} for each in refused],
        "orders": [{"order": case.order, "stage": case.stage} for case in cases if case.signed],
        "exceptions": [
            {"term": each.term, "unit": each.unit, "order": each.order, "at": zone.text(each.at)} for each in exceptions
        ],
        "breaches": [
            {"term": each.term, "at": zone.text(each.at), "unit": each.unit, "order": each.order, "fact": each.fact}
            for each in breaches
        ],
        "inert": runs.inert(),
    }


def ask(
    rulebook: Rulebook,
    facts: Iterable[Mapping[str, Any]],
    calendar: Mapping[str, Any],
    until: str,
    rooms: Iterable[str] | None,
    act: str,
    units: Mapping[str, str],
) -> dict[str, Any]:
    """The answer of `aftersign policy run --ask`; raises `NoFact`."""
    zone = Zone(rulebook.time_zone)
    runs = Runs(rulebook, facts_of(facts, zone), calendar_of(calendar), moment_of(until, zone), rooms)
    return _answer(runs.case(units.get(ORDER)).ask(act, units))


def _answer(answer: Answer) -> dict[str, Any]:
    needs: list[dict[str, Any]] = []
    for need in answer.needs:
        asked: dict[str, Any] = {"term": need.term}
        if need.check:
            asked["check"] = need.check
        if need.parts:
            asked["parts"] = list(need.parts)
        needs.append(asked)
    refused = [{"term": term, "why": why} for term, why in answer.refused_by]
    return {"refused_by": refused, "needs": needs, "released": answer.released}


def _duty(duty: Duty, zone: Zone) -> dict[str, Any]:
    def text(moment: int | None) -> str | None:
        return None if moment is None else zone.text(moment)

    return {
        "term": duty.term,
        "unit": duty.unit,
        "order": duty.order,
        "period": duty.period,
        "opened": text(duty.opened),
        "due": text(duty.due),
        "left": duty.left,
        "state": duty.state,
        "extended": duty.extended,
        "closed": text(duty.closed),
        "breached": text(duty.breached),
        "told": [[step, role, text(at)] for step, role, at, _people in duty.told],
        "told_to": [list(people) for _step, _role, _at, people in duty.told],
        "owner": duty.owner,
        "owner_department": duty.owner_department,
    }


def _numbered(term: str) -> tuple[tuple[int, str], ...]:
    """A term in the order of the book: 2.1.10.a after 2.1.9.b."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in term.split("."))
