"""Files of orders: taken into the vault, and carried between two pages of a form."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing
from django.core.files.base import File

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.vault import places
from aftersign.kernel.vault.taking import take
from aftersign.orders.entries import PaperEntry

_SALT = "orders.papers"


@dataclass(frozen=True)
class StoredFile:
    """A file that has been taken in: `file` is its place in the storage, `sha256` the digest of its bytes."""

    name: str
    file: str
    size: int
    sha256: str

    def as_paper(self, kind: str) -> PaperEntry:
        """The file as a paper of an order."""
        return PaperEntry(kind=kind, name=self.name, file=self.file, size=self.size, sha256=self.sha256)

    def token(self, actor: Actor) -> str:
        """What a form carries, so that only whoever sent the file can put it to an order."""
        return signing.dumps(asdict(self), salt=f"{_SALT}.{actor.id}")


def from_token(token: str, actor: Actor) -> StoredFile | None:
    """The file behind a token of the same person, as long as it is kept; None for anything else."""
    try:
        found = StoredFile(**signing.loads(token, salt=f"{_SALT}.{actor.id}"))
    except signing.BadSignature:
        return None
    return found if places.hold(found.sha256) else None


def store(upload: File[bytes]) -> StoredFile:
    """Keep a file; raises `NotTaken`, whose text is a sentence for whoever sent it."""
    return StoredFile(**asdict(take(upload)))
