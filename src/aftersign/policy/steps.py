"""What time alone brings about: breaches, escalations and new periods, found by one index and taken in batches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.acts.doing import Doing, state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.clock import now
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order
from aftersign.policy import facts, rows
from aftersign.policy.cases import Bench
from aftersign.policy.models import CaseClock, Duty, ToldStep
from aftersign.policy.moments import moment
from aftersign.policy.told import BREACH, Step, untold

BATCH = 50


def run_due(limit: int = 1000) -> int:
    """Take the cases whose time has come, at most `limit`; answers with their number.

    Several workers may run at once and a worker may be killed at any moment: a case is locked while it is taken, and
    each of its steps is told once.
    """
    taken = 0
    while taken < limit:
        came = _take(min(BATCH, limit - taken))
        if not came:
            return taken
        taken += came
    return taken


def next_moment() -> datetime | None:
    """When time next changes a case, None when nothing is waiting."""
    clocks = CaseClock.objects.filter(next_step_at__isnull=False).order_by("next_step_at")
    return clocks.values_list("next_step_at", flat=True).first()


def next_due() -> float | None:
    """Seconds until time next changes a case, 0 when it has come, None when nothing is waiting."""
    moment = next_moment()
    return None if moment is None else max(0.0, (moment - now()).total_seconds())


@transaction.atomic
def _take(size: int) -> int:
    clocks = CaseClock.objects.filter(next_step_at__lte=now()).order_by("next_step_at")
    waiting: dict[UUID | None, datetime | None] = dict(clocks.values_list("order_id", "next_step_at")[: size * 4])
    ids = [each for each in waiting if each is not None]
    orders = list(Order.objects.select_for_update(skip_locked=True).filter(pk__in=ids).order_by("pk")[:size])
    cases: list[UUID | None] = [order.pk for order in orders]
    if None in waiting and not orders:
        cases = [None]
    if cases:
        with clockwork(orders[0] if orders else company(), by=CLOCK) as doing:
            _tell({each: waiting[each] for each in cases}, {order.pk: order for order in orders}, doing)
    return len(cases)


def _tell(cases: rows.Came, orders: Mapping[UUID, Order], doing: Doing) -> None:
    """State what has come in these cases and bring their rows up to date."""
    bench = Bench.of(doing)
    bench.read_ahead(cases)
    readings = {order_id: bench.case(order_id) for order_id in cases}
    steps = untold(readings)
    for step in steps:
        _state(step, orders.get(step.order_id) if step.order_id else None)
    for order in orders.values():
        stage = readings[order.pk].stage or ""
        if order.stage != stage:
            Order.objects.filter(pk=order.pk).update(stage=stage)
    ToldStep.objects.bulk_create([_row(step, doing) for step in steps], ignore_conflicts=True)
    rows.write(readings, seen=bench.seen, came=cases)


def _state(step: Step, order: Order | None) -> None:
    duty = Duty(id=step.duty_id, order=order)
    if step.step == BREACH:
        state(facts.DutyBreached(about=duty, at=moment(step.at), term=step.duty.term, due_at=moment(step.at)))
    else:
        told = [UUID(each) for each in step.people]
        state(facts.DutyEscalated(about=duty, term=step.duty.term, step=step.step, told=told))


def _row(step: Step, doing: Doing) -> ToldStep:
    return ToldStep(
        duty_id=step.duty_id,
        order_id=step.order_id,
        step=step.step,
        role=step.role,
        due_at=moment(step.at),
        told=list(step.people),
        told_at=doing.entered,
    )
