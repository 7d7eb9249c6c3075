"""Readers of the journal: each fact once, in order, kept with the cursor or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aftersign.kernel.journal import chain, readers
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Cursor
from aftersign.kernel.journal.tests.test_journal import BY, pending

pytestmark = pytest.mark.django_db


class Listener:
    """Remembers what it was told, and may fail."""

    def __init__(self) -> None:
        self.told: list[int] = []
        self.fails_at = 0

    def read(self, facts: Sequence[Recorded]) -> None:
        for fact in facts:
            if fact.sequence == self.fails_at:
                raise RuntimeError("the reader fails")
        self.told += [fact.sequence for fact in facts]


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    monkeypatch.setattr(readers, "_readers", {})
    monkeypatch.setattr(readers, "BATCH", 3)
    return Listener()


def stated(count: int) -> None:
    chain.append([pending(n=each) for each in range(count)], BY)


def test_each_fact_is_told_once_and_in_order(listener: Listener) -> None:
    readers.register(readers.Reader(name="listener", read=listener.read))
    stated(7)
    assert [readers.run_readers() for _ in range(4)] == [True, True, False, False]
    stated(1)
    readers.run_readers()
    assert listener.told == list(range(1, 9))
    assert readers.backlog("listener") == 0


def test_a_reader_that_fails_stands_where_it_stood(listener: Listener) -> None:
    readers.register(readers.Reader(name="listener", read=listener.read))
    stated(5)
    listener.fails_at = 5
    readers.run_readers()
    assert readers.run_readers() is False
    assert (listener.told, Cursor.objects.get().sequence, readers.backlog("listener")) == ([1, 2, 3], 3, 2)
    with pytest.raises(RuntimeError):
        readers.catch_up("listener")
    listener.fails_at = 0
    readers.catch_up("listener")
    assert listener.told == [1, 2, 3, 4, 5]


def test_a_reader_is_told_only_what_it_wants(listener: Listener) -> None:
    readers.register(readers.Reader(name="listener", read=listener.read, facts=frozenset({"other.fact"})))
    stated(9)
    assert readers.run_readers() is False
    assert (listener.told, readers.backlog("listener")) == ([], 0)


def test_a_new_reader_of_what_comes_is_not_told_what_was(listener: Listener) -> None:
    stated(4)
    readers.register(readers.Reader(name="listener", read=listener.read, from_beginning=False))
    readers.run_readers()
    stated(2)
    readers.catch_up("listener")
    assert listener.told == [5, 6]


def test_a_reader_may_begin_again(listener: Listener) -> None:
    readers.register(readers.Reader(name="listener", read=listener.read))
    stated(2)
    readers.catch_up("listener")
    readers.start_again("listener")
    readers.catch_up("listener")
    assert listener.told == [1, 2, 1, 2]


def test_two_readers_of_one_name_are_refused(listener: Listener) -> None:
    readers.register(readers.Reader(name="listener", read=listener.read))
    with pytest.raises(ValueError, match="twice"):
        readers.register(readers.Reader(name="listener", read=listener.read))
