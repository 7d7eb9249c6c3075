"""What the company's own facts say, read in journal order: editions, rooms, calendar, departments, people and posts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import names
from aftersign.policy.engine.histories import LAST, History
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.types import Fact

_CALENDAR = "calendar"


class World:
    """The company. `programs` are the editions by id; the first answers for unknown ids and before any took effect.

    Given rooms are installed from the beginning; a given calendar replaces what facts say of it. What depends on a
    place in the journal is read as it was known there, also when a fact is withdrawn later.
    """

    def __init__(
        self,
        programs: Mapping[str, Program],
        *,
        calendar: WorkCalendar | None = None,
        rooms: Iterable[str] | None = None,
    ) -> None:
        self.programs = dict(programs)
        self._given = calendar, frozenset(rooms) if rooms is not None else None
        self._zones: dict[str, Zone] = {}
        self._facts: dict[str, Fact] = {}
        self._withdrawn: dict[str, Fact] = {}
        self._entries: list[int] = []
        self._places: list[int] = []
        self._turns: list[int] = []
        self.departments, self.codes, self.people, self.posts = History(), History(), History(), History()
        self._left, self._calendars = History(), History()
        self._forget()

    def _forget(self) -> None:
        """What counts as it stands now, wherever one reads from."""
        self.stated: dict[str, int] = {}
        self.in_force: list[tuple[int, str]] = []
        self.installed: list[tuple[int, str]] = []
        self.departures: list[Fact] = []
        self._days: dict[str, tuple[list[date], list[date]]] = {}

    def read(self, fact: Fact) -> None:
        """Learn from the next fact of the company; what lies in the future at its entry says nothing."""
        self._entries.append(max(fact.entered, self._entries[-1] if self._entries else fact.entered))
        self._places.append(fact.position)
        if fact.at > fact.entered:
            return
        self._facts[fact.id] = fact
        if fact.name == names.WITHDRAWN:
            self._withdraw(fact)
        else:
            self._learn(fact)

    def _learn(self, fact: Fact) -> None:
        self.stated.setdefault(fact.name, fact.entered)
        reader = _READERS.get(fact.name)
        if reader is not None:
            reader(self, fact)
            self._turns.append(fact.position)

    def _withdraw(self, fact: Fact) -> None:
        """From here on the company stands as if the withdrawn fact had never been stated."""
        target = self._facts.pop(fact.units.get("fact", ""), None)
        if target is None:
            return
        self._withdrawn[target.id] = target
        back = self._withdrawn.pop(target.units.get("fact", ""), None) if target.name == names.WITHDRAWN else None
        if back is not None:
            self._facts[back.id] = back
        afresh = World(self.programs, calendar=self._given[0], rooms=self._given[1])
        self._forget()
        for standing in sorted(self._facts.values(), key=lambda each: each.position):
            if standing.name != names.WITHDRAWN:
                afresh._learn(standing)
        for mine, other in zip(self._histories(), afresh._histories(), strict=True):
            mine.turn_to(other, fact.position)
        self.stated, self.in_force, self.installed = afresh.stated, afresh.in_force, afresh.installed
        self.departures, self._days = afresh.departures, afresh._days
        self._turns.append(fact.position)

    def _histories(self) -> tuple[History, ...]:
        return self.departments, self.codes, self.people, self.posts, self._left, self._calendars

    def turn(self, place: int) -> int:
        """How often the company had changed by a place in the journal."""
        return bisect_right(self._turns, place)

    def program(self, edition: str) -> Program:
        """The program of an edition; for an unknown one, as in a file of facts, the first."""
        return self.programs.get(edition) or next(iter(self.programs.values()))

    def zone(self, program: Program) -> Zone:
        """The time zone of an edition."""
        name = program.rulebook.time_zone
        if name not in self._zones:
            self._zones[name] = Zone(name)
        return self._zones[name]

    def calendar(self, place: int = LAST) -> WorkCalendar:
        """The calendar as known at a place in the journal."""
        found: WorkCalendar | None = self._given[0] or self._calendars.at(_CALENDAR, place)
        return found or _WEEKDAYS

    def edition_at(self, moment: int) -> str:
        """The edition in force at a moment; before the first one, the first; the only program's where none is known."""
        found = ""
        for at, edition in self.in_force:
            if not found or at <= moment:
                found = edition
        return found or self.first_edition()

    def first_edition(self) -> str:
        """The edition that took effect first, the only program's where none is known."""
        return self.in_force[0][1] if self.in_force else next(iter(self.programs), "")

    def edition_of(self, payload: Mapping[str, Any]) -> str:
        """The edition of the version that a payload names, "" where there is none."""
        version = payload.get("version")
        return next((name for name, each in self.programs.items() if each.rulebook.version == version), "")

    def rooms_from_start(self, program: Program) -> frozenset[str]:
        """The rooms that the company began with: those given; all of the edition where no room is ever installed."""
        given = self._given[1]
        if given is not None:
            return given
        return frozenset() if self.installed else frozenset(program.rulebook.rooms)

    def rooms_at(self, moment: int, program: Program) -> frozenset[str]:
        """The rooms installed for an order signed, or for what is stated under the company, at a moment."""
        latest = max(moment, self.in_force[0][0]) if self.in_force else moment
        return self.rooms_from_start(program) | {room for at, room in self.installed if at <= latest}

    def place_at(self, moment: int) -> int:
        """The place in the journal of the last company fact entered by a moment, -1 before the first."""
        found = bisect_right(self._entries, moment)
        return self._places[found - 1] if found else -1

    def stand_in(self, person: str, place: int) -> str | None:
        """A person, or whoever succeeded them when they left; None for one who left without a successor."""
        seen: set[str] = set()
        while (left := self._left.at(person, place)) is not None:
            seen.add(person)
            person = str(left)
            if not person or person in seen:
                return None
        return person

    def _room_installed(self, fact: Fact) -> None:
        self.installed.append((fact.at, str(fact.payload.get("room"))))

    def _took_effect(self, fact: Fact) -> None:
        self.in_force.append((fact.at, fact.units.get("edition", "")))

    def _calendar_changed(self, fact: Fact) -> None:
        if self._given[0] is not None:
            return
        days = [[date.fromisoformat(day) for day in fact.payload.get(key) or ()] for key in ("holidays", "workdays")]
        self._days[str(fact.payload.get("year"))] = days[0], days[1]
        off = [day for free, _made_up in self._days.values() for day in free]
        on = [day for _free, made_up in self._days.values() for day in made_up]
        self._calendars.put(_CALENDAR, fact.position, WorkCalendar(off, on))

    def _department(self, fact: Fact) -> None:
        key = fact.units.get("department", "")
        before = self.departments.at(key, fact.position) or {}
        known = before | {name: fact.payload[name] for name in ("code", "head", "above") if name in fact.payload}
        self.departments.put(key, fact.position, known)
        if known.get("code") != before.get("code"):
            self._free_code(key, before.get("code"), fact.position)
        if known.get("code"):
            self.codes.put(str(known["code"]), fact.position, key)

    def _department_closed(self, fact: Fact) -> None:
        key = fact.units.get("department", "")
        self._free_code(key, (self.departments.at(key, fact.position) or {}).get("code"), fact.position)

    def _free_code(self, department: str, code: str | None, place: int) -> None:
        if code and self.codes.at(code, place) == department:
            self.codes.put(code, place, None)

    def _person(self, fact: Fact) -> None:
        person = fact.units.get("person", "")
        if "department" in fact.payload:
            self.people.put(person, fact.position, fact.payload["department"])
        if self._left.at(person, fact.position) is not None:
            self._left.put(person, fact.position, None)

    def _person_left(self, fact: Fact) -> None:
        self._left.put(fact.units.get("person", ""), fact.position, fact.payload.get("successor") or "")
        self.departures.append(fact)

    def _post(self, fact: Fact) -> None:
        self.posts.put(str(fact.payload.get("post")), fact.position, fact.payload.get("holder"))


_WEEKDAYS = WorkCalendar()
_READERS: dict[str, Callable[[World, Fact], None]] = {
    names.ROOM_INSTALLED: World._room_installed,
    names.TOOK_EFFECT: World._took_effect,
    names.CALENDAR: World._calendar_changed,
    names.DEPARTMENT_CLOSED: World._department_closed,
    names.PERSON_LEFT: World._person_left,
    names.POST_NAMED: World._post,
    **dict.fromkeys(names.DEPARTMENTS, World._department),
    **dict.fromkeys(names.PEOPLE, World._person),
}
