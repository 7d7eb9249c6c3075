"""Who may do what to a duty."""

from __future__ import annotations

from typing import Any

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate


def _is_of_its_department(actor: Actor, duty: Any) -> bool:
    person = actor.person if actor.is_person else None
    return (
        person is not None and duty.owner_department_id is not None and person.department_id == duty.owner_department_id
    )


def _heads_its_department(actor: Actor, duty: Any) -> bool:
    department = duty.owner_department
    return actor.is_person and department is not None and department.head_id == actor.id


of_its_department = Predicate("of the department that owes the duty", _is_of_its_department)
heads_its_department = Predicate("head of the department that owes the duty", _heads_its_department)
capabilities.declare("general.take_duty", of_its_department | heads_its_department)
