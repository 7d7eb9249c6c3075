"""The units of the organisation itself: the company, its departments and its people."""

from __future__ import annotations

from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.units.registry import UnitKind

KINDS = (
    UnitKind(
        name="company",
        model=Company,
        title=lambda company: company.name,
        address=lambda company: "/",
        visible_to=lambda actor: Company.objects.all(),
    ),
    UnitKind(
        name="department",
        model=Department,
        title=lambda department: department.name,
        address=lambda department: "/",
        visible_to=lambda actor: Department.objects.all(),
        departments=lambda department: {department.pk},
    ),
    UnitKind(
        name="person",
        model=Person,
        title=lambda person: person.name,
        address=lambda person: "/",
        visible_to=lambda actor: Person.objects.filter(is_operating=False),
        departments=lambda person: {person.department_id} if person.department_id else set(),
    ),
)
