"""What an archive says of itself: who made it when, of what, how much there is of it, and the digest of every part."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from typing import Any

from aftersign.cli.keeping.faults import Damaged

PART = "manifest.json"


@dataclass
class Manifest:
    """The last part of an archive.

    `tables` counts rows; `parts` counts the parts before, and `listing` is the SHA-256 of a line `DIGEST NAME` for each
    of them. `keys` says how the keys are kept: with the `same` passphrase, with their `own`, or `none`. `variables`
    are names of settings that came from the environment. `lacking` names files that rows speak of and that were not
    there, or were others.
    """

    version: str
    made: str
    engine: str
    company: str
    edition: str
    facts: int
    head: str
    keys: str
    tables: dict[str, int] = field(default_factory=dict)
    migrations: list[list[str]] = field(default_factory=list)
    variables: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    files: int = 0
    file_bytes: int = 0
    checkpoints: int = 0
    parts: int = 0
    listing: str = ""

    @property
    def text(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()


def manifest_of(text: bytes) -> Manifest:
    """A manifest that was kept; a later program may have said more. Raises `Damaged`."""
    known = {each.name for each in fields(Manifest)}
    try:
        said: dict[str, Any] = json.loads(text)
        return Manifest(**{name: value for name, value in said.items() if name in known})
    except (ValueError, TypeError, AttributeError):
        raise Damaged("the manifest of this archive cannot be read") from None


class Listing:
    """The digest over names and digests of parts, and how many there are, in memory that does not grow."""

    def __init__(self) -> None:
        self.parts, self._digest = 0, sha256()

    def add(self, name: str, digest: str) -> None:
        """One more part."""
        self.parts += 1
        self._digest.update(f"{digest} {name}\n".encode())

    @property
    def digest(self) -> str:
        """The digest so far."""
        return self._digest.hexdigest()
