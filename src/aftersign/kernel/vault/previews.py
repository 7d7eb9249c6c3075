"""Pictures of the pages of a file, made when somebody first looks at them and kept beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

from aftersign.kernel.vault import places
from aftersign.kernel.vault.kinds import kind_named

MOST_PAGES = 500
_SECONDS = 30
_COUNT = "pages.json"


class NoPicture(Exception):
    """No picture can be made of this page."""


@dataclass(frozen=True)
class Shown:
    """A picture of one page: its file, and how many pages there are."""

    path: Path
    pages: int


def can_be_shown(name: str) -> bool:
    """Whether files of this name's kind have pages of which pictures are made."""
    kind = kind_named(name)
    return kind is not None and kind.shown


def page(name: str, sha256: str, number: int = 1) -> Shown:
    """The picture of a page, from 1; raises `NoPicture` where there is no such page or the file cannot be read."""
    if not can_be_shown(name) or not 1 <= number <= MOST_PAGES:
        raise NoPicture
    folder = places.shown_of(sha256)
    target, count = folder / f"{number}.png", folder / _COUNT
    if not (target.exists() and count.exists()):
        _make(name, sha256, number, target)
    return Shown(target, json.loads(count.read_text(encoding="utf-8"))["pages"])


def _make(name: str, sha256: str, number: int, target: Path) -> None:
    """Let another process make the picture, and put it in its place once it is whole."""
    source = places.path_of(places.place_of(sha256))
    target.parent.mkdir(parents=True, exist_ok=True)
    with places.arriving() as (_file, path):
        command = [sys.executable, "-m", "aftersign.kernel.vault.rendering"]
        arguments = [str(source), PurePath(name).suffix.lower(), str(number), str(path)]
        try:
            done = subprocess.run([*command, *arguments], capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
        except (subprocess.SubprocessError, OSError) as fault:
            raise NoPicture from fault
        (target.parent / _COUNT).write_bytes(done.stdout)
        path.rename(target)
