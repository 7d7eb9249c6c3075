"""The units of the organisation itself: the company, its departments and its people.

People, departments and posts point at each other, so that whoever changes one of them locks the company's row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse

from aftersign.kernel.org.models import COMPANY_ID, Company, Department, Person
from aftersign.kernel.units.registry import UnitKind


def _company(unit: Any) -> Company:
    return Company(pk=COMPANY_ID)


def _page(name: str) -> Callable[[Any], str]:
    """The page of a record, where the room that shows it is installed."""

    def address(unit: Any) -> str:
        try:
            return reverse(name, args=[unit.pk])
        except NoReverseMatch:
            return "/"

    return address


KINDS = (
    UnitKind(
        name="company",
        model=Company,
        title=lambda company: company.name,
        address=lambda company: "/",
        visible_to=lambda actor: Company.objects.all(),
        is_only=True,
    ),
    UnitKind(
        name="department",
        model=Department,
        title=lambda department: department.name,
        address=_page("general:department"),
        visible_to=lambda actor: Department.objects.all(),
        departments=lambda department: {department.pk},
        guard=_company,
    ),
    UnitKind(
        name="person",
        model=Person,
        title=lambda person: person.name,
        address=_page("general:person"),
        visible_to=lambda actor: Person.objects.filter(is_operating=False),
        departments=lambda person: {person.department_id} if person.department_id else set(),
        guard=_company,
    ),
)
