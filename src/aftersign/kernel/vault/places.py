"""Where the bytes lie: one place for each digest, in the folder of the installation's files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files.storage import default_storage

_FILES, _SHOWN, _ARRIVING = "papers", "shown", "arriving"


def place_of(sha256: str) -> str:
    """The place of a file within the folder of files."""
    return f"{_FILES}/{sha256[:2]}/{sha256[2:]}"


def path_of(place: str) -> Path:
    """The file in the file system."""
    return Path(default_storage.path(place))


def shown_of(sha256: str) -> Path:
    """The folder in which the pictures of a file's pages are kept; they can be made again at any time."""
    return path_of(f"{_SHOWN}/{sha256[:2]}/{sha256[2:]}")


@contextmanager
def arriving() -> Iterator[tuple[IO[bytes], Path]]:
    """A new file outside all places; whatever goes wrong, nothing of it is left behind."""
    path = path_of(f"{_ARRIVING}/{uuid4().hex}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)


def settle(path: Path, sha256: str) -> str:
    """Give what has arrived its place, once it lies safely on the disk; the same bytes are kept once."""
    place = place_of(sha256)
    target = path_of(place)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    return place
