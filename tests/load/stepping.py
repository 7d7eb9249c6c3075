"""How long two workers take for a hundred thousand due steps, and whether each is told once.

    DATABASE_URL=postgres://… AFTERSIGN_HOME=HOME python -m tests.load.stepping [STEPS] [DAYS]

The database holds a simulated company; what the workers tell stays in it, so give them a copy (`createdb -T`). Their
clock is set on by so many days at a time (one: as if they had never rested), until so many steps have come.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from datetime import datetime, timedelta

from aftersign.cli.company import start

start()

from django.db import connections  # noqa: E402 (Django must be started first)
from django.db.models import Count  # noqa: E402

from aftersign.kernel.clock import frozen, now  # noqa: E402
from aftersign.kernel.journal import chain  # noqa: E402
from aftersign.kernel.journal.models import Entry, Tail  # noqa: E402
from aftersign.policy.models import CaseClock, ToldStep  # noqa: E402
from aftersign.policy.steps import run_due  # noqa: E402
from tests.load.measuring import machine  # noqa: E402

WORKERS, MOST_DAYS = 2, 400
TOLD = ("general.duty_breached", "general.duty_escalated")


def work(until: datetime) -> tuple[float, int]:
    """Take all that has come by a moment; answers with CPU seconds and the number of cases."""
    connections.close_all()
    began, taken = time.process_time(), 0
    with frozen(until):
        while more := run_due():
            taken += more
    return time.process_time() - began, taken


def run(steps: int, stride: int) -> str:
    """Let the workers go on until so many steps have been told, and say how long they took."""
    since, told, moment = Tail.objects.get().sequence, ToldStep.objects.count(), now()
    wall = cpu = 0.0
    cases = days = 0
    fork = multiprocessing.get_context("fork")
    while ToldStep.objects.count() - told < steps and days < MOST_DAYS:
        days, moment = days + stride, moment + timedelta(days=stride)
        connections.close_all()
        began = time.perf_counter()
        with fork.Pool(WORKERS) as workers:
            done = workers.map(work, [moment] * WORKERS, chunksize=1)
        wall += time.perf_counter() - began
        cpu, cases = cpu + sum(each for each, _taken in done), cases + sum(taken for _cpu, taken in done)
    came = ToldStep.objects.count() - told
    for_all = wall / came * 100_000
    return (
        f"{came} steps of {days} days, {stride} at a time, in {cases} cases: {wall:.1f} s, {cpu:.1f} s of CPU "
        f"in {WORKERS} workers, {for_all:.0f} s for a hundred thousand; {machine()}\n{checked(since, came)}"
    )


def checked(since: int, came: int) -> str:
    """Whether every step stands in the journal once and nothing that has come is left."""
    facts = Entry.objects.filter(sequence__gt=since, fact__in=TOLD)
    twice = ToldStep.objects.values("duty_id", "step").annotate(n=Count("pk")).filter(n__gt=1).count()
    broken = len(list(chain.faults(since)))
    left = CaseClock.objects.filter(next_step_at__lte=now()).count()
    return (
        f"{facts.count()} facts for {came} steps, {twice} told twice, {left} left over, {broken} faults in the chain\n"
    )


if __name__ == "__main__":
    asked = [int(each) for each in sys.argv[1:]]
    sys.stdout.write(run(*(asked + [100_000, 30][len(asked) :])))
