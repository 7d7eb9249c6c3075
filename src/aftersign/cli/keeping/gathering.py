"""What belongs to an installation beside its database: files, checkpoints, public halves of keys, and the keys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from aftersign.cli.keeping.parts import PIECE
from aftersign.kernel.journal.proof import checkpoints
from aftersign.kernel.journal.proof.targets import targets

FILES, KEYS, SECRET = "files", "keys", "secret.key"
CHECKPOINTS, SEALED_KEYS = "checkpoints.jsonl", "keys.sealed"
_MADE_AGAIN = frozenset(("shown", "arriving"))
_LOCK = "lock"


def files() -> Iterator[str]:
    """Addresses of all stored files in the storage, but for pictures that can be made again and what is arriving."""
    top = storage()
    for folder, below, names in os.walk(top):
        below[:] = sorted(each for each in below if Path(folder) != top or each not in _MADE_AGAIN)
        yield from (str((Path(folder) / name).relative_to(top)) for name in sorted(names))


def storage() -> Path:
    """The folder of stored files."""
    return Path(default_storage.path(""))


def pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def proofs(upto: int, unreadable: list[str]) -> Iterator[bytes]:
    """Lines with name and text of every checkpoint of at most so many facts, each once; what cannot be read is named.

    Checkpoints that were written meanwhile speak of facts that the dump does not have: they would be missed in it.
    """
    known: set[str] = set()
    for place in targets():
        try:
            for name, text in place.all():
                if name not in known and _is_of(text, upto, name, unreadable):
                    known.add(name)
                    yield f"{json.dumps({'name': name, 'text': text.decode()})}\n".encode()
        except OSError as error:
            unreadable.append(f"checkpoints in {place}: {error.strerror or error}")


def _is_of(text: bytes, upto: int, name: str, unreadable: list[str]) -> bool:
    try:
        return checkpoints.read(text).size <= upto
    except ValueError:
        unreadable.append(f"the checkpoint {name}")
        return False


def public_keys() -> list[Path]:
    """Records of the journal's keys, which everybody may read."""
    return sorted(Path(settings.KEYS).glob("*.json"))


def private_keys() -> dict[str, Path]:
    """All other files beside the journal's keys, and the secret of sessions and links, by their names in an archive."""
    top, public = Path(settings.KEYS), set(public_keys())
    inside = sorted(each for each in top.rglob("*") if each.is_file() and each not in public and each.name != _LOCK)
    found = {f"{KEYS}/{each.relative_to(top)}": each for each in inside if not each.name.startswith(".")}
    secret = Path(settings.HOME) / SECRET
    return found | ({SECRET: secret} if secret.exists() else {})


def bundle(found: dict[str, Path]) -> bytes:
    """Small files as JSON: name, mode and bytes in hex."""
    said = [
        {"name": name, "mode": path.stat().st_mode & 0o777, "hex": path.read_bytes().hex()}
        for name, path in found.items()
    ]
    return json.dumps(said).encode()


def variables() -> list[str]:
    """Names of the settings that come from the environment; what they say is not kept."""
    return sorted(name for name in os.environ if _is_setting(name))


def _is_setting(name: str) -> bool:
    passing = ("AFTERSIGN_HOME", "AFTERSIGN_BACKUP_")
    return name == "DATABASE_URL" or (name.startswith("AFTERSIGN_") and not name.startswith(passing))
