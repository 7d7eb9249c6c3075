"""What can be stated about duties."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DutyTaken(Fact, name="general.duty_taken", unit="duty"):
    """Somebody of a department has taken one of its duties."""

    person: UUID


@dataclass(frozen=True, kw_only=True)
class DutyHandedOn(Fact, name="general.duty_handed_on", unit="duty", private=("reason",)):
    """A duty belongs to somebody else from now on; without `from_person` it was its department's."""

    from_person: UUID | None = None
    to_person: UUID
    reason: str
