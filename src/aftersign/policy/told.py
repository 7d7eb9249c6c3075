"""What must still be told: breaches and steps of escalation that have come, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from aftersign.policy.engine import Case, Duty
from aftersign.policy.models import ToldStep

BREACH = "breach"


@dataclass(frozen=True)
class Step:
    """A breach (`step` is then "breach") or one step of escalation of a duty; `at` in microseconds."""

    order_id: UUID | None
    duty_id: UUID
    duty: Duty
    step: str
    role: str
    at: int
    people: tuple[str, ...]


def untold(cases: Mapping[UUID | None, Case]) -> list[Step]:
    """The steps that have come in these cases and that nobody has been told of; at most one query."""
    found = [step for order_id, case in cases.items() for duty in case.duties for step in come(order_id, duty)]
    if not found:
        return []
    rows = ToldStep.objects.filter(duty_id__in={step.duty_id for step in found})
    known = set(rows.values_list("duty_id", "step"))
    return [step for step in found if (step.duty_id, step.step) not in known]


def come(order_id: UUID | None, duty: Duty) -> list[Step]:
    """The breach of a duty and the steps of its escalation that have come."""
    if duty.breached is None:
        return []
    key = UUID(duty.key)
    steps = [Step(order_id, key, duty, BREACH, "", duty.breached, ())]
    for step, role, at, people in duty.told:
        steps.append(Step(order_id, key, duty, f"{step} {role}", role, at, tuple(people)))
    return steps
