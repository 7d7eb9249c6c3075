"""What the company's own facts say, read in journal order: editions, rooms, calendar, departments, people and posts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import names
from aftersign.policy.engine.almanac import Almanac
from aftersign.policy.engine.people import People
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.screening import withdrawn
from aftersign.policy.engine.types import Fact

FOREVER = 1 << 62


@dataclass(frozen=True, slots=True)
class InForce:
    """An edition from the moment at which it took effect, and the place at which that was stated."""

    at: int
    edition: str
    place: int


@dataclass(frozen=True, slots=True)
class Installed:
    """A room from the moment at which it was installed, and the place at which that was stated."""

    at: int
    room: str
    place: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the calendar: when it was entered, and the place at which that was stated."""

    entered: int
    place: int


class World:
    """The company. `programs` are the editions by id; the first answers for unknown ids and before any took effect.

    Given rooms are installed from the beginning; a given calendar replaces what facts say of it. Facts are only added;
    one that is withdrawn is forgotten, whenever it was read.
    """

    def __init__(
        self,
        programs: Mapping[str, Program],
        *,
        calendar: WorkCalendar | None = None,
        rooms: Iterable[str] | None = None,
        administrator: str | None = None,
    ) -> None:
        self.programs = dict(programs)
        self.from_start = frozenset(rooms) if rooms is not None else None
        self.administrator = administrator
        self._given_calendar = calendar
        self._zones: dict[str, Zone] = {}
        self._facts: list[Fact] = []
        self._entered: list[int] = []
        self._places: list[int] = []
        self._standing: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        """Know nothing yet of what facts say."""
        self.people = People(self.administrator)
        self.installed: list[Installed] = []
        self.in_force: list[InForce] = []
        self._stated: dict[tuple[str, str, str], int] = {}
        self._days: dict[str, tuple[list[date], list[date]]] = {}
        self.turns: list[Turn] = []
        self._calendars = [self._given_calendar or WorkCalendar()]
        self._almanacs: dict[tuple[int, str], Almanac] = {}

    def read(self, fact: Fact) -> None:
        """Learn from the next fact of the company; one entered before it happened teaches nothing."""
        if fact.at > fact.entered:
            return
        self._entered.append(max(fact.entered, self._entered[-1] if self._entered else fact.entered))
        self._places.append(fact.position)
        if fact.name != names.WITHDRAWN:
            self._facts.append(fact)
            self._standing.add(fact.id)
            self._learn(fact)
        elif fact.units.get("fact", "") in self._standing:
            self._facts.append(fact)
            self._forget()

    def _forget(self) -> None:
        """Read again what stands, where something that stood has been withdrawn."""
        gone = withdrawn(self._facts)
        self._standing = {fact.id for fact in self._facts if fact.id not in gone}
        self._begin()
        for fact in self._facts:
            if fact.id not in gone and fact.name != names.WITHDRAWN:
                self._learn(fact)

    def _learn(self, fact: Fact) -> None:
        self._stated.setdefault((fact.name, "", ""), fact.entered)
        for kind, unit in fact.units.items():
            self._stated.setdefault((fact.name, kind, unit), fact.entered)
        if fact.name == names.ROOM_INSTALLED:
            self.installed.append(Installed(fact.at, str(fact.payload.get("room")), fact.position))
        elif fact.name == names.TOOK_EFFECT:
            self.in_force.append(
                InForce(fact.at, self.edition_of(fact) or fact.units.get("edition", ""), fact.position)
            )
        elif fact.name == names.CALENDAR:
            self._change_calendar(fact)
        else:
            self.people.learn(fact)

    @property
    def telling(self) -> frozenset[str]:
        """The facts of the company that its own case must read, under whatever edition."""
        return frozenset[str]().union(*(program.telling for program in self.programs.values()))

    def is_judged(self, act: str) -> bool:
        """Whether a gate, content or ban of any edition names an act."""
        return any(act in program.judged for program in self.programs.values())

    def told(self, place: int = FOREVER, also: Container[str] = ()) -> list[Fact]:
        """The facts of the company up to a place that its own case must read, those `also` wanted by id among them."""
        known = self._facts[: bisect_right(self._facts, place, key=_position_of)]
        names_, aims = self.telling, {fact.units.get("fact") for fact in known if fact.name == names.WITHDRAWN}
        # The first of all says from when on the calendar is known; what is read may be given ids, and is a copy.
        return [
            replace(fact)
            for number, fact in enumerate(known)
            if fact.name in names_ or not number or fact.id in aims or fact.id in also
        ]

    def is_stated(self, name: str, kind: str, unit: str, until: int) -> bool:
        """Whether the company has stated such a fact by a moment; `kind` and `unit` may be empty for any."""
        return self._stated.get((name, kind, unit), FOREVER) <= until

    def program(self, edition: str) -> Program:
        """The program of an edition; of an unknown one, the first."""
        return self.programs.get(edition) or next(iter(self.programs.values()))

    def edition_of(self, fact: Fact) -> str:
        """The edition that a fact names by its id or its version, "" where none is known."""
        edition = fact.units.get("edition", "")
        if edition in self.programs:
            return edition
        version = fact.payload.get("version")
        return next((name for name, each in self.programs.items() if version and each.rulebook.version == version), "")

    def edition_at(self, moment: int, place: int = FOREVER) -> str:
        """The edition in force at a moment, as known at a place; before the first one, the first."""
        found = self.in_force[0].edition if self.in_force else next(iter(self.programs), "")
        for each in self.in_force:
            if each.at <= moment and each.place <= place:
                found = each.edition
        return found

    def rooms_of_order(self, moment: int, place: int, program: Program) -> frozenset[str]:
        """The rooms that bind an order signed or adopted at a moment, as known at a place in the journal."""
        if self.from_start is None and not self.installed:
            return frozenset(program.rulebook.rooms)
        first = self.in_force[0] if self.in_force else None
        return (self.from_start or frozenset()) | {
            each.room
            for each in self.installed
            if (first and (each.place <= first.place or each.at <= first.at))
            or (each.place <= place and each.at <= moment)
        }

    def rooms_at(self, place: int, program: Program) -> frozenset[str]:
        """The rooms installed when something was stated under the company."""
        if self.from_start is None and not self.installed:
            return frozenset(program.rulebook.rooms)
        return (self.from_start or frozenset()) | {each.room for each in self.installed if each.place <= place}

    def place_at(self, moment: int) -> int:
        """The place in the journal of the last company fact entered by a moment, -1 before the first."""
        found = bisect_right(self._entered, moment)
        return self._places[found - 1] if found else -1

    def zone(self, program: Program) -> Zone:
        """The time zone of an edition."""
        name = program.rulebook.time_zone
        if name not in self._zones:
            self._zones[name] = Zone(name)
        return self._zones[name]

    def calendar(self, place: int = FOREVER) -> WorkCalendar:
        """The calendar as known at a place in the journal."""
        return self._calendars[self._turns_by(place)]

    def almanac(self, zone: Zone, place: int = FOREVER) -> Almanac:
        """Due times and periods by the calendar as known at a place."""
        number = self._turns_by(place)
        found = self._almanacs.get((number, zone.name))
        if found is None:
            found = self._almanacs[number, zone.name] = Almanac(self._calendars[number], zone)
        return found

    def _turns_by(self, place: int) -> int:
        """How often the calendar had changed by a place."""
        return bisect_right(self.turns, place, key=_place_of)

    def calendar_with(self, changed: Mapping[str, Any]) -> WorkCalendar:
        """The calendar after one more change, given as `general.calendar_changed` says it."""
        known = {**self._days, **_year(changed)}
        return WorkCalendar(
            [day for free, _made_up in known.values() for day in free],
            [day for _free, made_up in known.values() for day in made_up],
        )

    def turned(self, changed: Fact) -> World:
        """This company as one more change of the calendar would leave it; itself it stays as it is."""
        after = copy(self)
        after._days, after.turns = dict(self._days), list(self.turns)
        after._calendars, after._almanacs = list(self._calendars), dict(self._almanacs)
        after._change_calendar(changed)
        return after

    def _change_calendar(self, fact: Fact) -> None:
        """A year's holidays and make-up days replace those that were known of that year."""
        if self._given_calendar is None:
            self._calendars.append(self.calendar_with(fact.payload))
            self._days |= _year(fact.payload)
            self.turns.append(Turn(fact.entered, fact.position))


def _position_of(fact: Fact) -> int:
    return fact.position


def _place_of(turn: Turn) -> int:
    return turn.place


def _year(changed: Mapping[str, Any]) -> dict[str, tuple[list[date], list[date]]]:
    """Holidays and make-up days by the year for which they are given."""
    return {str(changed.get("year")): (_days(changed.get("holidays")), _days(changed.get("workdays")))}


def _days(rows: Any) -> list[date]:
    """The days of a table: ISO dates, or rows that name one as `date` or `day`."""
    found = []
    for row in rows or ():
        written = row.get("date") or row.get("day") if isinstance(row, dict) else row
        if written:
            found.append(date.fromisoformat(str(written)[:10]))
    return found
