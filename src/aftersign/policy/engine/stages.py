"""The stage at which an order stands: the last one reached, unless one of those beside it is shown instead."""

from __future__ import annotations

from aftersign.policy.engine import names
from aftersign.policy.engine.moments import moment_or_none
from aftersign.policy.engine.record import Record

SUSPENDED, TERMINATED, WARRANTY, CLOSED = "suspended", "terminated", "warranty", "closed"


def stage_of(record: Record) -> str | None:
    """The name of the stage at the moment of reading; None for the company and for an order not signed."""
    if record.order is None or record.signed is None:
        return None
    stated = {fact.name for _moment, _place, fact in record.facts}
    if record.adopted is not None:
        stated |= record.adopted.stands_for
    if names.CLOSED in stated:
        last = warranty_end(record)
        return WARRANTY if last is not None and record.until < last else CLOSED
    if record.ended is not None:
        return TERMINATED
    if record.suspended is not None:
        return SUSPENDED
    reached = [stage.stage for stage in record.variant.rulebook.stages if not stated.isdisjoint(stage.reached_by)]
    return reached[-1] if reached else None


def limits_of(stage: str) -> str:
    """The stage whose limits hold: a warranty is as closed."""
    return CLOSED if stage == WARRANTY else stage


def warranty_end(record: Record) -> int | None:
    """24:00 of the day until which the warranty runs, None without one."""
    key = next((beside.to_day for beside in record.variant.rulebook.stages_beside if beside.stage == WARRANTY), "")
    for _moment, _place, fact in reversed(record.facts):
        written = fact.payload.get(key) if key and fact.name == names.COMPLETED else None
        if written:
            return moment_or_none(str(written)[:10], record.zone)
    return None
