"""Who owes the duties of a case: found by role when a duty opened, then changed by handing on, taking and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.record import Record
from aftersign.policy.engine.roles import Find, Meant, Roles
from aftersign.policy.engine.types import Fact

_NOBODY = Meant(None, None, True)
_NO_NEED = Meant()


class CaseOwners:
    """Finds owners and whoever is told, only when somebody asks."""

    def __init__(self) -> None:
        self._record: Record | None = None
        self._by_unit: dict[tuple[str, str], list[tuple[int, Fact]]] | None = None

    def of(self, record: Record) -> None:
        """Find them for this case."""
        self._record = record

    @property
    def record(self) -> Record:
        """The case; raises RuntimeError before there is one."""
        if self._record is None:
            raise RuntimeError("no case yet")
        return self._record

    def owner_of(self, duty: Duty) -> Meant:
        """Who owes a duty at the moment of reading, or owed it when it ended; nobody what is not applicable."""
        if duty.state == "not_applicable":
            return _NO_NEED
        if duty.closer is None or duty.closed is None:
            return self.owner_at(duty, self.record.until)
        return self.owner_at(duty, duty.closed, duty.closer.knew)

    def owner_at(self, duty: Duty, moment: int, place: int | None = None) -> Meant:
        """Who owes a duty at a moment, as known then, or at a place in the journal.

        Whom the role meant when the duty opened; where that was a post that nobody held, whoever is first named for it.
        """
        if place is None:
            place = self._known_at(duty, moment)
        found = self._first_owner(duty)
        if found.without_owner:
            found = self._named_since(duty, place) or found
        for since, person in duty.handed or ():
            if since <= moment:
                found = Meant(person, found.department)
        return self._without_leavers(found, duty, moment, place)

    def reached(self, duty: Duty, role: str, moment: int) -> tuple[str, ...]:
        """The people whom a role reaches when it is told of a duty at a moment."""
        if self.record.world.people.is_empty:
            return ()
        roles = self._roles(moment, duty.opener.position, self._known_at(duty, moment))
        return roles.reached(role, self.owner_at(duty, moment), self._finder(duty, moment))

    def told_when_closed(self, duty: Duty) -> tuple[str, ...]:
        """The people who are told that a duty is done."""
        if duty.closed is None:
            return ()
        told = [person for role in duty.rule.term.tells for person in self.reached(duty, role, duty.closed)]
        return tuple(dict.fromkeys(told))

    def _first_owner(self, duty: Duty) -> Meant:
        record = self.record
        if record.world.people.is_empty and not record.teams and record.signed is None:
            return _NOBODY
        place = duty.opener.knew if duty.period is None else self._known_at(duty, duty.opened)
        roles = self._roles(duty.read, duty.opener.position, place)
        return roles.owner(duty.rule.term.owner, self._finder(duty, duty.read))

    def _named_since(self, duty: Duty, place: int) -> Meant | None:
        """Whoever was the first to be named for the post that owes a duty after it had opened, as known at a place."""
        role = duty.rule.term.owner
        if self.record.variant.rulebook.roles[role].resolved != "post":
            return None
        person = self.record.world.people.first_named(role, duty.opener.knew, place)
        return Meant(person) if person else None

    def _without_leavers(self, found: Meant, duty: Duty, moment: int, place: int) -> Meant:
        """Whoever has left hands over to the successor.

        Without one, what a department owes goes back to its desk, and the rest falls to the head of that time.
        """
        people = self.record.world.people
        seen: set[str] = set()
        while found.person is not None:
            left = people.left.at(found.person, place)
            if left is None or left.entered > moment:
                return found
            seen.add(found.person)
            if left.successor is not None and left.successor not in seen:
                found = Meant(left.successor, found.department)
            elif found.department is not None:
                found = Meant(None, found.department)
            else:
                department = people.works_in.at(found.person, left.place)
                found = self._roles(moment, duty.opener.position, left.place).nobody(department)
                if found.person in seen:
                    return _NOBODY
        return found

    def _known_at(self, duty: Duty, moment: int) -> int:
        """Up to which place the company is known at a moment: never less than whoever opened the duty knew."""
        return max(duty.opener.knew, self.record.world.place_at(moment))

    def _roles(self, moment: int, position: int, place: int) -> Roles:
        record = self.record
        team: Mapping[str, str] = {}
        for since, stated, named in record.teams:
            if since < moment or (since == moment and stated <= position):
                team = named
        signed: Mapping[str, Any] = record.signed.payload if record.signed else {}
        day = record.zone.date(moment)
        return Roles(record.world.people, record.variant.rulebook.roles, signed, team, place, day)

    def _finder(self, duty: Duty, moment: int) -> Find:
        """How a key of the unit is found: in the opening fact, else in the latest earlier one of the same unit."""

        def find(key: str) -> Any:
            value = duty.opener.payload.get(key) or duty.opener.units.get(key)
            if value:
                return value
            for read_at, fact in reversed(self._facts_of(duty.rule.per, duty.unit)):
                value = read_at <= moment and (fact.payload.get(key) or fact.units.get(key))
                if value:
                    return value
            return None

        return find

    def _facts_of(self, kind: str, unit: str) -> list[tuple[int, Fact]]:
        if self._by_unit is None:
            self._by_unit = {}
            for moment, _place, fact in self.record.facts:
                for each in fact.units.items():
                    self._by_unit.setdefault(each, []).append((moment, fact))
        return self._by_unit.get((kind, unit), [])
