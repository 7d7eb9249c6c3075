"""The Merkle tree of RFC 9162 over the hashes of all facts, kept as the roots of its full subtrees."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()


class Tree:
    """A tree that grows leaf by leaf and remembers only the roots of its full subtrees, the largest first.

    These are enough to go on without reading the facts before, and to tell the root.
    """

    __slots__ = ("nodes", "size")

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        self.size, self.nodes = size, list(nodes)
        if len(self.nodes) != size.bit_count():
            raise ValueError("a tree of this size has another number of full subtrees")

    def push(self, leaf: bytes) -> None:
        """Append a leaf: the hash of the next fact, as bytes."""
        node = sha256(b"\0" + leaf).digest()
        size = self.size
        self.size = size + 1
        if size & 1:
            nodes = self.nodes
            while size & 1:
                node = sha256(b"\1" + nodes.pop() + node).digest()
                size >>= 1
        self.nodes.append(node)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.nodes:
            return EMPTY
        *rest, root = self.nodes
        for node in reversed(rest):
            root = sha256(b"\1" + node + root).digest()
        return root
