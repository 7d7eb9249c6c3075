"""What an act would bring about: the same reading with the fact that it would state, of which nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import doorway
from aftersign.kernel.acts.doing import Doing, entered, state
from aftersign.kernel.clock import now
from aftersign.kernel.journal.facts import Fact
from aftersign.orders.models import Order
from aftersign.policy import rows
from aftersign.policy.cards import Card, cards, name_owners
from aftersign.policy.cases import Bench
from aftersign.policy.engine import Case
from aftersign.policy.models import UNFINISHED, Duty, DutyState
from aftersign.policy.obstacles import Obstacle, obstacles_of

PAUSES, RESUMES, ENDS, DONE, STAYS, OPENS = "pauses", "resumes", "ends", "done", "stays", "opens"
CHANGES = (PAUSES, RESUMES, ENDS, DONE, OPENS, STAYS)


@dataclass(frozen=True)
class Following:
    """One duty as the act would leave it; `was` is the same before, None for one that opens."""

    change: str
    card: Card
    was: Duty | None


@dataclass(frozen=True)
class Trial:
    """What stands in the way of an act on an order, its stage before and after, and what becomes of its duties."""

    obstacles: tuple[Obstacle, ...] = ()
    stages: tuple[str, str] = ("", "")
    following: tuple[Following, ...] = ()

    @property
    def groups(self) -> list[tuple[str, list[Following]]]:
        """The duties by what becomes of them; changes that meet none are left out."""
        by_change = {change: [each for each in self.following if each.change == change] for change in CHANGES}
        return [(change, found) for change, found in by_change.items() if found]


def try_out(order: Order, act: str, fact: Fact, *, by: Actor, given: Mapping[str, Any] | None) -> Trial:
    """Read an order with and without the fact that an act would state; a constant number of queries, and no write.

    With `given` the checks are asked too; without it only what does not depend on how the act is done.
    """
    doing = Doing(act, order, order, by, now(), given or {})
    with entered(doing):
        bench = Bench.of(doing)
        if not bench.has_policy:
            return Trial()
        before = bench.case(order.pk)
        duties = _duties(order, before)
        obstacles = obstacles_of(doing, doorway.declared()[act], bench, duties.values(), checked=given is not None)
        state(fact)
        after = bench.case(order.pk)
    stages = (before.stage or "", after.stage or "")
    return Trial(tuple(obstacles), stages, tuple(_following(duties, _duties(order, after))))


def _duties(order: Order, case: Case) -> dict[UUID, Duty]:
    """The duties of a reading by id, each with its order."""
    found = {row.pk: row for row in rows.derived(order.pk, case)}
    for row in found.values():
        row.order = order
    return found


def _following(before: Mapping[UUID, Duty], after: Mapping[UUID, Duty]) -> Iterable[Following]:
    changed = [(change, before.get(pk), row) for pk, row in after.items() if (change := _change(before.get(pk), row))]
    changed.sort(key=lambda each: (each[2].due_at is None, each[2].due_at, each[2].clause))
    name_owners([row for _change, _was, row in changed])
    for (change, was, _row), card in zip(changed, cards(row for _change, _was, row in changed), strict=True):
        yield Following(change, card, was)


def _change(was: Duty | None, row: Duty) -> str:
    """What becomes of a duty; nothing of one that is over already."""
    if was is None:
        return OPENS if row.state in UNFINISHED else ""
    if was.state not in UNFINISHED:
        return ""
    if row.state == was.state:
        return STAYS
    if row.state == DutyState.PAUSED:
        return PAUSES
    if row.state in (DutyState.DONE, DutyState.DONE_LATE):
        return DONE
    return RESUMES if row.state in UNFINISHED else ENDS
