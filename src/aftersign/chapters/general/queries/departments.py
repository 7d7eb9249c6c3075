"""What stands in a department."""

from __future__ import annotations

from dataclasses import dataclass

from aftersign.kernel.org.models import Department
from aftersign.kernel.org.queries import people
from aftersign.policy.cards import cards
from aftersign.policy.models import UNFINISHED, Duty


@dataclass(frozen=True)
class Standing:
    """What stands in a department, by name: people, unfinished duties of its own, and departments below."""

    people: tuple[str, ...]
    duties: tuple[str, ...]
    below: tuple[str, ...]


def standing_in(department: Department) -> Standing:
    """What stands in a department now; at most five queries."""
    duties = Duty.objects.filter(owner_department=department, state__in=UNFINISHED).select_related("order")
    below = Department.objects.filter(above=department, closed_on=None).order_by("name")
    return Standing(
        people=tuple(people().filter(department=department).values_list("name", flat=True)),
        duties=tuple(card.title for card in cards(duties.order_by("due_at", "id"))),
        below=tuple(below.values_list("name", flat=True)),
    )
