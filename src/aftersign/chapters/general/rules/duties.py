"""Who may do what to a duty, and to whom it may pass."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate
from aftersign.kernel.acts import able
from aftersign.kernel.acts.doorway import declared
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import departments_under
from aftersign.policy.cards import Card, cards
from aftersign.policy.models import Duty


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


def fault_of_handing(duty: Duty, to: Person) -> str:
    """Why a duty cannot pass to somebody, empty when it can.

    Whoever gets it can do what it asks for, as its present owner can. Where the owner cannot either, for the act is
    recorded by others, anybody who works here gets it.
    """
    if fault := able.fault_of(to):
        return fault
    if to.pk == duty.owner_id:
        return _("%(name)s has this duty already.") % {"name": to.name}
    card = cards([duty])[0]
    if duty.owner is None or not _may_do(duty.owner, card) or _may_do(to, card):
        return ""
    said = {"name": to.name, "act": card.title}
    return _("%(name)s may not do “%(act)s”; choose somebody who may.") % said


def _may_do(person: Person, card: Card) -> bool:
    known = declared().get(card.act)
    if known is None or card.unit is None:
        return False
    return capabilities.allowed(Actor("person", person=person), known.capability, card.unit)
