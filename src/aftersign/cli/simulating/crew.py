"""The processes that tell orders: a few at a time ahead of the one that writes, and ended with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager

from django.db import connections

from aftersign.cli.children import follow_parent
from aftersign.cli.simulating.batch import Batch
from aftersign.cli.simulating.ground import file, ground_of
from aftersign.cli.simulating.plan import Plan
from aftersign.cli.simulating.rendering import render
from aftersign.cli.simulating.staff import Staff
from aftersign.cli.simulating.story import Ground
from aftersign.cli.simulating.telling import Numbered, made
from aftersign.kernel.clock.chance import repeatable
from aftersign.kernel.journal.pouring import pouring

GARBAGE = 200_000
AHEAD = 2
"""Batches a process that may wait to be written."""
Errand = tuple[Plan, str, Sequence[Numbered]]
_grounds: dict[Plan, Ground] = {}


class Crew:
    """Tells batches, in their order; without processes of its own it does so when it is asked."""

    def __init__(self, executor: ProcessPoolExecutor | None, size: int) -> None:
        self._executor, self._size = executor, size

    def tell(self, errands: Iterable[Errand]) -> Iterator[Batch]:
        """The batches of these errands."""
        if self._executor is None:
            yield from map(_run, errands)
            return
        waiting: deque[Future[Batch]] = deque()
        for errand in errands:
            waiting.append(self._executor.submit(_run, errand))
            if len(waiting) > AHEAD * self._size:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def crew(size: int) -> Iterator[Crew]:
    """So many processes, forked before this one has opened its database; none for a size of 0."""
    if size == 0:
        yield Crew(None, 0)
        return
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(size, context, follow_parent, (os.getpid(),)) as executor:
        list(executor.map(abs, range(size)))
        try:
            yield Crew(executor, size)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _run(errand: Errand) -> Batch:
    plan, request, orders = errand
    staff, into = Staff.of(plan), pouring()
    if plan not in _grounds:
        _grounds.clear()
        _grounds[plan] = ground_of(plan, staff)
        _lay_aside()
    ground, paper, batch = _grounds[plan], file(), Batch()
    for each in orders:
        order = made(ground, each, (paper.file, paper.sha256))
        with repeatable(f"{plan.seed}/{each.opening.number}/salts"):
            render(batch, order, request, ground, into, (paper.file, paper.size))
    batch.drafts.sort(key=lambda pair: pair[0])
    return batch


def _lay_aside() -> None:
    """What is known of the company stays; what an order is told by goes with it, and is not looked through before."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
