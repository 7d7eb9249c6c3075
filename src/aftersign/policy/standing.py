"""How the company stood: the engine's world, kept in each process and led on as company facts arrive."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass
from functools import cache

from aftersign.kernel.journal import keeping, queries
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.remembering import remembered
from aftersign.policy.editions import store
from aftersign.policy.engine import Fact, World
from aftersign.policy.engine.names import WITHDRAWN
from aftersign.policy.moments import count

DERIVED = ("general.duty_breached", "general.duty_escalated", *keeping.OWN)
"""Facts that the engine does not read: what it derived itself, and what the journal states of itself."""


@dataclass
class _Kept:
    world: World
    sequence: int
    hash: str


_kept: _Kept | None = None
_lock = threading.Lock()


def engine_fact(fact: Recorded) -> Fact:
    """A fact of the journal as the engine reads it."""
    return Fact(
        id=str(fact.id),
        name=fact.name,
        at=count(fact.at),
        entered=count(fact.entered),
        units=fact.units,
        payload=fact.payload,
        seen=fact.seen,
        position=fact.sequence,
    )


def world(end: tuple[int, str] | None = None) -> tuple[World, int]:
    """The company as all facts committed so far describe it, and the sequence of the last of them.

    One query when nothing has happened since, none where `end`, sequence and hash of its last fact, has just been read.
    A journal that no longer continues what was kept (a restore, a test database rolled back) is read anew.
    """
    global _kept  # noqa: PLW0603 (one world a process, guarded by the lock)
    with _lock:
        if end is None or (_kept is not None and end[0] < _kept.sequence):
            end = queries.company_end()  # another thread may have led the company on since `end` was read
        sequence, digest = end
        if _kept is None or not _continues(_kept, sequence, digest):
            _kept = _Kept(World(store.programs()), 0, "")
        is_new = not _kept.sequence
        if _kept.sequence < sequence:
            _read_on(_kept)
        if is_new:
            _lay_aside()
        return _kept.world, _kept.sequence


def present() -> World:
    """The company as pages show it, asked for once a request."""
    return remembered("world", lambda: world(queries.company_end_as_read())[0])


GARBAGE = 10_000
"""Objects more than before after which the youngest are looked through: about as many as one page makes."""


@cache
def _lay_aside() -> None:
    """What a process keeps as long as it lives, rulebooks and the company, is not looked through for garbage again.

    It is a hundred thousand objects; to walk over them took a tenth of a second, in every twelfth request. Once only.
    What a page makes goes as soon as it is done with, so that it is looked through more seldom as well.
    """
    gc.set_threshold(GARBAGE)
    gc.collect()
    gc.freeze()


def _continues(kept: _Kept, sequence: int, digest: str) -> bool:
    if kept.sequence == sequence:
        return kept.hash == digest
    return kept.sequence < sequence and Entry.objects.filter(pk=kept.sequence, hash=kept.hash).exists()


def _read_on(kept: _Kept) -> None:
    """Learn what is new; what is withdrawn is forgotten by a world of its own, for somebody may be reading this one."""
    fresh = queries.company_after(kept.sequence)
    if any(fact.name.startswith("policy.") for fact in fresh):
        kept.world.programs.update(store.programs())
        store.forget()
    if kept.sequence and any(fact.name == WITHDRAWN for fact in fresh):
        kept.world, fresh = World(store.programs()), queries.company_after(0)
    for fact in fresh:
        kept.world.read(engine_fact(fact))
    kept.sequence, kept.hash = fresh[-1].sequence, fresh[-1].hash
