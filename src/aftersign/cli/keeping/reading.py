"""Reading a whole archive: every part as it was written, all of them there, and what the manifest says is so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aftersign.cli.keeping import crypt, gathering, manifest, sqlite
from aftersign.cli.keeping.faults import Damaged, NoArchive, WrongPassphrase
from aftersign.cli.keeping.manifest import Manifest
from aftersign.cli.keeping.parts import Part, read


@contextmanager
def parts_of(archive: Path, passphrase: str) -> Iterator[Iterator[Part]]:
    """The parts of an archive in their order, the manifest last."""
    try:
        with archive.open("rb") as source:
            yield read(crypt.Opening(source, crypt.lock_of(source, passphrase)))
    except OSError as error:
        raise NoArchive(f"{archive} cannot be read: {error.strerror or error}") from None


def inspect(archive: Path, passphrase: str, keys_passphrase: str | None, room: Path | None = None) -> Manifest:
    """Read an archive to its end and compare everything; nothing is written but, where there is a room, a copy of a
    SQLite database, which SQLite then looks through.

    `keys_passphrase` is tried on the keys, None leaves them closed. Raises `NoArchive`.
    """
    found, listing, counts = None, manifest.Listing(), dict[str, int]()
    with parts_of(archive, passphrase) as parts:
        for part in parts:
            if found is not None:
                raise Damaged("this archive goes on behind its manifest")
            if part.name == manifest.PART:
                found = manifest.manifest_of(b"".join(part.pieces()))
                continue
            counts |= _looked(part, keys_passphrase, room)
            listing.add(part.name, part.digest)
    if found is None or (found.parts, found.listing) != (listing.parts, listing.digest):
        raise Damaged("parts of this archive are missing, or others than its manifest lists")
    if counts and counts != found.tables:
        raise Damaged(f"rows of this archive are missing: {differing(counts, found.tables)}")
    return found


def _looked(part: Part, keys_passphrase: str | None, room: Path | None) -> dict[str, int]:
    """A part, read and compared; answers with rows by table as far as they can be counted."""
    if part.name == sqlite.PART and room is not None:
        copy = sqlite.kept(part, room)
        copy.prove()
        counts = copy.counts()
        copy.path.unlink()
        return counts
    if part.name == gathering.SEALED_KEYS and keys_passphrase is not None:
        keys(part, keys_passphrase)
        return {}
    part.pass_over()
    return {part.about["table"]: part.lines} if "table" in part.about else {}


def keys(part: Part, passphrase: str) -> bytes:
    """The keys of an archive as they were bundled; raises `WrongPassphrase`."""
    try:
        return crypt.opened(b"".join(part.pieces()), passphrase)
    except WrongPassphrase:
        raise WrongPassphrase("the passphrase does not open the keys of this archive") from None


def differing(found: dict[str, int], wanted: dict[str, int]) -> str:
    """Tables whose rows are not as many as they should be, in words."""
    names = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    return ", ".join(f"{name} has {found.get(name, 0)} of {wanted.get(name, 0)}" for name in names)
