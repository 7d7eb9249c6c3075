"""Checks of the home folder: who may read it, whether keys are there, and how much room is left."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from aftersign.cli.checking.lines import Line, fault, ok, warning
from aftersign.cli.keeping import gathering, workroom
from aftersign.kernel.journal.proof import keys
from aftersign.kernel.journal.proof.faults import NoCheckpoint

FULL, NARROW = 256 << 20, 2 << 30
"""Bytes left on the disk: below the first nothing is sure to be written, below the second it is time to act."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look() -> Iterator[Line]:
    """What is to be seen of the home folder."""
    home = Path(settings.HOME)
    yield _folder(home)
    yield from _rooms(home)
    yield _keys()
    if (begun := workroom.begun_restore()) is not None:
        yield fault("restore", f"the restore of {begun} was interrupted", "run `aftersign restore` again")


def _folder(home: Path) -> Line:
    mode = home.stat().st_mode
    if not os.access(home, os.W_OK | os.X_OK):
        return fault("home", f"{home} cannot be written", f"give it to the account that runs this: chown -R … {home}")
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        return fault("home", f"{home} can be changed by others", f"chmod 700 {home}")
    if mode & (stat.S_IROTH | stat.S_IXOTH):
        return warning("home", f"{home} can be read by everybody on this machine", f"chmod 700 {home}")
    return ok("home", f"{home} is written by its owner only")


def _rooms(home: Path) -> Iterator[Line]:
    """The disks that the installation writes to, each once."""
    disks: dict[int, Path] = {}
    for folder in (home, gathering.storage(), *map(Path, settings.CHECKPOINTS)):
        if folder.exists():
            disks.setdefault(folder.stat().st_dev, folder)
    for folder in disks.values():
        left = shutil.disk_usage(folder).free
        said = f"{left / (1 << 30):.1f} GB are left where {folder} lies"
        if left < FULL:
            yield fault("disk", said, "make room: nothing can be kept any more")
        elif left < NARROW:
            yield warning("disk", said, "make room soon")
        else:
            yield ok("disk", said)


def _keys() -> Line:
    try:
        signer = keys.signer()
    except NoCheckpoint as why:
        return fault("keys", str(why), "put the keys back, or `aftersign journal new-key --lost`")
    found = gathering.private_keys()
    loose = [path for path in found.values() if path.suffix == ".key" and path.stat().st_mode & _OTHERS]
    if loose:
        names = " ".join(map(str, loose))
        return fault("keys", f"{len(loose)} can be read by others", f"chmod 600 {names}")
    return ok("keys", f"the company signs with {signer.record.key}, which only its owner reads")
