"""The files of a rulebook as texts: which there are, what cannot be read, and the digest over all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from aftersign.policy.rulebook.model import Fault

TOML_FILES = ("edition.toml", "facts.toml", "acts.toml", "roles.toml", "checks.toml", "words.toml")


class Folder:
    """A folder that holds a rulebook; every text that was asked for is kept, every fault of reading too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts: dict[str, str] = {}
        self.faults: list[Fault] = []

    def text(self, file: str) -> str | None:
        """The text of a file with plain line ends, or None (and a fault) when there is none to read."""
        read = self._read(file)
        if isinstance(read, Fault):
            self.faults.append(read)
            return None
        self.texts[file] = read
        return read.replace("\r\n", "\n")

    def sheet_files(self) -> list[str]:
        """Names of all files of the form `ROOM.LANGUAGE.md`."""
        return sorted(file.name for file in self.path.glob("*.*.md"))

    def _read(self, file: str) -> str | Fault:
        try:
            content = (self.path / file).read_bytes()
        except FileNotFoundError:
            return Fault(file, 1, "file is missing")
        except OSError as error:
            return Fault(file, 1, f"cannot be read: {error.strerror or error}")
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            return Fault(file, content.count(b"\n", 0, error.start) + 1, "is no text in UTF-8")
        if text.startswith("\ufeff"):
            return Fault(file, 1, "begins with a byte order mark; save it as UTF-8 without one")
        return text


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256, in hexadecimal, over the names and contents of all files in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        for part in (name.encode(), texts[name].encode()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def print_of_files(path: Path) -> str:
    """A fingerprint of whatever a folder holds that could belong to a rulebook, sound or not."""
    return digest_of({file.name: _content(file) for file in (*path.glob("*.toml"), *path.glob("*.*.md"))})


def _content(file: Path) -> str:
    try:
        return file.read_bytes().hex()
    except OSError as error:
        return f"unreadable: {error.errno}"
