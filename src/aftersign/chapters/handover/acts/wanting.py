"""What a form lacks before it can be sent, asked of the policy ahead, so that people hear all of it at once."""

from __future__ import annotations

from collections.abc import Iterable

from aftersign.chapters.handover.content import Content
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import Doing, entered
from aftersign.kernel.acts.doorway import declared
from aftersign.kernel.acts.refusals import Refusal
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Department
from aftersign.orders.models import Order
from aftersign.policy.gatekeeper import refusals_of


def lacking(
    order: Order, *acts: str, content: Content, departments: Iterable[Department], by: Actor
) -> tuple[Refusal, ...]:
    """The parts that acts on a form would miss in it, or in where it goes; nothing is written, and no refusal noted."""
    first = Doing("", order, order, by, now(), {"content": content, "departments": tuple(departments)})
    found: list[Refusal] = []
    for name in acts:
        doing = first.within(name, order, first.given)
        with entered(doing):
            found += refusals_of(doing, declared()[name])
    # What names no part cannot be known yet: the form is neither submitted nor signed.
    return tuple(each for each in found if each.missing)
