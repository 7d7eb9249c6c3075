"""The stage at which an order stands: the last one reached, unless one of those beside it is shown instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from aftersign.policy.engine import names

if TYPE_CHECKING:
    from aftersign.policy.engine.case import Case

SUSPENDED, TERMINATED, WARRANTY, CLOSED = "suspended", "terminated", "warranty", "closed"


def stage_of(case: Case) -> str | None:
    """The name of the stage at the moment of reading; None for the company and for an order not signed."""
    if case.order is None or case.signed is None:
        return None
    stated = {fact.name for _at, _place, fact in case.facts} | case.stands_for()
    if names.CLOSED in stated:
        last = _warranty_end(case)
        return WARRANTY if last is not None and case.until < last else CLOSED
    if case.ended is not None:
        return TERMINATED
    if case.suspended is not None:
        return SUSPENDED
    reached = [stage.stage for stage in case.program.rulebook.stages if stated & set(stage.reached_by)]
    return reached[-1] if reached else None


def next_change(case: Case) -> int | None:
    """When time alone next changes the stage."""
    if case.order is None or getattr(case, "stage", None) != WARRANTY:
        return None
    return _warranty_end(case)


def _warranty_end(case: Case) -> int | None:
    """24:00 of the day until which the warranty runs, None without one."""
    keys = [beside.to_day for beside in case.program.rulebook.stages_beside if beside.stage == WARRANTY]
    for _at, _place, fact in reversed(case.facts):
        written = fact.payload.get(keys[0]) if keys and keys[0] else None
        if fact.name == names.COMPLETED and written:
            return case.zone.end(date.fromisoformat(str(written)[:10]).toordinal())
    return None
