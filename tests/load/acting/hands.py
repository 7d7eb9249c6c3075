"""One process of the trial: acts at a steady pace, each when it is due, whatever the one before it took."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db import connections

from aftersign.kernel.acts.refusals import Refused
from aftersign.policy.standing import world
from tests.load.acting.office import Office
from tests.load.acting.story import Doing, Story

STORIES, BEGUN, AGAIN = 25, 0.12, 0.05
"""Orders under way at a time, and the shares of acts before which one is begun, and whose form is sent twice."""


@dataclass(frozen=True)
class Done:
    """An act that was tried: seconds since it was due, and since it was begun; `answer` is what it answered with."""

    name: str
    request: str
    since_due: float
    since_begun: float
    outcome: str
    measured: bool


@dataclass(frozen=True)
class Pace:
    """Seconds between the acts of a process, seconds before anything counts, and seconds that count."""

    every: float
    warm: float
    counted: float


def act_steadily(number: int, pace: Pace, ready: Barrier, into: Any) -> None:
    """Act as the n-th process, once all are ready, and hand over everything that was tried."""
    connections.close_all()
    office = Office.found(number)
    world()
    ready.wait()
    into.put(list(_acts(office, random.Random(number), time.time() + pace.every * number / 8, pace)))


def _acts(office: Office, chance: random.Random, begins: float, pace: Pace) -> Iterator[Done]:
    under_way: list[Iterator[Doing]] = []
    due = begins
    ends = begins + pace.warm + pace.counted
    while due < ends and time.time() < ends:
        time.sleep(max(0.0, due - time.time()))
        if not under_way or (len(under_way) < STORIES and chance.random() < BEGUN):
            under_way.append(Story(office, chance.choice(office.sellers)).acts())
        story = chance.choice(under_way)
        doing = next(story, None)
        if doing is None:
            under_way.remove(story)
            continue
        done = _tried(doing, due, time.time() >= begins + pace.warm)
        yield done
        if done.outcome:
            under_way.remove(story)
        if chance.random() < AGAIN:
            _again(doing)
        due += pace.every


def _tried(doing: Doing, due: float, measured: bool) -> Done:
    name, by, do = doing
    begun, outcome = time.time(), ""
    try:
        do(by)
    except Refused as refused:
        outcome = f"refused: {'; '.join(str(each.sentence) for each in refused.refusals)}"
    except Exception as error:  # noqa: BLE001 (whatever goes wrong is counted)
        outcome = f"failed: {type(error).__name__}: {error}"[:200]
    ended = time.time()
    return Done(name, by.request_id, ended - due, ended - begun, outcome, measured)


def _again(doing: Doing) -> None:
    """The same form once more: it answers, or is refused for what has changed, and states nothing."""
    _name, by, do = doing
    try:
        do(by)
    except Exception:  # noqa: BLE001 (the journal shows whether anything was stated)
        return
