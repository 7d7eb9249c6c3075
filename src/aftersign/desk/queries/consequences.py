"""What an act on an order would bring about, as a page shows it before the act is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.orders.intents import Intent
from aftersign.policy import trial
from aftersign.policy.obstacles import Obstacle
from aftersign.policy.trial import Following, try_out

SHOWN = 8
_TITLES: dict[str, tuple[str | Promise, str, str]] = {
    trial.PAUSES: (_("Stand still until the order is resumed"), "pause", "t2"),
    trial.RESUMES: (_("Run again"), "clock", "info"),
    trial.ENDS: (_("End"), "minus", "t2"),
    trial.DONE: (_("Are done"), "ok", "ok"),
    trial.OPENS: (_("Open"), "inbox", "info"),
    trial.STAYS: (_("Go on unchanged"), "half", "t2"),
}


@dataclass(frozen=True)
class Group:
    """Duties of which the same becomes; `rest` are those that a page folds away."""

    change: str
    title: str | Promise
    icon: str
    tone: str
    first: list[Following]
    rest: list[Following]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.first) + len(self.rest)


@dataclass(frozen=True)
class Consequences:
    """What stands in the way of an act, and what becomes of its order; `stages` only when it comes to another one."""

    obstacles: tuple[Obstacle, ...]
    stages: tuple[str, str] | None
    groups: list[Group]


def consequences(actor: Actor, intent: Intent) -> Consequences:
    """Try an act out for somebody; nothing is written."""
    found = try_out(intent.order, intent.act, intent.fact, by=actor, given=intent.given)
    groups = [Group(change, *_TITLES[change], rows[:SHOWN], rows[SHOWN:]) for change, rows in found.groups]
    stages = found.stages if found.stages[0] != found.stages[1] else None
    return Consequences(found.obstacles, stages, groups)
