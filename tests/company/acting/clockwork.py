"""What time brings about, as the worker would do it."""

from __future__ import annotations

from datetime import datetime

from aftersign.chapters.final.acts import bring_into_force
from aftersign.chapters.general.acts import count_refusals
from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Company
from aftersign.policy.steps import next_moment, run_due

STEPS = 200


def let_time_work(moment: datetime, house: Company) -> None:
    """Everything that has come by a moment, each thing at its own time or, where the worker was late, at once."""
    bring_into_force(house, by=CLOCK)
    count_refusals(house, by=CLOCK)
    for _step in range(STEPS):
        due = next_moment()
        if due is None or due > moment:
            return
        with frozen(max(due, moment)):
            run_due()
