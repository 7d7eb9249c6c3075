"""Verification of an exported journal, without a database: all that the file says is in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from aftersign.kernel.journal import canonical
from aftersign.kernel.journal.canonical import COMMITMENT
from aftersign.kernel.journal.proof.checkpoints import PROOF, checkpoint_of
from aftersign.kernel.journal.proof.comparing import Evidence
from aftersign.kernel.journal.proof.following import Following
from aftersign.kernel.journal.proof.keys import Record, holds, record_of, signed_text
from aftersign.kernel.journal.proof.lines import NAMES, proven
from aftersign.kernel.journal.proof.private import Privacy, Value
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.journal.proof.stories import STORIES, Stories

FACT = frozenset(NAMES)
_HASHED = FACT - {"hash"}
_LATER = frozenset({"checkpoints"})
_FIRST = _LATER | {"keys", "newest", "signature"}
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class Beside:
    """What else must stand on the line of a kind of fact, under which name, and whether it belongs to the fact."""

    name: str
    fact: str
    fits: Callable[[Mapping[str, Any]], bool]


def verify(file: Path, beside: Iterable[Beside] = ()) -> Report:
    """Look at all lines, and go on behind whatever is broken; may raise `OSError`."""
    filed = Filed(Report(), beside)
    with file.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        for line in lines:
            filed.step(line.removesuffix("\n"))
    filed.end()
    return filed.report


class Filed:
    """The way through the lines of a file."""

    def __init__(self, report: Report, beside: Iterable[Beside]) -> None:
        self.report, self.beside = report, tuple(beside)
        self.names = FACT.union(("private", PROOF), (each.name for each in self.beside))
        self.evidence, self.marks = Evidence(report), set[int]()
        self.following = Following(report, self.marks)
        self.privacy, self.stories = Privacy(report), Stories()

    def step(self, line: str) -> None:
        """The next line."""
        found = proven(line)
        try:
            said = json.loads(line, parse_float=_no_number) if found is None else found
            if found is None and not _is_fact(said):
                raise ValueError("something is missing")
            computed = _hash(said) if found is None else said["hash"].encode()
            values = _values(said["private"]) if "private" in said else ()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            self.report.problem("row_unreadable", self.following.expected, f"no fact can be read here: {error}")
            self.following.pass_over()
            return
        if found is None:
            self._look_closely(line, said)
        self._take(line, said, computed, values)

    def _look_closely(self, line: str, said: dict[str, Any]) -> None:
        """Whether a line that could not be told at a glance is as it was exported; and what it carries as proof."""
        if _written(said) != line or not said.keys() <= self.names or said.get("private") == {}:
            self.report.problem("row_changed", said["sequence"], "the line is not written as it was exported")
        if PROOF in said:
            self._prove(said["sequence"], said[PROOF])

    def _take(self, line: str, said: dict[str, Any], computed: bytes, values: Sequence[Value]) -> None:
        """What a line says is the next fact; `computed` is the hash that it should have."""
        sequence = said["sequence"]
        self.following.step(sequence, said["previous_hash"].encode(), said["hash"].encode(), computed)
        if values or COMMITMENT in line:
            self.privacy.step(sequence, said["payload"], values)
        if said["fact"] in STORIES:
            self.stories.step(sequence, said["fact"], said["payload"], self.privacy)
        self._look_beside(sequence, said)

    def end(self) -> None:
        """Compare what the file is proven by with what was found in it."""
        self.report.facts = self.following.expected - 1
        if not self.evidence.checkpoints:
            self.report.problem("checkpoint_missing", None, "the file carries no checkpoint that proves it")
        self.evidence.compare(self.following, self.stories)
        signed = max(self.evidence.sizes, default=self.report.facts)
        if signed < self.report.facts:
            self.report.problem("row_unsigned", signed + 1, f"facts after {signed} were never signed")
        self.privacy.end()

    def _prove(self, sequence: int, proof: Any) -> None:
        """Take in the keys, and the checkpoints that stand beside a fact."""
        try:
            known = [record_of(each) for each in proof.get("keys", [])]
            stated = [checkpoint_of(each) for each in proof.get("checkpoints", [])]
            newest = [checkpoint_of(proof["newest"])] if sequence == 1 else []
            if any(each.size != sequence for each in stated) or not proof.keys() <= (
                _FIRST if sequence == 1 else _LATER
            ):
                raise ValueError("it belongs to another fact")
            if sequence == 1 and not _is_signed(proof, {record.key: record for record in known}):
                self.report.problem("proof_changed", sequence, "the proof on the first line is not as it was signed")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            self.report.problem("checkpoint_unreadable", sequence, f"the proof on this line cannot be read: {error}")
            return
        self.evidence.keys = {**self.evidence.keys, **{record.key: record for record in known}}
        for each in (*stated, *newest):
            self.marks.add(each.size)
            self.evidence.add(each, f"the checkpoint of {each.time} on the line of fact {sequence}")

    def _look_beside(self, sequence: int, said: Mapping[str, Any]) -> None:
        for each in self.beside:
            if each.fact == said["fact"] and not each.fits(said):
                self.report.problem("beside_changed", sequence, f"the {each.name} are not those of the fact")
            elif each.fact != said["fact"] and each.name in said:
                self.report.problem("beside_changed", sequence, f"the fact has no {each.name}")


def _no_number(text: str) -> float:
    raise ValueError(f"no fact holds the number {text}")


def _is_fact(said: Any) -> bool:
    """Whether a line has all that a fact has, of the kind that it is of."""
    texts = all(isinstance(said[name], str) for name in ("fact", "at", "entered", "hash", "previous_hash"))
    return texts and said.keys() >= FACT and type(said["sequence"]) is int and isinstance(said["payload"], dict)


def _is_signed(proof: Mapping[str, Any], known: Mapping[str, Record]) -> bool:
    """Whether the first line's proof is signed as a whole, by the key of the newest checkpoint."""
    record, text = known.get(proof["newest"]["key"]), {name: proof[name] for name in _FIRST if name in proof}
    signature = text.pop("signature")
    return record is not None and holds(record.public, signature, signed_text(text))


def _hash(said: Mapping[str, Any]) -> bytes:
    """The hash that a fact should have, as text."""
    stated = canonical.of_plain({name: said[name] for name in _HASHED})
    return sha256(stated.encode()).hexdigest().encode()


def _values(private: Mapping[str, Any]) -> Sequence[Value]:
    return [
        (
            key.encode(),
            each["salt"].encode(),
            None if each["value"] is None else each["value"].encode(),
            each.get("erased_at"),
        )
        for key, each in private.items()
    ]
