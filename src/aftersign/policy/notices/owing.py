"""The people who are meant when a duty is told: its owner, else the head of the department that owes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from aftersign.kernel.org.queries import department_tree, people
from aftersign.policy.models import Duty


def members_of(departments: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Who works in departments now, by department; one query."""
    found: dict[UUID, set[UUID]] = {each: set() for each in departments}
    if found:
        rows = people().filter(department__in=found).order_by().values_list("department", "pk")
        for department, person in rows:
            found[department].add(person)
    return {department: frozenset(each) for department, each in found.items()}


def told_of(duties: Iterable[Duty]) -> Mapping[UUID, frozenset[UUID]]:
    """Who is told of each duty: its owner, else the head of its department, and without a head everybody there."""
    rows = list(duties)
    tree, members = department_tree(), members_of(_departments(rows))
    found: dict[UUID, frozenset[UUID]] = {}
    for duty in rows:
        if duty.owner_id:
            found[duty.pk] = frozenset([duty.owner_id])
        elif duty.owner_department_id in tree:
            head = tree[duty.owner_department_id].head_id
            found[duty.pk] = frozenset([head]) if head else members[duty.owner_department_id]
        else:
            found[duty.pk] = frozenset()
    return found


def may_do(duties: Iterable[Duty]) -> Mapping[UUID, frozenset[UUID]]:
    """Who can do what each duty asks: its owner, else everybody of its department, and the head."""
    rows = list(duties)
    tree, members = department_tree(), members_of(_departments(rows))
    found: dict[UUID, frozenset[UUID]] = {}
    for duty in rows:
        if duty.owner_id:
            found[duty.pk] = frozenset([duty.owner_id])
        elif duty.owner_department_id in tree:
            head = tree[duty.owner_department_id].head_id
            found[duty.pk] = members[duty.owner_department_id] | (frozenset([head]) if head else frozenset())
    return found


def _departments(rows: Iterable[Duty]) -> set[UUID]:
    return {row.owner_department_id for row in rows if row.owner_department_id and not row.owner_id}
