"""A whole file of facts through the engine: what `aftersign policy run` answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import names
from aftersign.policy.engine.case import Case, read_case
from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.lines import Line, calendar_of, facts_of
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.variant import is_living
from aftersign.policy.engine.world import World
from aftersign.policy.rulebook import Rulebook

__all__ = ["Runs", "ask", "calendar_of", "facts_of", "run"]

COMPANY = ""


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
        self.program, self.until = Program(rulebook), until
        self.rooms = frozenset(rulebook.rooms if rooms is None else rooms)
        self.world = World({"": self.program}, calendar=calendar, rooms=self.rooms)
        self._facts: dict[str, list[Fact]] = {}
        self._guests: list[Fact] = []
        self._order_of: dict[str, str] = {}
        for fact in facts:
            if fact.entered <= until:
                self._divide(fact)

    def _divide(self, fact: Fact) -> None:
        units = fact.units
        order = units.get(names.ORDER) or (self._order_meant(fact) if len(units) == 1 else COMPANY)
        mine = self._facts.get(order)
        if mine is None:
            mine = self._facts[order] = []
        mine.append(fact)
        if order == COMPANY:
            self.world.read(fact)
        elif fact.name in self.program.guests:
            self._guests.append(fact)

    def _order_meant(self, fact: Fact) -> str:
        """The order of a ruling that does not say it: that of the fact or of the duty's unit it names."""
        target = fact.units.get("fact") or fact.units.get("duty", "").partition(" ")[2]
        if not target:
            return COMPANY
        for order, facts in self._facts.items():
            if order != COMPANY and self._is_about(order, facts, target):
                fact.units = {**fact.units, names.ORDER: order}
                return order
        return COMPANY

    @staticmethod
    def _is_about(order: str, facts: list[Fact], target: str) -> bool:
        wanted = {target, target.rpartition(" ")[0]}
        return order in wanted or any(fact.id == target or not wanted.isdisjoint(fact.units.values()) for fact in facts)

    def cases(self) -> list[Case]:
        """Every case as it stands: the company's, then the orders'."""
        orders = [self.case(order) for order in self._facts if order != COMPANY]
        has_company = self._guests or COMPANY in self._facts
        return [self.case(COMPANY, orders), *orders] if has_company else orders

    def case(self, order: str, orders: Iterable[Case] | None = None) -> Case:
        """One case: of an order, or of the company (`COMPANY`), to which facts of orders that stand are guests."""
        facts = self._facts.get(order, [])
        if order == COMPANY and self._guests:
            names_of_orders = dict.fromkeys(fact.units[names.ORDER] for fact in self._guests)
            read = [self.case(each) for each in names_of_orders] if orders is None else orders
            standing = {fact.id for case in read for fact in case.facts}
            facts = sorted(
                [*facts, *(each for each in self._guests if each.id in standing)], key=lambda each: each.position
            )
        return read_case(self.world, facts, self.until, order=order)

    def order_of(self, units: Mapping[str, str]) -> str:
        """The order that the units of an act belong to, the company where they belong to none."""
        if named := units.get(names.ORDER):
            return named
        for order, facts in self._facts.items():
            for fact in facts if order != COMPANY else ():
                if any(self.program.is_of_order(kind) and fact.units.get(kind) == unit for kind, unit in units.items()):
                    return order
        return COMPANY


def run(
    rulebook: Rulebook,
    facts: Iterable[Line],
    calendar: Mapping[str, Any],
    until: str,
    rooms: Iterable[str] | None = None,
) -> dict[str, Any]:
    """The answer of `aftersign policy run --json`."""
    zone = Zone(rulebook.time_zone)
    runs = Runs(rulebook, facts_of(facts, zone), calendar_of(calendar), moment_of(until, zone), rooms)
    cases = runs.cases()
    duties = [duty for case in cases for duty in case.duties]
    duties.sort(key=lambda duty: (duty.term, duty.unit, duty.opened, duty.period or ""))
    text = zone.text
    there = runs.rooms | {each.room for each in runs.world.installed}
    return {
        "duties": [_duty(duty, zone) for duty in duties],
        "refused": [
            {"fact": each.fact, "at": text(each.at), "why": each.why} for case in cases for each in case.refused
        ],
        "orders": [{"order": case.order, "stage": case.stage} for case in cases if case.order and case.signed],
        "exceptions": [
            {"term": each.term, "unit": each.unit, "order": each.order, "at": text(each.at)}
            for case in cases
            for each in case.exceptions
        ],
        "breaches": [
            {"term": each.term, "at": text(each.at), "unit": each.unit, "order": each.order, "fact": each.fact}
            for case in cases
            for each in case.breaches
        ],
        "inert": sorted(name for name, term in rulebook.terms.items() if not is_living(term, there)),
    }


def ask(
    rulebook: Rulebook,
    facts: Iterable[Line],
    calendar: Mapping[str, Any],
    until: str,
    rooms: Iterable[str] | None,
    act: str,
    units: Mapping[str, str],
) -> dict[str, Any]:
    """The answer of `aftersign policy run --ask`."""
    zone = Zone(rulebook.time_zone)
    runs = Runs(rulebook, facts_of(facts, zone), calendar_of(calendar), moment_of(until, zone), rooms)
    order = runs.order_of(units)
    answer = runs.case(order).ask(act, {**({names.ORDER: order} if order else {}), **units})
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
