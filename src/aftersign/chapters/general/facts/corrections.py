"""What can be stated about facts themselves: that one was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class WithdrawalRequested(Fact, name="general.withdrawal_requested", unit="fact", private=("reason",)):
    """Somebody asks that a fact be withdrawn."""

    reason: str
    requester: UUID


@dataclass(frozen=True, kw_only=True)
class FactWithdrawn(Fact, name=WITHDRAWN, unit="fact", private=("what", "reason")):
    """A fact is read as if it had never been stated; `what` is its kind, `second_person` whoever agreed."""

    what: str
    reason: str
    second_person: UUID | None = None
