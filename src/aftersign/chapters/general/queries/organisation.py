"""The organisation at a glance: departments with their heads, posts of the company, deputies, and what nobody holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from aftersign.chapters.general.queries.deputies import deputyships
from aftersign.kernel.org.models import Department, Deputyship, Person, Post
from aftersign.kernel.org.queries import departments, people
from aftersign.kernel.units import words
from aftersign.policy.editions import store
from aftersign.policy.models import UNFINISHED, Duty

CODES = "department_codes"


@dataclass(frozen=True)
class Branch:
    """A department in the tree: how deep it stands, its head (None: vacant), people, and duties waiting to be taken."""

    department: Department
    depth: int
    head: Person | None
    people: int
    waiting: int


@dataclass(frozen=True)
class Seat:
    """A post of the company with its holder; None: vacant."""

    post: str
    holder: Person | None
    from_on: date | None


@dataclass(frozen=True)
class Organisation:
    """What the page of the organisation shows."""

    branches: tuple[Branch, ...]
    seats: tuple[Seat, ...]
    deputyships: tuple[Deputyship, ...]
    missing_codes: tuple[str, ...]
    orphans: int

    @property
    def headless(self) -> tuple[Branch, ...]:
        """Departments that nobody heads."""
        return tuple(each for each in self.branches if each.head is None)

    @property
    def vacant(self) -> tuple[Seat, ...]:
        """Posts that nobody holds."""
        return tuple(each for each in self.seats if each.holder is None)

    @property
    def has_gaps(self) -> bool:
        """Whether anything has to be filled first."""
        return bool(self.headless or self.vacant or self.missing_codes or self.orphans)


def organisation() -> Organisation:
    """Everything at once; seven queries, however many departments."""
    rows = list(departments())
    working = Counter(dict(people().order_by().values_list("department").annotate(Count("pk"))))
    desks = Duty.objects.filter(owner=None, owner_department__isnull=False, state__in=UNFINISHED)
    waiting = Counter(dict(desks.order_by().values_list("owner_department").annotate(Count("pk"))))
    branches = (Branch(row, depth, present(row.head), working[row.pk], waiting[row.pk]) for row, depth in _tree(rows))
    return Organisation(
        branches=tuple(branches),
        seats=seats(),
        deputyships=tuple(deputyships()[:20]),
        missing_codes=tuple(sorted(set(words.members(CODES)) - {row.code for row in rows})),
        orphans=Duty.objects.filter(without_owner=True, state__in=UNFINISHED).count(),
    )


def seats() -> tuple[Seat, ...]:
    """The posts that the policy names as roles, and those that somebody held before; one query."""
    rulebook = store.shown()
    named = [name for name, role in rulebook.roles.items() if role.resolved == "post"] if rulebook else []
    held = {row.name: row for row in Post.objects.select_related("holder__department")}
    rows = ((name, held.get(name)) for name in dict.fromkeys((*named, *sorted(held))))
    return tuple(Seat(name, present(row.holder) if row else None, row.from_on if row else None) for name, row in rows)


def present(person: Person | None) -> Person | None:
    """The person, or None for nobody and for somebody who no longer works here."""
    return person if person and person.is_active and person.left_on is None else None


def _tree(rows: list[Department]) -> Iterator[tuple[Department, int]]:
    """Departments in the order of a tree, each with its depth; those in no line from the top come last."""
    known = {row.pk: row for row in rows}
    below: dict[UUID | None, list[Department]] = {}
    for row in rows:
        below.setdefault(row.above_id if row.above_id in known else None, []).append(row)
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        yield row, depth
        waiting += [(each, depth + 1) for each in reversed(below.get(row.pk, []))]
