"""Acts on departments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Department, Person


@act("general.list_department", capability="general.list_department")
def list_department(
    company: Company,
    *,
    name: str,
    code: str = "",
    above: Department | None = None,
    works_on_orders: bool = True,
    by: Actor,
) -> Department:
    """A department is founded; raises `Refused` when its code is taken or it has no name."""
    _refuse(name, code)
    department = Department.objects.create(name=name.strip(), code=code, above=above, works_on_orders=works_on_orders)
    state(
        facts.DepartmentListed(
            about=department,
            name=department.name,
            code=code or None,
            works_on_orders=works_on_orders,
            above=above.pk if above else None,
        )
    )
    return department


@act("general.change_department", capability="general.change_department")
def change_department(
    department: Department,
    *,
    name: str | None = None,
    head: Person | None = None,
    above: Department | None = None,
    by: Actor,
) -> Department:
    """A department gets another name, head or place; what is not given stays as it was."""
    changed: dict[str, Any] = {}
    if name is not None and name != department.name:
        _refuse(name, "")
        department.name = changed["name"] = name.strip()
    if head is not None and head.pk != department.head_id:
        department.head, changed["head"] = head, head.pk
    if above is not None and above.pk != department.above_id:
        if above.pk == department.pk:
            raise Refused.because(_("A department does not stand above itself."), missing=("above",))
        department.above, changed["above"] = above, above.pk
    if changed:
        department.save()
        state(facts.DepartmentChanged(about=department, **changed))
    return department


def _refuse(name: str, code: str) -> None:
    if not name.strip():
        raise Refused.because(_("Write the name of the department."), missing=("name",))
    if code and Department.objects.filter(code=code, closed_on=None).exists():
        raise Refused.because(_("The code %(code)s belongs to another department.") % {"code": code}, missing=("code",))
