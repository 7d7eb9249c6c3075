"""Putting an archive back: read to its end first, then everything beside the database, and the database last."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from django.conf import settings

from aftersign.cli.keeping import emptiness, gathering, manifest, postgresql, reading, sqlite, workroom
from aftersign.cli.keeping.faults import Damaged, NoArchive
from aftersign.cli.keeping.manifest import Manifest
from aftersign.cli.keeping.parts import Part

_STAGED_KEYS = "secrets"


class Place(Protocol):
    """Where a database is put back."""

    def take(self, part: Part) -> None:
        """A part of the dump."""

    def counts(self) -> dict[str, int]:
        """Rows by table, of a database in which all refers to what is there."""


@dataclass(frozen=True)
class Source:
    """An archive that was read to its end, and what opens it; without `keys` they stay closed."""

    file: Path
    passphrase: str
    keys: str | None
    said: Manifest


def opened(file: Path, passphrase: str, keys: str | None) -> Source:
    """Read an archive and see whether it may be put back here; nothing is touched. Raises `NoArchive`."""
    emptiness.refuse_full()
    said = reading.inspect(file, passphrase, keys)
    emptiness.refuse_foreign(said)
    return Source(file, passphrase, keys if said.keys != "none" else None, said)


def put_back(source: Source) -> None:
    """Put database, files, checkpoints and keys in place; whatever goes wrong before the end leaves the place empty.

    One who is killed leaves files beside an empty database, and a note of it: the next restore clears them away.
    """
    with workroom.room() as work:
        emptiness.refuse_full()
        if workroom.begun_restore() is not None:
            _clear()
        workroom.begin_restore(source.file, source.said.made)
        try:
            _fill(source, work)
        except BaseException:
            if not emptiness.has_tables():
                _clear()
                workroom.end_restore()
            raise


def _fill(source: Source, work: Path) -> None:
    try:
        with _into(source.said, work) as place:
            with reading.parts_of(source.file, source.passphrase) as parts:
                for part in parts:
                    _take(part, place, source.keys, work)
            counts = place.counts()
            if counts != source.said.tables:
                raise Damaged(f"rows are missing: {reading.differing(counts, source.said.tables)}")
            _settle(work)
            os.sync()
    except OSError as error:
        raise NoArchive(f"{error.filename or source.file} cannot be written: {error.strerror or error}") from None


def _into(said: Manifest, work: Path) -> AbstractContextManager[Place]:
    return postgresql.into(said.migrations) if said.engine == "postgresql" else sqlite.into(work)


def _take(part: Part, place: Place, keys: str | None, work: Path) -> None:
    """Give a part to the database, or keep it in the room until all are there."""
    if part.name == sqlite.PART or "table" in part.about:
        place.take(part)
    elif part.name == gathering.CHECKPOINTS:
        _unroll(part, work / "checkpoints")
    elif part.name == gathering.SEALED_KEYS:
        if keys is not None:
            _unbundle(reading.keys(part, keys), work / _STAGED_KEYS)
    elif part.name != manifest.PART:
        with _new(_inside(work, part.name), 0o644) as file:
            for piece in part.pieces():
                file.write(piece)


def _unroll(part: Part, folder: Path) -> None:
    held = b""
    for piece in part.pieces():
        *lines, held = (held + piece).split(b"\n")
        for line in lines:
            said = json.loads(line)
            with _new(_inside(folder, said["name"]), 0o644) as file:
                file.write(said["text"].encode())


def _unbundle(bundle: bytes, folder: Path) -> None:
    for said in json.loads(bundle):
        with _new(_inside(folder, said["name"]), int(said["mode"])) as file:
            file.write(bytes.fromhex(said["hex"]))


def _settle(work: Path) -> None:
    """Move everything to where it belongs; what a place for checkpoints outside has already, it keeps as it is."""
    files, keys = gathering.storage(), Path(settings.KEYS)
    _move(work / gathering.FILES, files)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    _move(work / gathering.KEYS, keys)
    _move(work / _STAGED_KEYS / gathering.KEYS, keys)
    if (secret := work / _STAGED_KEYS / gathering.SECRET).exists():
        secret.replace(Path(settings.HOME) / gathering.SECRET)
    for place in settings.CHECKPOINTS:
        for path in _files(work / "checkpoints"):
            target = Path(place) / path.relative_to(work / "checkpoints")
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _move(source: Path, target: Path) -> None:
    for path in _files(source):
        into = target / path.relative_to(source)
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, into)


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file())


def _clear() -> None:
    """Remove what a restore has put in folders that were empty before it."""
    for folder in emptiness.own_folders():
        for each in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(each) if each.is_dir() else each.unlink()


def _inside(folder: Path, name: str) -> Path:
    """A place below a folder; raises `Damaged` for a name that leads elsewhere."""
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise Damaged(f"this archive has a part {name}, which leads out of its place")
    return folder.joinpath(*parts)


@contextmanager
def _new(path: Path, mode: int) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        yield file
