"""Acts on departments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, queries
from aftersign.chapters.general.acts.anew import anew
from aftersign.chapters.general.rules.departments import line_above, still_standing
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.org.queries import department_tree


@act("general.list_department", capability="general.list_department")
def list_department(
    company: Company,
    *,
    name: str,
    code: str = "",
    above: Department | None = None,
    head: Person | None = None,
    works_on_orders: bool = True,
    by: Actor,
) -> Department:
    """A department is founded; raises `Refused` when its code is taken or it has no name."""
    _refuse(name, code)
    _refuse_place(above)
    _refuse_head(head)
    department = Department.objects.create(
        name=name.strip(), code=code, above=above, head=head, works_on_orders=works_on_orders
    )
    state(
        facts.DepartmentListed(
            about=department,
            name=department.name,
            code=code or None,
            head=head.pk if head else None,
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
    code: str | None = None,
    head: Person | None = None,
    above: Department | None = None,
    works_on_orders: bool | None = None,
    by: Actor,
) -> Department:
    """A department gets another name, code, head or place; what is not given stays as it was.

    Raises `Refused` for a code that another has, a circle of departments, a head who has left, a closed department.
    """
    if department.closed_on is not None:
        raise Refused.because(_("%(name)s is closed and changes no more.") % {"name": department.name})
    changed: dict[str, Any] = {}
    if name is not None and name.strip() != department.name:
        _refuse(name, "")
        department.name = changed["name"] = name.strip()
    if code and code != department.code:
        _refuse(department.name, code)
        department.code = changed["code"] = code
    if head is not None and head.pk != department.head_id:
        _refuse_head(head)
        department.head, changed["head"] = head, head.pk
    if above is not None and above.pk != department.above_id:
        _refuse_place(above, department)
        department.above, changed["above"] = above, above.pk
    if works_on_orders is not None and works_on_orders != department.works_on_orders:
        department.works_on_orders = changed["works_on_orders"] = works_on_orders
    if changed:
        department.save()
        state(facts.DepartmentChanged(about=department, **changed))
    return department


@act("general.close_department", capability="general.close_department")
def close_department(department: Department, *, reason: str, by: Actor) -> Department:
    """A department is given up; raises `Refused` with the list while people, duties or departments stand in it."""
    if department.closed_on is not None:
        raise Refused.because(_("%(name)s is closed already.") % {"name": department.name})
    if not reason.strip():
        raise Refused.because(_("Write why the department is closed."), missing=("reason",))
    found = still_standing(queries.standing_in(department))
    if found:
        raise Refused(found)
    department.closed_on = queries.today()
    department.save()
    state(facts.DepartmentClosed(about=department, reason=reason.strip()))
    return department


def _refuse(name: str, code: str) -> None:
    if not name.strip():
        raise Refused.because(_("Write the name of the department."), missing=("name",))
    if code and Department.objects.filter(code=code, closed_on=None).exists():
        raise Refused.because(_("The code %(code)s belongs to another department.") % {"code": code}, missing=("code",))


def _refuse_head(head: Person | None) -> None:
    head = anew(head) if head else None
    if head is not None and (head.left_on is not None or not head.is_active):
        raise Refused.because(_("%(name)s no longer works here.") % {"name": head.name}, missing=("head",))


def _refuse_place(above: Department | None, department: Department | None = None) -> None:
    above = anew(above) if above else None
    if above is not None and above.closed_on is not None:
        sentence = _("%(name)s is closed; choose another department.") % {"name": above.name}
        raise Refused.because(sentence, missing=("above",))
    if above is None or department is None:
        return
    if above.pk == department.pk:
        raise Refused.because(_("A department does not stand above itself."), missing=("above",))
    if department.pk in line_above(above.pk, {row.pk: row.above_id for row in department_tree().values()}):
        said = {"above": above.name, "name": department.name}
        sentence = _("%(above)s stands below %(name)s already; departments do not go round in a circle.") % said
        raise Refused.because(sentence, missing=("above",))
