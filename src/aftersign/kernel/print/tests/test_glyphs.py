"""Which characters a font shows: both layouts of its table, collections, and files that are no font."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from aftersign.kernel.print.fonts import _packaged
from aftersign.kernel.print.glyphs import characters


def groups(*found: tuple[int, int, int]) -> bytes:
    """A table of characters in groups."""
    return struct.pack(">HHIII", 12, 0, 16 + 12 * len(found), 0, len(found)) + b"".join(
        struct.pack(">III", *each) for each in found
    )


def segments(ends: list[int], starts: list[int], deltas: list[int], offsets: list[int], glyphs: list[int]) -> bytes:
    """A table of characters in segments."""
    count = len(ends)
    head = struct.pack(">HHHHHHH", 4, 16 + 8 * count + 2 * len(glyphs), 0, 2 * count, 0, 0, 0)
    parts = [*ends, 0, *starts, *deltas, *offsets, *glyphs]
    return head + struct.pack(f">{len(parts)}H", *parts)


def font(table: bytes, at: int = 0) -> bytes:
    """A font file with nothing but its table of characters; `at` is where it begins in a collection."""
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table
    return struct.pack(">IHHHH4sIII", 0x00010000, 1, 0, 0, 0, b"cmap", 0, at + 28, len(cmap)) + cmap


def test_groups(tmp_path: Path) -> None:
    file = tmp_path / "a.otf"
    file.write_bytes(font(groups((0x41, 0x43, 1), (0x20000, 0x20001, 9), (0x61, 0x62, 0))))
    assert characters(file) == {0x41, 0x42, 0x43, 0x20000, 0x20001, 0x62}


def test_segments_leave_out_what_has_no_picture(tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    table = segments([0x42, 0x63, 0xFFFF], [0x41, 0x61, 0xFFFF], [0x10000 - 0x41, 0, 1], [0, 4, 0], [5, 0, 6])
    file.write_bytes(font(table))
    assert characters(file) == {0x42, 0x61, 0x63}


def test_a_font_of_a_collection(tmp_path: Path) -> None:
    file = tmp_path / "a.ttc"
    first = font(groups((0x41, 0x41, 1)), at=20)
    second = font(groups((0x4E00, 0x4E00, 1)), at=20 + len(first))
    file.write_bytes(struct.pack(">4sIIII", b"ttcf", 0x10000, 2, 20, 20 + len(first)) + first + second)
    assert characters(file, 0) == {0x41}
    assert characters(file, 1) == {0x4E00}


def test_the_font_that_comes_along_knows_chinese() -> None:
    folder = _packaged()
    assert folder is not None
    known = [characters(each) for each in sorted(folder.glob("*.otf"))]
    assert len(known) == 2
    for shows in known:
        assert {ord(each) for each in "签簽单單A〓★·…"} <= shows
        assert not {ord(each) for each in "😀ก한"} & shows


@pytest.mark.parametrize("content", [b"", b"no font at all", b"\0\1\0\0\0\x09"])
def test_what_is_no_font_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.otf"
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.otf is no font"):
        characters(file)
