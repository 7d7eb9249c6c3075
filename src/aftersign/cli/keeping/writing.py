"""Making an archive: dump, files, proofs and keys into one sealed file, which appears when it has been read back."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.db import connection

from aftersign.cli.keeping import crypt, gathering, manifest, parts, reading
from aftersign.cli.keeping.faults import NoArchive
from aftersign.cli.keeping.manifest import Manifest
from aftersign.cli.keeping.snapshots import Moment, moment_of, snapshot
from aftersign.cli.keeping.workroom import room
from aftersign.kernel.clock import now


@dataclass(frozen=True)
class Phrases:
    """The passphrase of an archive, and the one of its keys: None leaves the keys out."""

    main: str
    keys: str | None

    @property
    def kind(self) -> str:
        """How the manifest says it."""
        return "none" if self.keys is None else "same" if self.keys == self.main else "own"


def make(file: Path, phrases: Phrases) -> Manifest:
    """Write an archive beside its place, read all of it back, and only then give it its name.

    Raises `NoArchive`, and then whatever was at that place before is still there.
    """
    with _said_plainly(file), room() as work, _beside(file) as (target, path):
        written = _write(target, phrases, work)
        target.flush()
        os.fsync(target.fileno())
        if reading.inspect(path, phrases.main, phrases.keys, work) != written:
            raise NoArchive("the archive does not read as it was written; the disk may be failing")
        path.replace(file)
        _settle(file.parent)
    return written


def _write(target: IO[bytes], phrases: Phrases, work: Path) -> Manifest:
    archive = _Archive(crypt.Sealing(target, crypt.new_lock(phrases.main)))
    with snapshot(work) as seen:
        moment = moment_of(seen)
        for name, about, rows in seen.parts():
            archive.add(name, rows, **about)
        tables = seen.counts()
    said = Manifest(
        version=version("aftersign"),
        made=now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        company=moment.company,
        edition=moment.edition,
        facts=moment.facts,
        head=moment.head,
        keys=phrases.kind,
        tables=tables,
        migrations=moment.migrations,
        variables=gathering.variables(),
    )
    _add_files(archive, said, moment)
    said.checkpoints = archive.add(gathering.CHECKPOINTS, gathering.proofs(moment.facts, said.lacking)).lines
    _add_keys(archive, phrases)
    said.parts, said.listing = archive.listing.parts, archive.listing.digest
    archive.end(said)
    return said


class _Archive:
    """A sealed stream of parts with the list of them."""

    def __init__(self, stream: crypt.Sealing) -> None:
        self._stream, self.listing = stream, manifest.Listing()

    def add(self, name: str, pieces: Iterable[bytes], **about: Any) -> parts.Written:
        """One more part."""
        written = parts.write(self._stream, name, pieces, **about)
        self.listing.add(name, written.digest)
        return written

    def end(self, said: Manifest) -> None:
        """The manifest and the mark of the end."""
        parts.write(self._stream, manifest.PART, [said.text])
        self._stream.end()


def _add_files(archive: _Archive, said: Manifest, moment: Moment) -> None:
    """All stored files. They come after the dump and are never changed, so that all it speaks of are among them."""
    wanted = moment.files
    for place in gathering.files():
        try:
            with (gathering.storage() / place).open("rb") as file:
                written = archive.add(f"{gathering.FILES}/{place}", iter(lambda: file.read(parts.PIECE), b""))
        except FileNotFoundError:
            continue
        said.files, said.file_bytes = said.files + 1, said.file_bytes + written.size
        if wanted.pop(place, written.digest) != written.digest:
            said.lacking.append(f"{place} is another file than the one that was stated")
    said.lacking += [f"{place} is not in the storage" for place in sorted(wanted)]


def _add_keys(archive: _Archive, phrases: Phrases) -> None:
    """Keys come after the dump, so that the one it was last signed with is among them."""
    for path in gathering.public_keys():
        archive.add(f"{gathering.KEYS}/{path.name}", gathering.pieces(path))
    if phrases.keys is not None:
        bundle = gathering.bundle(gathering.private_keys())
        archive.add(gathering.SEALED_KEYS, [crypt.sealed(bundle, phrases.keys)])


@contextmanager
def _beside(file: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A file beside the place, which is removed unless it takes it; what a killed backup left there is written over."""
    if file.exists() and not _is_archive(file):
        raise NoArchive(f"{file} is there and is no archive; name another place")
    path = file.with_name(f".{file.name}.part")
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as target:
        os.fchmod(target.fileno(), 0o600)
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoArchive(f"another backup is being written to {file}") from None
        target.truncate()
        try:
            yield target, path
        finally:
            path.unlink(missing_ok=True)


def _is_archive(file: Path) -> bool:
    with file.open("rb") as there:
        return there.read(len(crypt.NAME)) == crypt.NAME


def _settle(folder: Path) -> None:
    """Let the disk know the name as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _said_plainly(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoArchive(
                f"there is no room left for {file}, or for a copy of the database: nothing was kept"
            ) from None
        place = error.filename or file
        raise NoArchive(f"{place} cannot be read or written: {error.strerror or error}; nothing was kept") from None
