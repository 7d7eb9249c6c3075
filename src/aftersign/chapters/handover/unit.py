"""The units of the handover: a department's copy of the form, and a question about it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from aftersign.chapters.handover.models import HandoverCopy, Question
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Department
from aftersign.kernel.units.addresses import address_of
from aftersign.kernel.units.registry import UnitKind
from aftersign.orders.unit import visible_orders


def own_departments(actor: Actor) -> Q:
    """The departments for which somebody receives: their own, and those that they head."""
    person = actor.principal
    if not actor.is_person or person is None:
        return Q(pk__in=[])
    return Q(pk=person.department_id) | Q(head=person)


def visible_copies(actor: Actor | None) -> QuerySet[HandoverCopy]:
    """The copies that an actor may see: of the orders they see, and those that their department received."""
    if actor is None:
        return HandoverCopy.objects.none()
    received = Department.objects.filter(own_departments(actor)).values("pk")
    return HandoverCopy.objects.filter(Q(order__in=visible_orders(actor).values("pk")) | Q(department__in=received))


def _address(copy: HandoverCopy) -> str:
    return address_of("handover:copy", copy.order.number, copy.key)


KINDS = (
    UnitKind(
        name="handover_copy",
        model=HandoverCopy,
        title=lambda copy: f"{copy.handover.number} {copy.department.name}",
        address=_address,
        parent=lambda copy: copy.order,
        visible_to=visible_copies,
        departments=lambda copy: {copy.department_id},
        related=("order", "handover", "department"),
        along=("form", "handover", "department"),
    ),
    UnitKind(
        name="question",
        model=Question,
        title=lambda question: question.text,
        address=lambda question: _address(question.copy) + "#questions",
        parent=lambda question: question.copy,
        visible_to=lambda actor: Question.objects.filter(copy__in=visible_copies(actor).values("pk")),
        departments=lambda question: {question.copy.department_id},
        related=("order", "copy__order", "copy__department"),
        along=("copy__department",),
    ),
)
