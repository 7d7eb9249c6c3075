"""The same thing done by several processes at the same moment; runs in an installation of its own, like `mortals`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import connections

from aftersign.chapters.general.acts import count_refusals
from aftersign.cli.tests.installation import PATIENCE
from aftersign.cli.tests.mortals import SIGNED_AGO
from aftersign.demo import scenes
from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import freeze
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.orders.acts import register
from aftersign.orders.entries import Registration
from aftersign.orders.models import Customer, Order
from aftersign.policy import steps
from aftersign.policy.models import CaseClock, Duty, ToldStep
from aftersign.policy.standing import world

FORK = get_context("fork")


def register_twice(times: int, *, with_key: bool) -> list[list[str]]:
    """The same form submitted by two processes at once, so many times: the numbers, or refusals, that they answer with.

    Without a key the second is somebody else who enters the same contract.
    """
    contracts = [f"R-{uuid4().hex[:8]}" for _time in range(times)]
    return [at_once(*[partial(_register, each, each if with_key else "")] * 2) for each in contracts]


def _register(contract_no: str, key: str) -> str:
    signed_on = (datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(days=SIGNED_AGO)).date()
    registration = Registration(
        title="同一份合同",
        contract_no=contract_no,
        kind="sales",
        signed_on=signed_on,
        currency="CNY",
        amount=Decimal(1000),
        customer=Customer.objects.order_by("number")[0].pk,
        sales_owner=Person.objects.get(account="wumin").pk,
    )
    by = scenes.actor("wumin").with_form(key=key, version=None)
    try:
        return register(company(), registration=registration, by=by).number
    except Refused as refused:
        return ", ".join(each.missing[0] for each in refused.refusals)


def tell_together(orders: int, workers: int) -> dict[str, Any]:
    """Orders that come too late for their first duties, and workers who take them at once: what was told how often."""
    for _order in range(orders):
        _register(f"R-{uuid4().hex[:8]}", "")
    steps.BATCH = 3  # so that every worker gets some of them
    waiting = CaseClock.objects.filter(next_step_at__isnull=False).count()
    taken = at_once(*[steps.run_due] * workers)
    breaches = list(Entry.objects.filter(fact="general.duty_breached").values_list("unit_id", flat=True))
    escalations = Entry.objects.filter(fact="general.duty_escalated").values_list("unit_id", "payload")
    told = set(ToldStep.objects.filter(step="breach").values_list("duty_id", flat=True))
    late = set(Duty.objects.filter(breached_at__isnull=False).values_list("pk", flat=True))
    return {
        "waiting": waiting,
        "taken": taken,
        "breaches": len(breaches),
        "told_twice": len(breaches) - len(set(breaches)) + len(escalations) - len(set(escalations)),
        "untold": len(late - told),
        "without_fact": len(told ^ set(map(_as_id, breaches))),
        "left": steps.run_due(),
    }


def count_together(days: int, workers: int) -> dict[str, int]:
    """Workers who come at once upon days that have ended: how often each day was stated."""
    freeze(datetime.now(UTC) + timedelta(days=days))
    at_once(*[lambda: len(count_refusals(company(), by=CLOCK))] * workers)
    said = Entry.objects.filter(fact="general.refusals_counted").values_list("payload", flat=True)
    return Counter(json.loads(each)["day"] for each in said)


def _as_id(text: str) -> Any:
    return ToldStep._meta.get_field("duty_id").to_python(text)


def orders() -> int:
    """How many orders there are."""
    return Order.objects.count()


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment, each in a process of its own; answers with what each gives."""
    world()  # so that no process is kept from the start by reading the rulebook
    connections.close_all()
    gate, given = FORK.Barrier(len(doings)), FORK.Queue()

    def life(place: int, doing: Callable[[], Any]) -> None:
        gate.wait()
        given.put((place, doing()))

    processes = [FORK.Process(target=life, args=pair) for pair in enumerate(doings)]
    for process in processes:
        process.start()
    found = dict(given.get(timeout=PATIENCE) for _process in processes)
    for process in processes:
        process.join()
    return [found[place] for place in range(len(doings))]
