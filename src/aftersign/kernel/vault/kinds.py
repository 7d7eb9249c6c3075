"""Which kinds of files are taken in, told by their bytes and not by their names."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from os import SEEK_END
from pathlib import PurePath
from typing import IO

import puremagic

_HEAD = 4096
_MOST_MEMBERS = 20_000
_LONGEST_LIST = 8 << 20
_LONGEST_END = 22 + 0xFFFF  # the end of a container with the longest comment


@dataclass(frozen=True)
class Kind:
    """A kind of file: how its bytes are known to begin (as the library of signatures calls it), and what a container of
    that kind holds; `shown` says whether its pages can be made into pictures."""

    begins: frozenset[str]
    holds: str = ""
    shown: bool = False


def _office(holds: str) -> Kind:
    return Kind(frozenset({".docx", ".xlsx", ".pptx"}), holds=holds)


_PDF, _OLD_OFFICE = Kind(frozenset({".pdf"}), shown=True), Kind(frozenset({".doc"}))
_JPEG, _TIFF = Kind(frozenset({".jpg", ".jpeg"}), shown=True), Kind(frozenset({".tif", ".tiff"}), shown=True)
KINDS: dict[str, Kind] = {
    ".pdf": _PDF,
    ".ofd": _office("OFD.xml"),
    ".docx": _office("word/"),
    ".xlsx": _office("xl/"),
    ".pptx": _office("ppt/"),
    ".doc": _OLD_OFFICE,
    ".xls": _OLD_OFFICE,
    ".ppt": _OLD_OFFICE,
    ".png": Kind(frozenset({".png"}), shown=True),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".webp": Kind(frozenset({".webp"}), shown=True),
    ".tif": _TIFF,
    ".tiff": _TIFF,
}


def kind_named(name: str) -> Kind | None:
    """The kind that a name promises, None when no such kind is taken in."""
    return KINDS.get(PurePath(name).suffix.lower())


def is_of_its_kind(name: str, content: IO[bytes]) -> bool:
    """Whether the bytes are of the kind that the name promises; the file is left at its beginning."""
    kind = kind_named(name)
    content.seek(0)
    begins = _beginning(content.read(_HEAD))
    holds = kind is not None and bool(begins & kind.begins) and (not kind.holds or _holds(content, kind.holds))
    content.seek(0)
    return holds


def _beginning(head: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _length_of_list(content: IO[bytes]) -> int:
    """How long a container says that the list of its parts is, in bytes; 0 where it has none."""
    size = content.seek(0, SEEK_END)
    content.seek(max(0, size - _LONGEST_END))
    tail = content.read(_LONGEST_END)
    at = tail.rfind(b"PK\5\6")
    return int.from_bytes(tail[at + 12 : at + 16], "little") if 0 <= at <= len(tail) - 22 else 0


def _holds(content: IO[bytes], member: str) -> bool:
    """Whether a container has a part of that name or in that folder; nothing is unpacked, and no long list is read."""
    if not 0 < _length_of_list(content) <= _LONGEST_LIST:
        return False
    try:
        names = zipfile.ZipFile(content).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return len(names) <= _MOST_MEMBERS and any(name.startswith(member) for name in names)
