"""Who is meant by a role: in the opening fact, in the order's team, in the departments and posts of the company."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.policy.engine.names import GENERAL_MANAGER
from aftersign.policy.engine.types import Duty, Fact
from aftersign.policy.engine.world import World
from aftersign.policy.rulebook import Role

Trail = Callable[[], Iterable[Fact]]
_LEVELS = {"head_of": 1, "head_above": 2}


@dataclass(frozen=True, slots=True)
class Owner:
    """A person, or a department whose head sees the duty until somebody takes it; neither: nobody was found."""

    person: str | None = None
    department: str | None = None
    without_owner: bool = False


class Roles:
    """The roles of an edition for one case, as the company stood at a place in the journal.

    `team` gives the person of each post named for the order, `signed` what order.signed carries. A trail are the facts
    in which a key of the unit is looked for: the opening one, then the earlier ones of the unit, latest first.
    """

    def __init__(
        self,
        world: World,
        roles: Mapping[str, Role],
        signed: Mapping[str, Any],
        team: Mapping[str, str],
        place: int,
    ) -> None:
        self._world, self._roles, self._signed, self._team, self._place = world, roles, signed, team, place
        self._known: dict[str, Owner] = {}

    def owner(self, role: str, trail: Trail) -> Owner:
        """Who owes a duty of this role; where it is nobody, whoever answers for that department, marked so."""
        known = self._known.get(role)
        if known is not None:
            return known
        how = self._roles[role].resolved
        if "unit." in how:
            return self._of_unit(how, trail)
        found = self._known[role] = self._standing(role, how)
        return found

    def told_of(self, duty: Duty, role: str, trail: Trail) -> tuple[str, ...]:
        """The people whom a step of escalation of a duty reaches."""
        how = self._roles[role].resolved
        if how.startswith(("everyone:", "outside:")):
            return ()
        sort, _colon, whose = how.rpartition(":")
        if whose == "owner":
            who = duty.owner or duty.owner_department
            person = self.head_of(who, _LEVELS[sort]) if sort else duty.owner
        else:
            reached = self.owner(role, trail)
            person = reached.person or self.head_of(reached.department)
        return (person,) if person else ()

    def head_of(self, who: str | None, levels: int = 1) -> str | None:
        """The head of the department that this is or belongs to, or, where it is that head, the head above.

        With two levels the head above that one; at the top the last head there is.
        """
        if who is None:
            return None
        department = who if self._is_department(who) else self._world.people.at(who, self._place)
        chain = [head for head in self._heads(department) if head != who]
        return chain[min(levels, len(chain)) - 1] if chain else None

    def _standing(self, role: str, how: str) -> Owner:
        """A role that does not depend on the unit: of the team, a post, a department or its head."""
        sort, _colon, code = how.partition(":")
        if sort == "order_team":
            person = self._present(self._team.get(role) or self._signed.get(f"{role}_owner"))
            return Owner(person) if person else self._head_of_code(self._roles[role].department)
        if sort == "post":
            person = self._present(self._world.posts.at(role, self._place))
            return Owner(person) if person else self._nobody(None)
        if sort == "department_head":
            return self._head_of_code(code)
        department = self._world.codes.at(code, self._place) if sort == "department" else None
        return Owner(None, department) if department else self._nobody(None)

    def _of_unit(self, how: str, trail: Trail) -> Owner:
        sort, _colon, rest = how.partition(":")
        value = self._meant(rest if sort in _LEVELS else how, trail)
        if sort in _LEVELS:
            person = self.head_of(value, _LEVELS[sort])
            return Owner(person) if person else self._nobody(None)
        if value is None:
            return self._nobody(None)
        if self._is_department(value):
            return Owner(None, value)
        person = self._present(value)
        return Owner(person) if person else self._nobody(self._world.people.at(value, self._place))

    def _meant(self, how: str, trail: Trail) -> str | None:
        """The person or department that a key of the unit names, directly or by a code."""
        keys, _colon, table = how.removeprefix("unit.").partition(":")
        value = _first(keys.split("|"), trail())
        if value is None:
            return None
        if table:
            codes = dict(pair.split("=") for pair in table.split(","))
            department: str | None = self._world.codes.at(codes.get(value), self._place)
            return department
        return self._world.codes.at(value, self._place) or value

    def _heads(self, department: str | None) -> list[str]:
        """The heads of a department and of those above it, each once."""
        found: list[str] = []
        seen: set[str] = set()
        while department and department not in seen:
            seen.add(department)
            row = self._world.departments.at(department, self._place) or {}
            head = self._present(row.get("head"))
            if head and head not in found:
                found.append(head)
            department = row.get("above")
        return found

    def _head_of_code(self, code: str | None) -> Owner:
        department = self._world.codes.at(code, self._place)
        row = self._world.departments.at(department, self._place) or {}
        head = self._present(row.get("head"))
        return Owner(head) if head else self._nobody(department)

    def _nobody(self, department: str | None) -> Owner:
        """The head of the department, the head above, the general manager; else nobody. The duty is marked."""
        heads = self._heads(department)
        manager = self._world.posts.at(GENERAL_MANAGER, self._place)
        return Owner(heads[0] if heads else self._present(manager), None, True)

    def _is_department(self, key: str) -> bool:
        return self._world.departments.at(key, self._place) is not None

    def _present(self, person: Any) -> str | None:
        return self._world.stand_in(str(person), self._place) if person else None


def _first(keys: list[str], trail: Iterable[Fact]) -> str | None:
    """The first of the keys in the first fact that has one, in its payload or among its ids."""
    for fact in trail:
        for key in keys:
            value = fact.payload.get(key) or fact.units.get(key)
            if value:
                return str(value)
    return None
