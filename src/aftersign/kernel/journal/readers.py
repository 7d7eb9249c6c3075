"""Readers of the journal that go on from where they stopped: what follows from facts outside the acts themselves."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Cursor, Entry, Tail
from aftersign.kernel.journal.queries import recorded

_log = logging.getLogger(__name__)

BATCH = 200
"""Facts that a reader is given at once, in one transaction with its cursor."""


@dataclass(frozen=True)
class Reader:
    """What a package makes of facts, in journal order and each once.

    `read` gets the next facts and writes only tables of its own: they are kept together with the cursor or not at
    all, so that a worker may be killed at any moment. Effects outside the database (a mail, a file) are not brought
    about in it: it leaves rows that say what is to be done. `facts` are the names it wants (none: all of them).
    `from_beginning` is whether a new reader is told what was stated before it came; `needs_all` whether it must be told
    even of what was poured in to try the house out.
    """

    name: str
    read: Callable[[Sequence[Recorded]], None]
    facts: frozenset[str] = frozenset()
    from_beginning: bool = True
    private: bool = True
    needs_all: bool = False


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Make a reader known; raises `ValueError` when its name is taken."""
    if reader.name in _readers:
        raise ValueError(f"reader {reader.name} is registered twice")
    _readers[reader.name] = reader


def run_readers() -> bool:
    """Give each reader its next facts; answers whether any of them has more to read. Several workers may do so.

    A reader that fails is written to the log and stands where it stood; the others go on.
    """
    more = [_goes_on(reader) for reader in tuple(_readers.values())]
    return any(more)


def catch_up(name: str) -> None:
    """Let one reader read to the end of the journal."""
    while _go_on(_readers[name]):
        continue


def start_again(name: str) -> None:
    """Put a reader before the first fact; what it kept is its own to empty."""
    Cursor.objects.update_or_create(reader=name, defaults={"sequence": 0})


def go_to_end(name: str) -> None:
    """Put a reader behind the last fact, because what it keeps is about to be made of the tables themselves."""
    Cursor.objects.update_or_create(reader=name, defaults={"sequence": _end()})


def catch_up_before_pouring() -> None:
    """Let those read to the end who will be told nothing of what is poured in next."""
    for name in _passed_over():
        catch_up(name)


def pass_over() -> None:
    """Put readers behind the last fact: what was poured in to try the house out is told to those who need all."""
    for name in _passed_over():
        Cursor.objects.update_or_create(reader=name, defaults={"sequence": _end()})


def _passed_over() -> list[str]:
    return [each.name for each in _readers.values() if not each.needs_all]


def backlog(name: str) -> int:
    """How many facts a reader has not been told yet."""
    cursor = Cursor.objects.filter(reader=name).first()
    return max(0, _end() - (cursor.sequence if cursor else 0))


def _goes_on(reader: Reader) -> bool:
    try:
        return _go_on(reader)
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 (whatever one reader does wrong, the others and the clock go on)
        _log.exception("the reader %s failed and will be asked again", reader.name)
        return False


def _go_on(reader: Reader) -> bool:
    if not _has_news(reader):
        return False
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update(skip_locked=True).filter(reader=reader.name).first()
        if cursor is None:
            return False
        end = _end()
        entries = Entry.objects.filter(sequence__gt=cursor.sequence, sequence__lte=end).order_by("sequence")
        if reader.facts:
            entries = entries.filter(fact__in=reader.facts)
        facts = recorded(entries[:BATCH], private=reader.private)
        if facts:
            reader.read(facts)
        is_all = len(facts) < BATCH
        cursor.sequence = end if is_all else facts[-1].sequence
        cursor.save(update_fields=["sequence"])
        return not is_all


def _has_news(reader: Reader) -> bool:
    """Asked without a lock, so that a worker with nothing to do holds nobody up."""
    end = _end()
    cursor, _new = Cursor.objects.get_or_create(
        reader=reader.name, defaults={"sequence": 0 if reader.from_beginning else end}
    )
    return cursor.sequence < end


def _end() -> int:
    return Tail.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
