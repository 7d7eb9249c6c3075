"""The clock of a duty in more detail than its row keeps."""

from __future__ import annotations

from datetime import datetime

from aftersign.policy.cases import case_of
from aftersign.policy.models import Duty
from aftersign.policy.moments import moment_or_none


def due_of(duty: Duty) -> datetime | None:
    """When a duty is due; of one whose clock stands still, when it was due before that."""
    if duty.due_at is not None:
        return duty.due_at
    found = next((each for each in case_of(duty.order_id).duties if each.key == str(duty.pk)), None)
    return moment_or_none(found.was_due) if found else None
