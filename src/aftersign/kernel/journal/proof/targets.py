"""Where checkpoints go: somewhere outside the database, and best outside the reach of those who could change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from aftersign.kernel.journal.proof.keys import Record, write_new


class Target(Protocol):
    """A place for checkpoints by name; any of its methods may raise `OSError`."""

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name."""

    def keep_key(self, record: Record) -> None:
        """Keep the public half of a key beside the checkpoints, for whoever checks them."""

    def newest(self) -> tuple[str, bytes] | None:
        """Name and text of the newest checkpoint."""

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Names and texts of all checkpoints, the oldest first."""


class Directory:
    """A directory, such as one of another machine that is mounted here."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __str__(self) -> str:
        return str(self.path)

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name; it is there whole, and on the disk, when this returns."""
        write_new(self.path / name, f"{text}\n".encode(), 0o644)

    def keep_key(self, record: Record) -> None:
        """Keep the public half of a key beside the checkpoints."""
        path = self.path / "keys" / f"{record.key}.json"
        if not path.exists():
            write_new(path, f"{record.text}\n".encode(), 0o644)

    def newest(self) -> tuple[str, bytes] | None:
        """Name and text of the newest checkpoint."""
        return next(self._found(newest_first=True), None)

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Names and texts of all checkpoints, the oldest first."""
        return self._found(newest_first=False)

    def _found(self, *, newest_first: bool) -> Iterator[tuple[str, bytes]]:
        for epoch in self._below(self.path, newest_first):
            if epoch.name.isdecimal():
                for block in self._below(epoch, newest_first):
                    for file in self._below(block, newest_first):
                        yield str(file.relative_to(self.path)), file.read_bytes()

    def _below(self, folder: Path, newest_first: bool) -> list[Path]:
        if not folder.is_dir():
            return []
        return sorted((each for each in folder.iterdir() if not each.name.startswith(".")), reverse=newest_first)


def targets() -> list[Target]:
    """The places that this installation names."""
    return [Directory(Path(each)) for each in settings.CHECKPOINTS]
