"""Following the chain fact by fact: numbers, links, hashes, and the Merkle root wherever a checkpoint was signed."""

from __future__ import annotations

from binascii import Error, unhexlify
from collections.abc import Container

from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.proof.merkle import Tree
from aftersign.kernel.journal.proof.report import Report

State = tuple[str | None, str]
"""The root over all facts up to one, None where it cannot be told, and the hash of that fact."""


class Following:
    """The way through a journal; `marks` are the sizes at which somebody will ask for the root."""

    __slots__ = ("expected", "is_whole", "marks", "previous", "report", "states", "tree")

    def __init__(self, report: Report, marks: Container[int]) -> None:
        self.report, self.marks = report, marks
        self.expected = 1
        self.previous: bytes | None = GENESIS.encode()
        self.tree, self.is_whole = Tree(), True
        self.states: dict[int, State] = {}

    def step(self, sequence: int, previous: bytes, hash_: bytes, computed: bytes) -> None:
        """The next fact: its number, the two hashes that it carries, and the hash that it should have."""
        if computed != hash_:
            self.report.problem("row_changed", sequence, "something in the fact was changed: its hash does not match")
        if sequence != self.expected:
            if not self._has_jumped(sequence):
                return
        elif self.previous is not None and previous != self.previous:
            self.report.problem("link_broken", sequence, "the fact does not continue the one before it")
        self.expected, self.previous = sequence + 1, hash_
        if self.is_whole:
            self._grow(hash_)
        if sequence in self.marks:
            root = self.tree.root().hex() if self.is_whole else None
            self.states[sequence] = (root, hash_.decode(errors="replace"))

    def pass_over(self) -> None:
        """A fact that is there and cannot be read: what follows it cannot be compared with it."""
        self.expected, self.previous, self.is_whole = self.expected + 1, None, False

    def _has_jumped(self, sequence: int) -> bool:
        """Whether facts are missing before this one; otherwise it stands where it does not belong."""
        self.is_whole = False
        if sequence < self.expected:
            said = "the fact stands in the wrong place: it was inserted, repeated or moved"
            self.report.problem("row_misplaced", sequence, said)
            return False
        last = sequence - 1
        said = f"fact {last} is missing" if last == self.expected else f"facts {self.expected} to {last} are missing"
        self.report.problem("row_missing", self.expected, said)
        return True

    def _grow(self, hash_: bytes) -> None:
        try:
            self.tree.push(unhexlify(hash_))
        except Error:
            self.is_whole = False
