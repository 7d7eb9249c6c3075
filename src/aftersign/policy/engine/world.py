"""What the company's own facts say, read in journal order: editions, rooms, calendar, departments, people and posts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftersign.kernel.clock.calendar import WorkCalendar
from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import names
from aftersign.policy.engine.program import Program
from aftersign.policy.engine.types import Fact

FOREVER = 1 << 62


@dataclass(frozen=True, slots=True)
class InForce:
    """An edition from the moment at which it took effect."""

    at: int
    edition: str
    position: int


class History:
    """Values by key as they stood at a place in the journal."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._values: dict[str, list[Any]] = {}

    def put(self, key: str, position: int, value: Any) -> None:
        """From this place on, the key has this value."""
        self._places.setdefault(key, []).append(position)
        self._values.setdefault(key, []).append(value)

    def at(self, key: str | None, position: int) -> Any:
        """The value of a key as known at a place, None where there was none."""
        places = self._places.get(key or "")
        if not places:
            return None
        found = bisect_right(places, position)
        return self._values[key or ""][found - 1] if found else None


class World:
    """The company. `programs` are the editions by id; the first answers for unknown ids and before any took effect.

    Given rooms are installed from the beginning; a given calendar replaces what facts say of it.
    """

    def __init__(
        self,
        programs: Mapping[str, Program],
        *,
        calendar: WorkCalendar | None = None,
        rooms: Iterable[str] | None = None,
    ) -> None:
        self.programs = dict(programs)
        self._zones: dict[str, Zone] = {}
        self._given_calendar = calendar
        self._days: dict[str, tuple[list[date], list[date]]] = {}
        self._calendars: list[tuple[int, WorkCalendar]] = [(-1, calendar or WorkCalendar())]
        self.from_start = frozenset(rooms) if rooms is not None else None
        self.installed: list[tuple[int, int, str]] = []
        self.in_force: list[InForce] = []
        self.departments, self.codes, self.people, self.posts = History(), History(), History(), History()
        self.left = History()
        self.stated: dict[str, int] = {}
        self.entries: list[tuple[int, int]] = []
        self._turns: list[int] = []
        self.heads_by_code: dict[tuple[str | None, int], tuple[str | None, str | None]] = {}

    def read(self, fact: Fact) -> None:
        """Learn from the next fact of the company."""
        self.stated.setdefault(fact.name, fact.entered)
        self.entries.append((fact.entered, fact.position))
        reader = _READERS.get(fact.name)
        if reader is not None:
            reader(self, fact)
            self._turns.append(fact.position)

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

    def calendar(self, position: int = FOREVER) -> WorkCalendar:
        """The calendar as known at a place in the journal."""
        if len(self._calendars) == 1:
            return self._calendars[0][1]
        return next(each for place, each in reversed(self._calendars) if place <= position)

    def edition_at(self, moment: int) -> str:
        """The edition in force at a moment; before the first one, the first; the only program's where none is known."""
        found = ""
        for each in self.in_force:
            if not found or each.at <= moment:
                found = each.edition
        return found or next(iter(self.programs), "")

    def edition_of(self, payload: Mapping[str, Any]) -> str:
        """The edition of the version that a payload names, "" where there is none."""
        version = payload.get("version")
        return next((name for name, each in self.programs.items() if each.rulebook.version == version), "")

    def rooms_at(self, moment: int, program: Program) -> frozenset[str]:
        """The rooms installed for an order signed, or for what is stated under the company, at a moment."""
        if self.from_start is None and not self.installed:
            return frozenset(program.rulebook.rooms)
        first = self.in_force[0].at if self.in_force else None
        rooms = {room for at, _place, room in self.installed if at <= moment or (first is not None and at <= first)}
        return frozenset(rooms) | (self.from_start or frozenset())

    def place_at(self, moment: int) -> int:
        """The place in the journal of the last company fact entered by a moment."""
        return max((place for entered, place in self.entries if entered <= moment), default=-1)

    def _installed(self, fact: Fact) -> None:
        self.installed.append((fact.at, fact.position, str(fact.payload.get("room"))))

    def _took_effect(self, fact: Fact) -> None:
        edition = fact.units.get("edition", "")
        self.in_force.append(InForce(fact.at, edition, fact.position))

    def _calendar_changed(self, fact: Fact) -> None:
        if self._given_calendar is not None:
            return
        days = [[date.fromisoformat(day) for day in fact.payload.get(key) or ()] for key in ("holidays", "workdays")]
        self._days[str(fact.payload.get("year"))] = (days[0], days[1])
        off = [day for free, _made_up in self._days.values() for day in free]
        on = [day for _free, made_up in self._days.values() for day in made_up]
        self._calendars.append((fact.position, WorkCalendar(off, on)))

    def _department(self, fact: Fact) -> None:
        key = fact.units.get("department", "")
        known = dict(self.departments.at(key, fact.position) or {})
        known |= {name: fact.payload[name] for name in ("code", "head", "above") if name in fact.payload}
        self.departments.put(key, fact.position, known)
        if known.get("code"):
            self.codes.put(known["code"], fact.position, key)

    def _department_closed(self, fact: Fact) -> None:
        key = fact.units.get("department", "")
        code = (self.departments.at(key, fact.position) or {}).get("code")
        if code and self.codes.at(code, fact.position) == key:
            self.codes.put(code, fact.position, None)

    def _person(self, fact: Fact) -> None:
        if "department" in fact.payload:
            self.people.put(fact.units.get("person", ""), fact.position, fact.payload["department"])

    def _person_left(self, fact: Fact) -> None:
        self.left.put(fact.units.get("person", ""), fact.position, True)

    def _post(self, fact: Fact) -> None:
        self.posts.put(str(fact.payload.get("post")), fact.position, fact.payload.get("holder"))


_READERS = {
    names.ROOM_INSTALLED: World._installed,
    names.TOOK_EFFECT: World._took_effect,
    names.CALENDAR: World._calendar_changed,
    names.DEPARTMENT_CLOSED: World._department_closed,
    names.PERSON_LEFT: World._person_left,
    names.POST_NAMED: World._post,
    **dict.fromkeys(names.DEPARTMENTS, World._department),
    **dict.fromkeys(names.PEOPLE, World._person),
}
