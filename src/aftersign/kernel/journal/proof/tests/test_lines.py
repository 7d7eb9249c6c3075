"""Lines that are proven at a glance: whatever is done to one, a glance takes nothing that a careful look would not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from random import Random
from typing import Any

import pytest

from aftersign.kernel.journal import chain, exchange
from aftersign.kernel.journal.chain import Statement
from aftersign.kernel.journal.proof import exporting, filed, taking
from aftersign.kernel.journal.proof.checkpoints import PROOF
from aftersign.kernel.journal.proof.lines import proven
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.journal.proof.tests import rig

TAMPERINGS = 1000
PRIVATE = {"secret": {"name": '客户 “甲”, 乙: "丙"'}, "phone": "1"}
Way = Callable[[str, Random], str]


@pytest.fixture
def lines(db: None) -> list[str]:
    """An exported journal with everything that proves it."""
    rig.signed_journal()
    by = Statement("person", None, None, "plain", 0)
    plain = (replace(rig.pending(number), payload={"text": f"第 {number} 条", **PRIVATE}) for number in range(13, 25))
    chain.append(list(plain), by)
    beside = _proofs()
    told = []
    for sequence, line in enumerate(exchange.lines(), 1):
        proof = {PROOF: beside[sequence]} if sequence in beside else {}
        told.append(exchange.written(json.loads(line) | proof))
    return told


def _proofs() -> dict[int, dict[str, Any]]:
    newest = taking.take()
    assert newest is not None
    return exporting.proofs(newest)


def problems(lines: list[str]) -> list[str]:
    """The kinds of what is found in a file of these lines."""
    report = Report()
    way = filed.Filed(report, ())
    for line in lines:
        way.step(line)
    way.end()
    return [each.kind for each in report.problems]


def flip(line: str, fate: Random) -> str:
    at = fate.randrange(len(line))
    return line[:at] + fate.choice('0a ,:"}]é合\\x-1') + line[at + 1 :]


def dense(said: Any) -> str:
    """JSON without spaces, its names as they stand."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def drop(line: str, fate: Random) -> str:
    at = fate.randrange(len(line))
    return line[:at] + line[at + 1 :]


def double(line: str, fate: Random) -> str:
    at = fate.randrange(len(line))
    return line[:at] + line[at] + line[at:]


def put_space(line: str, fate: Random) -> str:
    """A space is put where there was none, beside a sign or within a text."""
    at = fate.choice([at for at, sign in enumerate(line) if sign in ',:"}'])
    return f"{line[:at]} {line[at:]}"


def say_twice(line: str, fate: Random) -> str:
    """A name stands twice, before and after its own value."""
    said = json.loads(line)
    name = fate.choice(sorted(said))
    written = f'"{name}":{exchange.written(said[name])}'
    other = f'"{name}":"other"'
    return line.replace(written, fate.choice((f"{written},{written}", f"{other},{written}")), 1)


def reorder(line: str, fate: Random) -> str:
    said = list(json.loads(line).items())
    one, two = fate.sample(range(len(said)), 2)
    said[one], said[two] = said[two], said[one]
    return dense(dict(said))


def escape(line: str, fate: Random) -> str:
    """A sign is written in another way, which says the same."""
    at = fate.choice([at for at, sign in enumerate(line) if sign.isalnum()])
    return f"{line[:at]}\\u{ord(line[at]):04x}{line[at + 1 :]}"


def hide(line: str, fate: Random) -> str:
    """A part that nobody hashes is slipped in."""
    return line.replace(',"request_id":"', ',"private":{},"request_id":"', 1)


WAYS: tuple[Way, ...] = (flip, drop, double, put_space, say_twice, reorder, escape, hide)


def test_plain_lines_are_proven_at_a_glance(lines: list[str]) -> None:
    assert problems(lines) == []
    facts = list(exchange.lines())
    assert any("\\" in line for line in facts), "a text with an escape is among them"
    assert [proven(line) for line in facts] == [json.loads(line) for line in facts]


def test_a_thousand_tamperings_with_a_file_are_found(lines: list[str]) -> None:
    fate, done = Random(9162), 0
    facts = [at for at, line in enumerate(lines) if f'"{PROOF}"' not in line]
    while done < TAMPERINGS:
        at = fate.choice(facts)
        changed = WAYS[done % len(WAYS)](lines[at], fate)
        if changed == lines[at]:
            done += 1
            continue
        if said := proven(changed):  # a private value was changed, which no hash of a fact covers
            assert exchange.written(said) == changed
            assert {**said, "private": 0} == {**json.loads(lines[at]), "private": 0}
        assert problems([*lines[:at], changed, *lines[at + 1 :]]), changed
        done += 1


def test_a_glance_takes_nothing_that_was_hashed_otherwise(lines: list[str]) -> None:
    """Lines that carry the right hash of a text that nobody would have exported."""
    plain = next(line for line in lines if proven(line))
    said = json.loads(plain)
    for payload in ({"b": 1, "a": 2}, {"a": 1.5}, {"a": -0.0}, {"a": 2**53}, {"a": 2**64}, {"ä": 1, "z": 2}):
        stated = {name: each for name, each in {**said, "payload": payload}.items() if name not in ("hash", "private")}
        forged = {**said, "payload": payload, "hash": sha256(dense(stated).encode()).hexdigest()}
        assert proven(dense(forged)) is None, payload
