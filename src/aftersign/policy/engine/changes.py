"""What one new fact changes: the same reading done before and after it, and the difference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from aftersign.policy.engine.case import read_case
from aftersign.policy.engine.duties import Duty
from aftersign.policy.engine.types import Fact
from aftersign.policy.engine.world import World


class Change(NamedTuple):
    """A duty before and after; None where there was none, or is none any more."""

    before: Duty | None
    after: Duty | None


def react(world: World, case_facts: Iterable[Fact], fact: Fact, until: int) -> list[Change]:
    """The duties that a new fact changes, at a moment at which both it and the facts before it are known."""
    known = list(case_facts)
    before = {duty.key: duty for duty in read_case(world, known, until).duties}
    after = {duty.key: duty for duty in read_case(world, [*known, fact], until).duties}
    changed = [Change(old, after.get(key)) for key, old in before.items() if shown(old) != shown(after.get(key))]
    return changed + [Change(None, new) for key, new in after.items() if key not in before]


def shown(duty: Duty | None) -> tuple[object, ...] | None:
    """Everything about a duty in which it can differ from itself read at another time."""
    if duty is None:
        return None
    course = (
        duty.state,
        duty.due,
        duty.left,
        duty.extended,
        duty.closed,
        duty.closed_by,
        duty.breached,
        tuple(duty.told),
    )
    return (*course, duty.opened, duty.owner, duty.owner_department, duty.cause)
