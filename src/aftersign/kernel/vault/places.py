"""Where the bytes lie: one place for each digest, in the folder of the installation's files."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files.storage import default_storage

_FILES, _SHOWN, _ARRIVING = "papers", "shown", "arriving"
DIGITS = 64
A_DAY = 24 * 60 * 60
"""Seconds that a file has to be named by a row or a fact, from when it was last taken in or held."""


@dataclass(frozen=True)
class Lying:
    """A file in its place: its digest, its size, and when it was last taken in or held."""

    sha256: str
    size: int
    since: float


def place_of(sha256: str) -> str:
    """The place of a file within the folder of files."""
    return f"{_FILES}/{sha256[:2]}/{sha256[2:]}"


def path_of(place: str) -> Path:
    """The file in the file system."""
    return Path(default_storage.path(place))


def shown_of(sha256: str) -> Path:
    """The folder in which the pictures of a file's pages are kept; they can be made again at any time."""
    return path_of(f"{_SHOWN}/{sha256[:2]}/{sha256[2:]}")


def arriving_folder() -> Path:
    """Where files lie that have not been taken in yet."""
    folder = path_of(_ARRIVING)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sent_path() -> Path:
    """A path for a file that is about to arrive."""
    return path_of(f"{_ARRIVING}/sent-{uuid4().hex}")


def sweep() -> int:
    """Remove what processes that were killed have left among the arriving files for a day, and say how much."""
    before, swept = time.time() - A_DAY, 0
    for path in arriving_folder().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()
                swept += 1
    return swept


@contextmanager
def arriving() -> Iterator[tuple[IO[bytes], Path]]:
    """A new file outside all places; whatever goes wrong, nothing of it is left behind."""
    path = arriving_folder() / uuid4().hex
    try:
        with path.open("xb") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)


def settle(path: Path, sha256: str) -> str:
    """Give what has arrived its place, once it lies safely on the disk; the same bytes are kept once."""
    place = place_of(sha256)
    target = path_of(place)
    with _alone():
        if not _held(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    return place


def hold(sha256: str) -> bool:
    """Answer whether a file is there, and let it stay for a day more: somebody is about to name it."""
    with _alone():
        return _held(path_of(place_of(sha256)))


def lying() -> Iterator[Lying]:
    """Every file that lies in its place, named by anything or not."""
    for path in path_of(_FILES).glob("??/*"):
        sha256 = path.parent.name + path.name
        if len(sha256) == DIGITS and path.is_file():
            with suppress(FileNotFoundError):
                found = path.stat()
                yield Lying(sha256, found.st_size, found.st_mtime)


def drop(sha256: str, before: float) -> bool:
    """Remove a file with the pictures of its pages, unless it was taken in or held since; answers whether it went."""
    path = path_of(place_of(sha256))
    with _alone():
        try:
            if path.stat().st_mtime >= before:
                return False
            path.unlink()
        except FileNotFoundError:
            return False
    shutil.rmtree(shown_of(sha256), ignore_errors=True)
    return True


def _held(path: Path) -> bool:
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time, so that no file goes while another takes the same bytes in."""
    folder = path_of(_FILES)
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
