"""Who is meant by a role: in the opening fact, in the order's team, in the departments and posts of the company."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.policy.engine.names import GENERAL_MANAGER
from aftersign.policy.engine.types import Duty
from aftersign.policy.engine.world import World


@dataclass(frozen=True, slots=True)
class Owner:
    """A person, or a department whose head sees the duty until somebody takes it; neither: nobody was found."""

    person: str | None = None
    department: str | None = None
    without_owner: bool = False


class Roles:
    """The roles of an edition for one case, as the company stood at a place in the journal.

    `found` answers a key of the unit (payload or ids): in the opening fact, else in the latest earlier one of the unit.
    `team` gives the person of each post named for the order, `signed` what order.signed carries.
    """

    def __init__(self, world: World, roles: Mapping[str, Any], signed: Mapping[str, Any], team: Mapping[str, str]) -> None:
        self._world, self._roles, self._signed, self._team = world, roles, signed, team

    def owner(self, role: str, found: Callable[[str], Any], place: int) -> Owner:
        """Who owes a duty of this role; where it is nobody, whoever answers for that department, marked so."""
        known = self._roles[role]
        how = known.resolved
        if how == "order_team":
            person = self._present(self._team.get(role) or self._signed.get(f"{role}_owner"), place)
            return Owner(person) if person else self._head_of_code(known.department, place)
        if how == "post":
            person = self._present(self._world.posts.at(role, place), place)
            return Owner(person) if person else self._nobody(None, place)
        sort, _colon, rest = how.partition(":")
        if sort == "department":
            department = self._world.codes.at(rest, place)
            return Owner(None, department) if department else self._nobody(None, place)
        if sort == "department_head":
            return self._head_of_code(rest, place)
        if sort == "head_of":
            person = self.head_of(self._of_unit(rest, found, place), place)
            return Owner(person) if person else self._nobody(None, place)
        return self._unit_owner(how, found, place)

    def _unit_owner(self, how: str, found: Callable[[str], Any], place: int) -> Owner:
        value = self._of_unit(how, found, place)
        if value is None:
            return self._nobody(None, place)
        if self._is_department(value, place):
            return Owner(None, value)
        person = self._present(value, place)
        return Owner(person) if person else self._nobody(self._world.people.at(value, place), place)

    def _of_unit(self, how: str, found: Callable[[str], Any], place: int) -> str | None:
        keys, _colon, table = how.removeprefix("unit.").partition(":")
        value = next((each for each in map(found, keys.split("|")) if each), None)
        if value is not None and table:
            codes = dict(pair.split("=") for pair in table.split(","))
            return self._world.codes.at(codes.get(str(value)), place)
        if value is None:
            return None
        return self._world.codes.at(str(value), place) or str(value)

    def told_of(self, duty: Duty, role: str, found: Callable[[str], Any], place: int) -> tuple[str, ...]:
        """The people whom a step of escalation of a duty reaches."""
        how = self._roles[role].resolved
        if how in ("head_of:owner", "head_above:owner"):
            who = duty.owner or duty.owner_department
            levels = 1 if how == "head_of:owner" else 2
            person = self.head_of(who, place, levels) if who else None
            return (person,) if person else ()
        reached = self.owner(role, found, place)
        person = reached.person or self.head_of(reached.department, place)
        return (person,) if person else ()

    def head_of(self, who: str | None, place: int, levels: int = 1) -> str | None:
        """The head of the department that this is or belongs to, or, where it is that head, the head above.

        With two levels the head above that one; at the top the last head there is.
        """
        if who is None:
            return None
        department = who if self._is_department(who, place) else self._world.people.at(who, place)
        chain = [head for head in self._heads(department, place) if head != who]
        return chain[min(levels, len(chain)) - 1] if chain else None

    def _heads(self, department: str | None, place: int) -> list[str]:
        found: list[str] = []
        seen: set[str] = set()
        while department and department not in seen:
            seen.add(department)
            row = self._world.departments.at(department, place) or {}
            head = self._present(row.get("head"), place)
            if head and head not in found:
                found.append(head)
            department = row.get("above")
        return found

    def _head_of_code(self, code: str | None, place: int) -> Owner:
        key = code, self._world.turn(place)
        known = self._world.heads_by_code.get(key)
        if known is None:
            department = self._world.codes.at(code, place)
            row = self._world.departments.at(department, place) or {}
            known = self._world.heads_by_code[key] = department, self._present(row.get("head"), place)
        department, head = known
        return Owner(head) if head else self._nobody(department, place)

    def _nobody(self, department: str | None, place: int) -> Owner:
        """The head of the department, the head above, the general manager; else nobody. The duty is marked."""
        heads = self._heads(department, place)
        person = heads[0] if heads else self._present(self._world.posts.at(GENERAL_MANAGER, place), place)
        return Owner(person, None, True)

    def _is_department(self, key: str, place: int) -> bool:
        return self._world.departments.at(key, place) is not None

    def _present(self, person: Any, place: int) -> str | None:
        return str(person) if person and not self._world.left.at(str(person), place) else None
