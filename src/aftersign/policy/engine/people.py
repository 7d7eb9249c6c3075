"""Departments, people and posts of the company, as they stood at any place in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aftersign.policy.engine import names
from aftersign.policy.engine.history import History
from aftersign.policy.engine.types import Fact


@dataclass(frozen=True, slots=True)
class Leaving:
    """Since when somebody is gone, who took over everything, and the place in the journal that says so."""

    entered: int
    successor: str | None
    place: int


class People:
    """Who works where, who heads what, which department a code means, who holds a post, who deputises, who has left."""

    def __init__(self, administrator: str | None = None) -> None:
        self.administrator = administrator
        self.departments, self.codes, self.works_in = History(), History(), History()
        self.left, self._posts, self._deputies = History(), History(), History()
        self.is_empty = True

    def learn(self, fact: Fact) -> None:
        """What a fact says of people; others are passed over."""
        reader = _READERS.get(fact.name)
        if reader is not None:
            self.is_empty = False
            reader(self, fact)

    def present(self, person: object, place: int) -> str | None:
        """The person, or None for nobody and for somebody who has left."""
        return str(person) if person and not self.left.at(str(person), place) else None

    def standing(self, person: object, place: int) -> str | None:
        """The person, or whoever took over from one who has left; None where that leads to nobody."""
        found = str(person) if person else None
        seen: set[str] = set()
        while found is not None and found not in seen:
            seen.add(found)
            left = self.left.at(found, place)
            if left is None:
                return found
            found = left.successor
        return None

    def is_department(self, unit: str | None, place: int) -> bool:
        """Whether an id is that of a department."""
        return self.departments.at(unit, place) is not None

    def department_of(self, who: str, place: int) -> str | None:
        """A department itself, or the one in which a person works."""
        return who if self.is_department(who, place) else self.works_in.at(who, place)

    def heads(self, department: str | None, place: int) -> list[str]:
        """The heads of a department and of those above it, upwards, each once, vacant ones left out."""
        found: list[str] = []
        seen: set[str] = set()
        while department and department not in seen:
            seen.add(department)
            row = self.departments.at(department, place) or {}
            head = self.standing(row.get("head"), place)
            if head and head not in found:
                found.append(head)
            department = row.get("above")
        return found

    def holder(self, post: str, place: int, day: str) -> tuple[str | None, str | None]:
        """The person and the department that hold a post on a day (ISO)."""
        for from_on, person, department in self._posts.latest(post, place):
            if from_on <= day:
                return self.standing(person, place), department
        return None, None

    def first_named(self, post: str, after: int, place: int) -> str | None:
        """Whoever was the first person to be named for a post after a place in the journal and up to another."""
        return next((person for _day, person, _desk in self._posts.between(post, after, place) if person), None)

    def deputies(self, person: str, place: int, day: str) -> Iterator[str]:
        """Whoever may act for a person on a day (ISO); the end of a deputyship ends all that was named before."""
        ended: set[str] = set()
        for deputy, from_on, until in self._deputies.latest(person, place):
            if not from_on:
                ended.add(deputy)
            elif deputy not in ended and from_on <= day and (not until or day <= until) and self.present(deputy, place):
                yield deputy

    def _department(self, fact: Fact) -> None:
        key, place = fact.units.get("department", ""), fact.position
        known = dict(self.departments.at(key, place) or {})
        before = known.get("code")
        known |= {name: fact.payload[name] for name in ("code", "head", "above") if name in fact.payload}
        self.departments.put(key, place, known)
        if before and before != known.get("code") and self.codes.at(before, place) == key:
            self.codes.put(before, place, None)
        if known.get("code"):
            self.codes.put(known["code"], place, key)

    def _department_closed(self, fact: Fact) -> None:
        key, place = fact.units.get("department", ""), fact.position
        code = (self.departments.at(key, place) or {}).get("code")
        if code and self.codes.at(code, place) == key:
            self.codes.put(code, place, None)

    def _person(self, fact: Fact) -> None:
        if "department" in fact.payload:
            self.works_in.put(fact.units.get("person", ""), fact.position, fact.payload["department"])

    def _person_left(self, fact: Fact) -> None:
        successor = fact.payload.get("successor")
        leaving = Leaving(fact.entered, str(successor) if successor else None, fact.position)
        self.left.put(fact.units.get("person", ""), fact.position, leaving)

    def _post(self, fact: Fact) -> None:
        said = fact.payload
        holder, department = said.get("holder") or fact.units.get("person"), fact.units.get("department")
        row = (str(said.get("from_on") or ""), str(holder) if holder else None, department)
        self._posts.put(str(said.get("post")), fact.position, row)

    def _deputy(self, fact: Fact) -> None:
        said = fact.payload
        row = (str(said.get("deputy") or ""), str(said.get("from_on") or ""), str(said.get("until") or ""))
        self._deputies.put(fact.units.get("person", ""), fact.position, row)


_READERS = {
    names.DEPARTMENT_CLOSED: People._department_closed,
    names.PERSON_LEFT: People._person_left,
    names.POST_NAMED: People._post,
    **dict.fromkeys((names.DEPUTY_NAMED, names.DEPUTY_ENDED), People._deputy),
    **dict.fromkeys(names.DEPARTMENTS, People._department),
    **dict.fromkeys(names.PEOPLE, People._person),
}
