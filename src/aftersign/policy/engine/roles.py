"""Who is meant by a role: in the opening fact, in the order's team, in the departments and posts of the company."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aftersign.policy.engine.names import GENERAL_MANAGER
from aftersign.policy.engine.people import People
from aftersign.policy.rulebook import Role

Find = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Meant:
    """A person, or a department whose head sees the duty until somebody takes it; marked where a role led to nobody.

    Both are given where somebody has taken what their department owes, or has it from whoever took it.
    """

    person: str | None = None
    department: str | None = None
    without_owner: bool = False


class Roles:
    """The roles of an edition for one case, as the company stood at a place in the journal on a day (ISO).

    `team` gives the person of each post named for the order, `signed` what order.signed carries.
    """

    def __init__(
        self,
        people: People,
        roles: Mapping[str, Role],
        signed: Mapping[str, Any],
        team: Mapping[str, str],
        place: int,
        day: str,
    ) -> None:
        self._people, self._roles, self._signed, self._team = people, roles, signed, team
        self._place, self._day = place, day

    def owner(self, role: str, find: Find) -> Meant:
        """Who owes a duty of this role; where it is nobody, whoever answers for that department, marked so.

        `find` answers a key of the unit: in the opening fact, else in the latest earlier one of the unit.
        """
        known = self._roles[role]
        how, (sort, _colon, rest) = known.resolved, known.resolved.partition(":")
        if how == "order_team":
            person = self._standing(self._team.get(role) or self._signed.get(f"{role}_owner"))
            return Meant(person) if person else self._head_of_code(known.department or "")
        if how == "post":
            person, department = self._people.holder(role, self._place, self._day)
            return Meant(person) if person else self._department(department) if department else self.nobody(None)
        if sort == "department":
            return self._department(self._people.codes.at(rest, self._place))
        if sort == "department_head":
            return self._head_of_code(rest)
        if sort in ("head_of", "head_above"):
            who = self._of_unit(rest, find)
            person = self.head_of(who, above=sort == "head_above")
            return Meant(person) if person else self.nobody(None)
        return self._meant(self._of_unit(how, find))

    def reached(self, role: str, owner: Meant, find: Find) -> tuple[str, ...]:
        """The people whom a role reaches when they are told of a duty of this owner; nobody outside the company."""
        sort, _colon, rest = self._roles[role].resolved.partition(":")
        if sort in ("everyone", "outside"):
            return ()
        if rest == "owner":
            person = self.head_of(owner.person or owner.department, above=sort == "head_above")
            return (person,) if person else ()
        meant = self.owner(role, find)
        person = meant.person or self.head_of(meant.department)
        return (person,) if person else ()

    def head_of(self, who: str | None, *, above: bool = False) -> str | None:
        """The head of the department that this is or belongs to, or, where it is that head, the head above.

        `above`: the head of the department above that one; at the top nobody more, so the last head there is.
        """
        if who is None:
            return None
        heads = self._people.heads(self._people.department_of(who, self._place), self._place)
        chain = [head for head in heads if head != who]
        if not chain:
            return None
        is_head = len(chain) < len(heads)
        return chain[min(1, len(chain) - 1)] if above and not is_head else chain[0]

    def nobody(self, department: str | None) -> Meant:
        """Whoever a duty falls to that nobody owes: a head, the general manager, the administrator. It is marked."""
        heads = self._people.heads(department, self._place)
        manager, _department = self._people.holder(GENERAL_MANAGER, self._place, self._day)
        person = heads[0] if heads else manager or self._people.administrator
        return Meant(person, None, True)

    def _meant(self, value: Any) -> Meant:
        if not value:
            return self.nobody(None)
        if self._people.is_department(str(value), self._place):
            return self._department(str(value))
        person = self._standing(value)
        return Meant(person) if person else self.nobody(self._people.works_in.at(str(value), self._place))

    def _of_unit(self, how: str, find: Find) -> str | None:
        """The person or department that the unit names; a code stands for the department listed with it."""
        keys, _colon, table = how.removeprefix("unit.").partition(":")
        value = next((each for each in map(find, keys.split("|")) if each), None)
        if value is None:
            return None
        if table:
            code = dict(pair.split("=") for pair in table.split(",")).get(str(value))
            return str(found) if (found := self._people.codes.at(code, self._place)) else None
        for code in (str(value), str(value).removesuffix("_department")):
            if found := self._people.codes.at(code, self._place):
                return str(found)
        return str(value)

    def _department(self, department: Any) -> Meant:
        return Meant(None, str(department)) if department else self.nobody(None)

    def _head_of_code(self, code: str) -> Meant:
        department = self._people.codes.at(code, self._place)
        row = self._people.departments.at(department, self._place) or {}
        head = self._standing(row.get("head"))
        return Meant(head) if head else self.nobody(department)

    def _standing(self, person: Any) -> str | None:
        return self._people.standing(person, self._place)
