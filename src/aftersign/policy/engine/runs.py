"""A whole file of facts through the engine: what `aftersign policy run` answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine.case import Case, read_case
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.engine.names import COMPANY
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.types import Duty, Fact
from aftersign.policy.engine.variant import is_living
from aftersign.policy.engine.world import World
from aftersign.policy.rulebook import Rulebook


def calendar_of(written: Mapping[str, Any]) -> WorkCalendar:
    """The calendar of a file: holidays and workdays as ISO dates."""
    days = [[date.fromisoformat(day) for day in written.get(key, ())] for key in ("holidays", "workdays")]
    return WorkCalendar(days[0], days[1])


def facts_of(lines: Iterable[Mapping[str, Any]], zone: Zone) -> list[Fact]:
    """Facts from the lines of a file; raises `ValueError` or `KeyError` for a line that is none."""
    found = []
    memo: dict[str, int] = {}

    def moment(written: str) -> int:
        known = memo.get(written)
        if known is None:
            known = memo[written] = moment_of(written, zone)
        return known

    for number, line in enumerate(lines, 1):
        at = moment(line["at"])
        entered = moment(line["entered"]) if line.get("entered") else at
        units = {kind: pk for kind, pk in (line.get("units") or {}).items() if kind != COMPANY}
        payload = line.get("payload") or {}
        found.append(Fact(str(line.get("id") or f"f{number}"), line["fact"], at, entered, units, payload, None, number))
    return found


class Runs:
    """Facts divided into cases, with the company's own read first, so that they can be read at any moment."""

    def __init__(
        self,
        rulebook: Rulebook,
        facts: list[Fact],
        calendar: WorkCalendar,
        until: int,
        rooms: Iterable[str] | None = None,
    ) -> None:
        self.program, self.until = Program(rulebook), until
        start = list(rooms) if rooms is not None else (list(rulebook.rooms))
        self.rooms = frozenset(start)
        self.world = World({"": self.program}, calendar=calendar, rooms=start)
        self.orders: dict[str, list[Fact]] = {}
        self.company: list[Fact] = []
        for fact in facts:
            order = fact.units.get("order")
            if fact.entered > until:
                continue
            if order is None:
                self.company.append(fact)
                self.world.read(fact)
            else:
                self.orders.setdefault(order, []).append(fact)

    def cases(self) -> list[Case]:
        """Every case as it stands: the company's, then the orders'."""
        found = [read_case(self.world, self.company, self.until)] if self.company else []
        return found + [read_case(self.world, facts, self.until) for facts in self.orders.values()]

    def case(self, order: str | None) -> Case:
        """One case: of an order, or of the company."""
        return read_case(self.world, self.orders.get(order, []) if order else self.company, self.until)


def run(
    rulebook: Rulebook,
    facts: Iterable[Mapping[str, Any]],
    calendar: Mapping[str, Any],
    until: str,
    rooms: Iterable[str] | None = None,
) -> dict[str, Any]:
    """The answer of `aftersign policy run --json`."""
    zone = Zone(rulebook.time_zone)
    runs = Runs(rulebook, facts_of(facts, zone), calendar_of(calendar), moment_of(until, zone), rooms)
    cases = runs.cases()
    duties = [duty for case in cases for duty in case.duties]
    duties.sort(key=lambda duty: (_numbered(duty.term), duty.unit, duty.opened, duty.period or ""))
    there = runs.rooms | {room for _at, room in runs.world.installed}
    return {
        "duties": [_duty(duty, zone) for duty in duties],
        "refused": [
            {"fact": each.fact, "at": zone.text(each.at), "why": each.why} for case in cases for each in case.refused
        ],
        "orders": [{"order": case.order, "stage": case.stage} for case in cases if case.order],
        "exceptions": [
            {"term": each.term, "unit": each.unit, "order": each.order, "at": zone.text(each.at)}
            for case in cases
            for each in case.exceptions
        ],
        "breaches": [
            {"term": each.term, "at": zone.text(each.at), "unit": each.unit, "order": each.order, "fact": each.fact}
            for case in cases
            for each in case.breaches
        ],
        "inert": [name for name, term in rulebook.terms.items() if not is_living(term, frozenset(there))],
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
    """The answer of `aftersign policy run --ask`."""
    zone = Zone(rulebook.time_zone)
    runs = Runs(rulebook, facts_of(facts, zone), calendar_of(calendar), moment_of(until, zone), rooms)
    answer = runs.case(units.get("order")).ask(act, dict(units))
    needs = []
    for need in answer.needs:
        told: dict[str, Any] = {"term": need.term}
        if need.check:
            told["check"] = need.check
        if need.parts:
            told["parts"] = list(need.parts)
        needs.append(told)
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
        "due": text(duty.due) if duty.state != "not_applicable" else None,
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
