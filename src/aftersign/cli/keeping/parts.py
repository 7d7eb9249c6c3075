"""Parts of an archive one after another, each with its name, its bytes in pieces, and their SHA-256 at its end.

A part is the length of a line in four bytes, the line as JSON (`part`, and what else is to be known before its bytes),
pieces that begin with their length in four bytes, a length of 0, and the digest of all pieces.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from aftersign.cli.keeping.faults import Damaged

PIECE = 1 << 18
_LONGEST_LINE = 1 << 20


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some more bytes."""


class Source(Protocol):
    """Gives bytes."""

    def read(self, count: int, /) -> bytes:
        """The next bytes, so many unless it ends before."""


@dataclass(frozen=True)
class Written:
    """What was written of a part: how many bytes, how many lines, and their digest."""

    size: int
    lines: int
    digest: str


def write(sink: Sink, name: str, pieces: Iterable[bytes], **about: Any) -> Written:
    """Write a part from pieces of any size, of which one at a time is held."""
    line = json.dumps({"part": name, **about}, ensure_ascii=False, sort_keys=True).encode()
    sink.write(len(line).to_bytes(4, "big") + line)
    digest, size, lines = sha256(), 0, 0
    for piece in pieces:
        for at in range(0, len(piece), PIECE):
            part = bytes(piece[at : at + PIECE])
            sink.write(len(part).to_bytes(4, "big"))
            sink.write(part)
        digest.update(piece)
        size, lines = size + len(piece), lines + bytes(piece).count(b"\n")
    sink.write(bytes(4) + digest.digest())
    return Written(size, lines, digest.hexdigest())


@dataclass
class Part:
    """A part that is being read: `about` is what its line says; size, lines and digest are known at its end."""

    name: str
    about: dict[str, Any]
    source: Source
    size: int = 0
    lines: int = 0
    digest: str = ""
    _is_read: bool = field(default=False, repr=False)

    def pieces(self) -> Iterator[bytes]:
        """Its bytes; raises `Damaged` at the end when they are not those that were written."""
        digest = sha256()
        while length := int.from_bytes(_exactly(self.source, 4), "big"):
            if length > PIECE:
                raise Damaged(f"the part {self.name} of this archive cannot be read")
            piece = _exactly(self.source, length)
            digest.update(piece)
            self.size, self.lines = self.size + length, self.lines + piece.count(b"\n")
            yield piece
        if digest.digest() != _exactly(self.source, 32):
            raise Damaged(f"the part {self.name} of this archive is not as it was written")
        self.digest, self._is_read = digest.hexdigest(), True

    def pass_over(self) -> None:
        """Read what is left of it, and compare it."""
        if not self._is_read:
            for _piece in self.pieces():
                continue


def read(source: Source) -> Iterator[Part]:
    """All parts in their order; what the caller does not read of one is read before the next."""
    while head := source.read(4):
        length = int.from_bytes(head, "big")
        if len(head) < 4 or length > _LONGEST_LINE:
            raise Damaged("this archive cannot be read to its end")
        try:
            about = json.loads(_exactly(source, length))
            part = Part(str(about.pop("part")), about, source)
        except (ValueError, KeyError, AttributeError, TypeError):
            raise Damaged("this archive cannot be read to its end") from None
        yield part
        part.pass_over()


def _exactly(source: Source, count: int) -> bytes:
    data = source.read(count)
    if len(data) < count:
        raise Damaged("this archive ends too early")
    return data
