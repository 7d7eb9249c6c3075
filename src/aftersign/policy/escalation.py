"""When the steps of escalation of a duty come, and whom they reach, for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aftersign.kernel.clock.due import due
from aftersign.kernel.clock.durations import duration
from aftersign.policy.editions import store
from aftersign.policy.engine import World
from aftersign.policy.models import Duty
from aftersign.policy.moments import count, moment
from aftersign.policy.rulebook import Term


@dataclass(frozen=True)
class EscalationStep:
    """One step: how late it comes, the role that hears of it, and its moment (None while the clock stands still)."""

    step: str
    role: str
    at: datetime | None


def steps_of(duty: Duty, term: Term, company: World) -> tuple[EscalationStep, ...]:
    """All steps of a duty, as the company's calendar stands now."""
    if duty.due_at is None:
        return tuple(EscalationStep(step, role, None) for step, role in term.escalates)
    work, zone, start = company.calendar(), company.zone(store.program_of(duty.edition_id)), count(duty.due_at)
    return tuple(
        EscalationStep(step, role, moment(due(start, duration(step.removeprefix("+")), work, zone, from_end=True)))
        for step, role in term.escalates
    )
