"""A room under the home folder for what an archive is made of or put back from: one user at a time, left empty."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from aftersign.cli.keeping.faults import NoArchive


@contextmanager
def room() -> Iterator[Path]:
    """An empty folder that only its owner may enter; what somebody left who was killed is removed first."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (_folder() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoArchive("another backup or restore of this installation is running") from None
        work = _folder() / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def begin_restore(archive: Path, made: str) -> None:
    """Remember on the disk that a restore has begun, so that a killed one is known."""
    with _mark().open("w", encoding="utf-8") as file:
        json.dump({"archive": str(archive), "made": made}, file)
        file.flush()
        os.fsync(file.fileno())


def end_restore() -> None:
    """The restore is over, or what it had begun is removed."""
    _mark().unlink(missing_ok=True)


def begun_restore() -> str | None:
    """The archive of a restore that has begun and not ended, None when there is none."""
    try:
        return str(json.loads(_mark().read_text(encoding="utf-8"))["archive"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return "an archive whose name was lost"


def _mark() -> Path:
    return _folder() / "restoring.json"


def _folder() -> Path:
    return Path(settings.HOME) / ".keeping"
