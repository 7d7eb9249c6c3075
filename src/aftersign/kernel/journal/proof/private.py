"""Private values beside the chain: each is the one that its fact commits to, or was erased by a fact that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from aftersign.kernel.journal.canonical import COMMITMENT
from aftersign.kernel.journal.proof.report import Report

ERASED = "journal.private_erased"
MARK = f'"{COMMITMENT}"'.encode()
_PROMISED = re.compile(rb'"([^"\\]+)":\{"' + re.escape(COMMITMENT.encode()) + rb'":"([0-9a-f]{64})"\}')
Value = tuple[bytes, bytes, bytes | None, Any]
"""Key, salt, canonical text (None: erased), and when it was erased (None: never)."""


class Privacy:
    """What was found about private values on the way through a journal."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._erased: dict[tuple[int, str], None] = {}
        self._stated: dict[tuple[int, str], int] = {}

    def step(self, sequence: int, payload: Any, values: Iterable[Value]) -> None:
        """A fact that commits to something, or for which there are values."""
        promised = promises(payload)
        for name, salt, value, erased in values:
            key = name.decode(errors="replace")
            kept = promised.pop(key, None)
            if kept is None:
                said = f"a private value {key} is there that the fact does not know, or twice"
                self.report.problem("private_stray", sequence, said)
            elif value is None and erased is not None and not salt:
                self._erased[sequence, key] = None
            elif value is None or sha256(salt + b":" + value).hexdigest() != kept:
                said = f"the private value {key} is not the one that was stated"
                self.report.problem("private_changed", sequence, said)
        for key in promised:
            self.report.problem("private_missing", sequence, f"the private value {key} is missing")

    def are_kept(self, payload: bytes, values: Sequence[Value]) -> bool:
        """Whether everything is plainly as it should be, seen without reading the payload; else `step` looks closer."""
        promised = dict(_PROMISED.findall(payload))
        if len(promised) != len(values):
            return False
        for key, salt, value, _erased in values:
            if value is None or sha256(salt + b":" + value).hexdigest().encode() != promised.get(key):
                return False
        return True

    def erasure(self, sequence: int, said: dict[str, Any]) -> None:
        """A fact that states that a value was erased."""
        target, key = said.get("sequence"), said.get("key")
        if type(target) is int and isinstance(key, str):
            self._stated[target, key] = sequence

    def end(self) -> None:
        """Compare what is erased with what was stated about it."""
        for sequence, key in self._erased:
            fact = self._stated.get((sequence, key))
            if fact is None:
                said = f"the private value {key} was erased, and no fact states by whom"
                self.report.problem("private_missing", sequence, said)
            else:
                said = f"{key}: erased, commitment kept (stated by fact {fact})"
                self.report.note("private_erased", sequence, said)
        for (sequence, key), fact in self._stated.items():
            if (sequence, key) not in self._erased:
                said = f"the private value {key} is not erased, though fact {fact} states so"
                self.report.problem("private_not_erased", sequence, said)


def promises(payload: Any) -> dict[str, Any]:
    """The commitments in a payload by key."""
    if not isinstance(payload, dict):
        return {}
    return {key: value[COMMITMENT] for key, value in payload.items() if isinstance(value, dict) and COMMITMENT in value}
