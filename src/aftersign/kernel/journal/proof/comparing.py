"""Checkpoints compared with the journal: who signed them, and whether the facts are still those that were signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aftersign.kernel.clock import now
from aftersign.kernel.journal.proof.checkpoints import Checkpoint
from aftersign.kernel.journal.proof.following import Following
from aftersign.kernel.journal.proof.keys import Record, holds
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.journal.proof.restores import still_counts
from aftersign.kernel.journal.proof.stories import Stories

HASTE = timedelta(minutes=5)
"""How far the clocks of two machines may differ."""


@dataclass
class Evidence:
    """Keys and checkpoints that are to be compared with a journal."""

    report: Report
    keys: Mapping[str, Record] = field(default_factory=dict)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    _foreign: set[str] = field(default_factory=set)

    def add(self, checkpoint: Checkpoint, where: str) -> None:
        """One more checkpoint, if the company signed it."""
        if checkpoint.key not in self.keys:
            if checkpoint.key not in self._foreign:
                self._foreign.add(checkpoint.key)
                said = f"{where} is signed with the key {checkpoint.key}, which is not among the company's"
                self.report.problem("checkpoint_key", checkpoint.size, said)
        elif not checkpoint.is_signed(self.keys):
            self.report.problem("checkpoint_signature", checkpoint.size, f"{where} is not as it was signed")
        else:
            self.checkpoints.append(checkpoint)

    @property
    def sizes(self) -> frozenset[int]:
        """The sizes at which the root must be told."""
        return frozenset(each.size for each in self.checkpoints)

    def compare(self, following: Following, stories: Stories) -> None:
        """Say what does not agree, in the order of the facts."""
        self._compare_keys(stories)
        standing = [each for each in self.checkpoints if still_counts(each.place, stories.restores)]
        standing.sort(key=lambda each: each.size)
        self._compare_sizes(standing, following)
        self._compare_times(standing)
        for each in stories.restores:
            said = f"a restore is stated: facts {each.agreed + 1} to {each.lost_to} of epoch {each.epoch - 1} were lost"
            self.report.note("restored", each.sequence, said)

    def _compare_sizes(self, standing: list[Checkpoint], following: Following) -> None:
        agreed, last = 0, following.expected - 1
        for each in standing:
            if each.size > last:
                self._say_lost(standing[-1], last)
                return
            root, head = following.states.get(each.size, (None, ""))
            if head == each.head and root in (each.root, None):
                agreed = each.size
                continue
            said = f"facts {agreed + 1} to {each.size} are not those that were signed at {each.time}"
            self.report.problem("checkpoint_differs", each.size, said)

    def _say_lost(self, newest: Checkpoint, last: int) -> None:
        said = f"facts {last + 1} to {newest.size} are missing, which were signed at {newest.time}:"
        why = "they were cut off, or an older copy of the database was put back"
        self.report.problem("lost", last + 1, f"{said} {why}")

    def _compare_times(self, standing: Iterable[Checkpoint]) -> None:
        before = None
        for each in sorted(standing, key=lambda each: each.place):
            time = datetime.fromisoformat(each.time)
            if before is not None and time < before:
                said = f"the clock was set back before {each.time}: an earlier checkpoint is of {before.isoformat()}"
                self.report.note("clock_set_back", each.size, said)
            before = time
        if before is not None and before > now() + HASTE:
            self.report.note("clock_set_back", None, f"the newest checkpoint, of {before.isoformat()}, is yet to come")

    def _compare_keys(self, stories: Stories) -> None:
        """Each key after the first is signed for by the one before it, or a fact states that that one was lost."""
        for record in self.keys.values():
            before = self.keys.get(record.previous or "")
            if record.previous is None:
                continue
            if before and record.signature and holds(before.public, record.signature, record.statement):
                continue
            if record.signature is None and record.key in stories.keys:
                said = f"the key {record.key} was not signed for by the one before it, which was lost"
                self.report.note("key_changed", stories.keys[record.key], said)
            else:
                said = f"the key {record.key} is not signed for by the one before it, and no fact states why"
                self.report.problem("key_record", None, said)
