"""Which characters a font file can show, read from its table of characters: OpenType, TrueType and collections."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

COLLECTION = b"ttcf"
SEGMENTS, GROUPS = 4, 12  # the two layouts of the table in which Unicode fonts are written


def characters(font: Path, index: int = 0) -> frozenset[int]:
    """The characters of a font as code points; `index` is its place in a collection. Raises `ValueError`."""
    try:
        with font.open("rb") as file:
            table = _character_table(file, index)
        return frozenset(found for layout, at in _parts(table) for found in _read(table, layout, at))
    except (OSError, struct.error, IndexError) as error:
        raise ValueError(f"{font} is no font: {error}") from None


def _character_table(file: BinaryIO, index: int) -> bytes:
    start = 0
    if file.read(4) == COLLECTION:
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    for _number in range(count):
        tag, offset, length = struct.unpack(">4s4xII", file.read(16))
        if tag == b"cmap":
            file.seek(offset)
            return file.read(length)
    return b"\0\0\0\0"


def _parts(table: bytes) -> Iterator[tuple[int, int]]:
    """Layout and place of the parts of the table that this house can read."""
    (count,) = struct.unpack_from(">2xH", table)
    for number in range(count):
        (at,) = struct.unpack_from(">4xI", table, 4 + 8 * number)
        (layout,) = struct.unpack_from(">H", table, at)
        if layout in (SEGMENTS, GROUPS):
            yield layout, at


def _read(table: bytes, layout: int, at: int) -> Iterator[int]:
    return _groups(table, at) if layout == GROUPS else _segments(table, at)


def _groups(table: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">12xI", table, at)
    for first, last, glyph in struct.iter_unpack(">III", table[at + 16 : at + 16 + 12 * count]):
        yield from range(first if glyph else first + 1, last + 1)


def _segments(table: bytes, at: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">6xH", table, at)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, at + 14)
    starts = struct.unpack_from(f">{count}H", table, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", table, at + 16 + 2 * double)
    offsets = struct.unpack_from(f">{count}H", table, at + 16 + 3 * double)
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        here = at + 16 + 3 * double + 2 * place + offsets[place]
        for character in range(first, min(last, 0xFFFE) + 1):
            if offsets[place]:
                (glyph,) = struct.unpack_from(">H", table, here + 2 * (character - first))
            else:
                glyph = (character + deltas[place]) & 0xFFFF
            if glyph:
                yield character
