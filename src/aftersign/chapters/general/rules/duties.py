"""Who may do what to a duty."""

from __future__ import annotations

from typing import Any

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate
from aftersign.kernel.org.queries import departments_under


def _is_of_its_department(actor: Actor, duty: Any) -> bool:
    person = actor.person if actor.is_person else None
    return (
        person is not None and duty.owner_department_id is not None and person.department_id == duty.owner_department_id
    )


def _heads_its_department(actor: Actor, duty: Any) -> bool:
    department = duty.owner_department
    return actor.is_person and department is not None and department.head_id == actor.id


def _owns(actor: Actor, duty: Any) -> bool:
    return actor.is_person and duty.owner_id is not None and duty.owner_id == actor.id


def _heads_owner(actor: Actor, duty: Any) -> bool:
    person = actor.person if actor.is_person else None
    if person is None or duty.owner is None or duty.owner_id == person.pk:
        return False
    return duty.owner.department_id in departments_under(person)


owns = Predicate("owner of the duty", _owns)
heads_owner = Predicate("head of the owner of the duty", _heads_owner)
of_its_department = Predicate("of the department that owes the duty", _is_of_its_department)
heads_its_department = Predicate("head of the department that owes the duty", _heads_its_department)
capabilities.declare("general.take_duty", of_its_department | heads_its_department)
capabilities.declare("general.hand_on_duty", owns | heads_owner | heads_its_department)
for _name in ("request_waiver", "request_extension"):
    capabilities.declare(f"general.{_name}", owns | of_its_department | heads_its_department)
