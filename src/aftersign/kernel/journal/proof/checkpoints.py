"""Checkpoints: how many facts there were, their Merkle root and the last hash, at a time, signed by the company."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aftersign.kernel.journal import canonical
from aftersign.kernel.journal.proof import keys
from aftersign.kernel.journal.proof.keys import Record, Signer
from aftersign.kernel.journal.proof.merkle import Tree

PROOF = "proof"
"""Where a line of an exported journal carries checkpoints and keys; they are no part of the fact."""
_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNED = ("epoch", "head", "key", "root", "size", "time")


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement about the first `size` facts; `epoch` counts the restores before it.

    `nodes` are the roots of the full subtrees, from which the next checkpoint goes on. They need no signature: the
    signed root follows from them, and from no others.
    """

    epoch: int
    size: int
    root: str
    head: str
    time: str
    key: str
    signature: str
    nodes: tuple[str, ...] = ()

    @property
    def statement(self) -> bytes:
        """The bytes that are signed."""
        return keys.signed_text({name: getattr(self, name) for name in _SIGNED})

    @property
    def said(self) -> dict[str, Any]:
        """What is exported of it."""
        return {name: getattr(self, name) for name in (*_SIGNED, "signature")}

    @property
    def text(self) -> str:
        """The checkpoint as it is kept: canonical JSON."""
        return canonical.text({**self.said, "nodes": self.nodes})

    @property
    def name(self) -> str:
        """Its address among the checkpoints; in the order of addresses the newest is the last."""
        time = self.time.replace("-", "").replace(":", "")
        return f"{self.epoch:04d}/{self.size // 100_000:07d}/{self.size:012d}-{time}.json"

    @property
    def place(self) -> tuple[int, int]:
        """What makes it newer than another."""
        return self.epoch, self.size

    def tree(self) -> Tree:
        """The tree to go on with; raises `ValueError` when it does not have the root that is signed."""
        tree = Tree(self.size, map(bytes.fromhex, self.nodes))
        if tree.root().hex() != self.root:
            raise ValueError("the subtrees do not lead to the root")
        return tree

    def is_signed(self, known: Mapping[str, Record]) -> bool:
        """Whether the signature is that of the key that it names."""
        record = known.get(self.key)
        return record is not None and keys.holds(record.public, self.signature, self.statement)


def sign(tree: Tree, head: str, epoch: int, time: datetime, signer: Signer) -> Checkpoint:
    """A checkpoint of a tree."""
    said: dict[str, Any] = {"epoch": epoch, "size": tree.size, "root": tree.root().hex(), "head": head}
    said |= {"time": canonical.plain(time.replace(microsecond=0)), "key": signer.record.key}
    return Checkpoint(**said, signature=signer.sign(keys.signed_text(said)), nodes=tuple(n.hex() for n in tree.nodes))


def read(text: str | bytes) -> Checkpoint:
    """A checkpoint that was kept; raises `ValueError` for anything that is none."""
    return checkpoint_of(json.loads(text))


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 as the journal writes it."""
    return _HASH.fullmatch(text) is not None


def checkpoint_of(said: Any) -> Checkpoint:
    """A checkpoint that was kept or exported; raises `ValueError` for anything that is none."""
    if not isinstance(said, dict) or not {*_SIGNED, "signature"} <= set(said) <= {*_SIGNED, "signature", "nodes"}:
        raise ValueError("this is no checkpoint")
    numbers, nodes = (said["epoch"], said["size"]), said.get("nodes", [])
    texts = [said[name] for name in ("head", "key", "root", "time", "signature")]
    if not isinstance(nodes, list) or any(type(each) is not int or each < 0 for each in numbers):
        raise ValueError("this is no checkpoint")
    if not all(isinstance(each, str) for each in (*texts, *nodes)):
        raise ValueError("this is no checkpoint")
    if not all(map(_HASH.fullmatch, (said["head"], said["root"], *nodes))):
        raise ValueError("a hash of this checkpoint is none")
    if datetime.fromisoformat(said["time"]).tzinfo is None:
        raise ValueError("the time of this checkpoint has no offset")
    return Checkpoint(**{**said, "nodes": tuple(nodes)})
