"""What the clock has stated meanwhile: every breach and every step of escalation, at its own time and once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aftersign.cli.simulating.batch import Batch
from aftersign.cli.simulating.story import Story, Told, iso
from aftersign.kernel.journal.pouring import Pouring
from aftersign.policy.engine import Case, Fact, World, duty_key, read_case
from aftersign.policy.models import ShownBreach, ToldStep
from aftersign.policy.moments import moment
from aftersign.policy.told import BREACH, Step, come

DAY = 24 * 60 * 60 * 1_000_000


@dataclass
class Ticked:
    """The steps told so far, the facts that state them, and breaches shown that a late entry took back."""

    told: list[Told] = field(default_factory=list)
    steps: list[tuple[Step, int]] = field(default_factory=list)
    shown: list[tuple[str, int, int]] = field(default_factory=list)


def tick(story: Story, world: World, facts: list[Fact], case: Case) -> Ticked:
    """Everything that workers would have told about an order up to the end of the history."""
    found, known = Ticked(), set[tuple[str, str]]()
    breached = {duty.key for duty in case.duties if duty.breached is not None}
    for until in _late_entries(facts):
        before = read_case(world, facts, until - 1)
        _tell(story, before, known, found)
        for duty in before.duties:
            if duty.breached is not None and duty.key not in breached:
                found.shown.append((duty.key, duty.breached, until))
                breached.add(duty.key)
    _tell(story, case, known, found)
    return found


def _late_entries(facts: Iterable[Fact]) -> list[int]:
    """When facts were entered that had happened on an earlier day."""
    return sorted({fact.entered for fact in facts if fact.entered - fact.at > DAY // 2})


def _tell(story: Story, case: Case, known: set[tuple[str, str]], found: Ticked) -> None:
    for duty in case.duties:
        if duty.breached is None:
            continue
        for step in come(None, duty):
            name = str(step.duty_id), step.step
            if name not in known:
                known.add(name)
                entered = max(step.at, duty.known_from)
                found.steps.append((step, entered))
                found.told.append(_fact(story, step, entered))


def _fact(story: Story, step: Step, entered: int) -> Told:
    """The fact that states a step, as the worker would."""
    key = str(step.duty_id)
    units = {"duty": key, "order": story.order} if story.order else {"duty": key}
    said: dict[str, Any] = {"term": step.duty.term}
    if step.step == BREACH:
        name, at = "general.duty_breached", step.at
        said["due_at"] = iso(step.at)
    else:
        name, at = "general.duty_escalated", entered
        said |= {"step": step.step, "told": list(step.people)}
    return Told(story.new_id(entered), name, at, entered, "duty", key, units, said, None, "clock")


def told_rows(batch: Batch, ticked: Ticked, order: UUID | None, into: Pouring) -> None:
    """The rows of what was told, and of breaches that were shown and taken back."""
    for (step, entered), told in zip(ticked.steps, ticked.told, strict=True):
        said = {"id": told.id, "duty_id": step.duty_id, "order_id": order, "step": step.step}
        said |= {"role": step.role, "due_at": moment(step.at), "told": list(step.people), "told_at": moment(entered)}
        batch.add(ToldStep, said, into)
    for key, since, until in ticked.shown:
        said = {"id": duty_key(key, str(until), "shown", None), "duty_id": key}
        batch.add(ShownBreach, said | {"from_at": moment(since), "until": moment(until)}, into)
