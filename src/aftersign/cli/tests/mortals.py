"""People at work and a worker beside them, in processes of their own that are killed at any moment.

Everything here runs in an installation of its own; `Installation.python` starts it there.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import connections

from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy, Original, Signature
from aftersign.cli.children import follow_parent
from aftersign.cli.tests.installation import PATIENCE
from aftersign.demo import company as sample
from aftersign.demo import scenes
from aftersign.demo.cast import COMPANY
from aftersign.demo.plots import PLOTS
from aftersign.demo.script import CONTACTS, FIRST
from aftersign.desk.setup import founding
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.journal import chain, triggers
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.queries import company
from aftersign.orders.acts import list_customer
from aftersign.orders.entries import CustomerEntry
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import ToldStep
from aftersign.policy.standing import world
from aftersign.policy.steps import run_due

FOUNDED_AGO = 40
"""Working days."""
SIGNED_AGO = 12
"""Days: long enough for the first duties of an order to be overdue when it is registered, so that workers have work."""


def staff() -> None:
    """Found the company some weeks ago, with people in every department and its customers."""
    call_command("migrate", verbosity=0, interactive=False)
    with frozen(sample.first_morning(now(), ZoneInfo("Asia/Shanghai"), FOUNDED_AGO)):
        list(founding.found(COMPANY))
    with frozen(sample.first_morning(now(), ZoneInfo("Asia/Shanghai"), FOUNDED_AGO) + timedelta(minutes=5)):
        sample.people("a long enough password")
        for name in CONTACTS:
            list_customer(company(), entry=CustomerEntry(name=name), by=operating("setup"))


def live(turns: int, seed: int) -> None:
    """Let two people and two workers work, kill them all at any moment, and so on; then let time catch up.

    The first of them live until a copy has been accepted, however slow they are.
    """
    fate = random.Random(seed)
    world()  # reading the rulebook takes a second, which would be most of these lives
    for turn in range(turns):
        connections.close_all()
        lives: list[Callable[[], None]] = [partial(_work, 2 * turn), partial(_work, 2 * turn + 1), _watch, _watch]
        mortals = [_born(each) for each in lives]
        if turn == 0:
            _wait_for("handover.copy_accepted")
        for pid in fate.sample(mortals, len(mortals)):
            time.sleep(fate.uniform(0.02, 0.3))
            _kill(pid)
    run_due()


def _wait_for(fact: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not Entry.objects.filter(fact=fact).exists():
        time.sleep(0.05)


def _born(life: Callable[[], None]) -> int:
    parent, pid = os.getpid(), os.fork()
    if pid:
        return pid
    try:
        follow_parent(parent)
        life()
    except Exception:
        logging.getLogger(__name__).exception("somebody died of this")
    finally:
        os._exit(1)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("somebody died before they were killed")


def _work(series: int) -> None:
    """Register orders and hand them over, without an end."""
    day = (datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(days=SIGNED_AGO)).date().toordinal()
    for number in count(series * 1000):
        plot = replace(PLOTS[number % len(PLOTS)], crew=FIRST)
        order = scenes.register(plot, number, day)
        scenes.send(order, plot)
        scenes.accept(order, "project")
        scenes.accept(order, "customer_service")
        scenes.keep_original(order)
        scenes.accept(order, "finance")


def _watch() -> None:
    """Take what time brings about, without an end."""
    while True:
        if run_due() == 0:
            time.sleep(0.01)


def found() -> dict[str, Any]:
    """What is wrong between rows, facts and chain (nothing, it is hoped), and how much there is of what."""
    wrong = [str(each) for each in chain.faults()] + triggers.missing()
    stated: dict[str, Counter[str]] = {}
    for fact, unit in Entry.objects.values_list("fact", "unit_id"):
        stated.setdefault(fact, Counter())[unit] += 1
    for fact, ids in _rows():
        if stated.get(fact, Counter()) != Counter(map(str, ids)):
            wrong.append(fact)
    return {"wrong": wrong, **{fact: units.total() for fact, units in stated.items()}}


def _rows() -> Iterator[tuple[str, Any]]:
    """Which rows each fact must have, and which rows must have each fact: the ids of its units, one for each row."""
    receivers = Signature.objects.filter(role=Signature.Role.RECEIVER)
    givers = Signature.objects.filter(role=Signature.Role.GIVER)
    yield "order.signed", Order.objects.values_list("pk", flat=True)
    yield "order.registered", Order.objects.values_list("pk", flat=True)
    yield "order.customer_listed", Customer.objects.values_list("pk", flat=True)
    yield "handover.submitted", FormVersion.objects.values_list("order", flat=True)
    yield "handover.giver_signed", givers.values_list("order", flat=True)
    yield "handover.copy_sent", HandoverCopy.objects.values_list("pk", flat=True)
    yield "handover.copy_accepted", receivers.values_list("copy", flat=True)
    yield "handover.original_received", Original.objects.values_list("order", flat=True)
    yield "handover.accepted", Handover.objects.exclude(accepted_at=None).values_list("order", flat=True)
    breaches = ToldStep.objects.filter(step="breach").values_list("duty_id", flat=True)
    yield "general.duty_breached", breaches
    escalations = ToldStep.objects.exclude(step="breach").values_list("duty_id", flat=True)
    yield "general.duty_escalated", escalations
