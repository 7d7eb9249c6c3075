"""What the clock states about duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DutyBreached(Fact, name="general.duty_breached", unit="duty"):
    """The due time of a duty has passed without it being done."""

    term: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DutyEscalated(Fact, name="general.duty_escalated", unit="duty"):
    """A step of escalation has come; `told` are the people who hear of it."""

    term: str
    step: str
    told: list[UUID]
