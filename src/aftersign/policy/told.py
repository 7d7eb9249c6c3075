"""What must still be told: breaches and steps of escalation that have come, each once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from aftersign.policy.engine import Case, Duty, duty_key
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
    come = [step for order_id, case in cases.items() for duty in case.duties for step in _come(order_id, duty)]
    if not come:
        return []
    rows = ToldStep.objects.filter(duty_id__in={step.duty_id for step in come})
    known = set(rows.values_list("duty_id", "step"))
    return [step for step in come if (step.duty_id, step.step) not in known]


def _come(order_id: UUID | None, duty: Duty) -> list[Step]:
    if duty.breached is None:
        return []
    key = duty_key(duty.term, duty.unit, duty.opened_by, duty.period)
    steps = [Step(order_id, key, duty, BREACH, "", duty.breached, ())]
    for step, role, at, people in duty.told:
        steps.append(Step(order_id, key, duty, f"{step} {role}", role, at, tuple(people)))
    return steps
