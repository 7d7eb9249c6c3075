"""The journal as a file: read back it is the same journal, and anything else than the same file is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from aftersign.kernel.journal import chain, exchange, triggers
from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.chain import Pending, Statement
from aftersign.kernel.journal.models import Entry, PrivateValue, Tail

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
BY = Statement(actor_kind="person", actor_id=UUID(int=7), on_behalf_of=None, request_id="r1", seen=0)

pytestmark = pytest.mark.django_db


def write(count: int) -> list[str]:
    """A journal of so many facts, each with something private, as lines."""
    facts = [
        Pending(
            name="rig.stated",
            unit="order",
            unit_id=str(uuid4()),
            units={"order": str(uuid4())},
            order_id=uuid4() if number % 2 else None,
            at=NOON.replace(microsecond=number),
            entered=NOON,
            payload={"number": number, "text": "北辰 “合同”\u2028", "secret": {"name": "患者数据"}},
            private=frozenset({"secret"}),
            files=("ab" * 32,),
        )
        for number in range(1, count + 1)
    ]
    chain.append(facts, BY)
    return list(exchange.lines(chunk=2))


def forget() -> None:
    """Empty the journal as if it were that of a new database."""
    with triggers.lifted():
        PrivateValue.objects.all().delete()
        Entry.objects.all().delete()
    Tail.objects.update(sequence=0, hash=GENESIS)


def rows() -> tuple[list[Any], list[Any]]:
    """All that is in the journal: its facts, and their private values."""
    values = PrivateValue.objects.order_by("entry", "key").values("entry", "key", "salt", "value")
    return list(Entry.objects.order_by("sequence").values()), list(values)


def is_empty() -> bool:
    """Whether nothing at all is in the journal."""
    return not Entry.objects.exists() and not PrivateValue.objects.exists() and Tail.objects.get().sequence == 0


def test_a_line_is_readable_without_us() -> None:
    first = json.loads(write(1)[0])
    assert (first["sequence"], first["fact"], first["at"]) == (1, "rig.stated", "2026-09-30T04:00:00.000001Z")
    assert first["payload"]["text"] == "北辰 “合同”\u2028"
    assert json.loads(first["private"]["secret"]["value"]) == {"name": "患者数据"}


def test_the_journal_comes_back_as_it_was() -> None:
    lines = write(5)
    before = rows()
    forget()
    assert exchange.read_in(f"{line}\n" for line in lines) == 5
    assert rows() == before
    assert list(chain.faults()) == []
    assert list(exchange.lines()) == lines


def test_the_chain_goes_on_from_what_was_read_in() -> None:
    lines = write(2)
    forget()
    exchange.read_in(lines)
    write(1)
    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]
    assert list(chain.faults()) == []


def test_what_was_erased_stays_erased() -> None:
    write(2)
    PrivateValue.objects.filter(entry=1).update(value=None, salt="", erased_at=NOON)
    lines = list(exchange.lines())
    assert "患者" not in lines[0]
    forget()
    exchange.read_in(lines)
    assert PrivateValue.objects.values_list("value", "salt", "erased_at").get(entry=1) == (None, "", NOON)


def test_wherever_a_byte_is_flipped_the_file_is_refused() -> None:
    lines = write(1)
    text = lines[0].encode()
    forget()
    for place in range(len(text)):
        flipped = text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :]
        with pytest.raises(exchange.BrokenChain, match="line 1"):
            exchange.read_in([flipped.decode(errors="replace")])
    assert is_empty()


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [lines[0], lines[0], *lines[1:]], 2),
        (lambda lines: [*lines[:3], ""], 4),
        (lambda lines: [*lines[:2], "[]"], 3),
        (lambda lines: [lines[0], without_private(lines[1]), lines[2]], 2),
    ],
    ids=["left out", "moved", "repeated", "empty", "no fact", "a private value left out"],
)
def test_of_a_broken_file_nothing_is_kept(broken, line: int) -> None:
    lines = write(3)
    forget()
    with pytest.raises(exchange.BrokenChain, match=f"line {line}:"):
        exchange.read_in(broken(lines))
    assert is_empty()


def without_private(line: str) -> str:
    """A line whose private values were cut off."""
    said = json.loads(line)
    del said["private"]
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def test_a_private_value_that_is_another_is_refused() -> None:
    line = write(1)[0]
    forget()
    with pytest.raises(exchange.BrokenChain, match="not the one that was stated"):
        exchange.read_in([line.replace("患者", "客户")])
    assert is_empty()


def test_a_journal_that_has_facts_takes_no_other_in() -> None:
    lines = write(2)
    with pytest.raises(exchange.BrokenChain, match="not empty"):
        exchange.read_in(lines)
    assert list(exchange.lines()) == lines
