"""The company's Ed25519 keys: files outside the database, and a record of each that its predecessor has signed."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from aftersign.kernel.clock import now
from aftersign.kernel.journal import canonical
from aftersign.kernel.journal.proof.faults import NoCheckpoint

_PUBLIC = re.compile(r"[0-9a-f]{64}")
_MAY_LACK = ("previous", "signature")


@dataclass(frozen=True)
class Record:
    """What everybody may know of a key: `signature` is that of `previous`, missing for the first and after a loss."""

    key: str
    made: str
    public: str
    previous: str | None
    signature: str | None

    @property
    def statement(self) -> bytes:
        """The bytes that the previous key signs."""
        return signed_text({name: value for name, value in asdict(self).items() if name != "signature"})

    @property
    def text(self) -> str:
        """The record as it is kept and exported: canonical JSON."""
        return canonical.text(asdict(self))


@dataclass(frozen=True)
class Signer:
    """The key that signs now."""

    record: Record
    private: Ed25519PrivateKey

    def sign(self, text: bytes) -> str:
        """A signature in hex."""
        return self.private.sign(text).hex()


def signed_text(said: Mapping[str, Any]) -> bytes:
    """The bytes over which a checkpoint or a record of a key is signed: canonical JSON."""
    return canonical.text(said).encode()


def record_of(said: Any) -> Record:
    """A record that was read; raises `ValueError` for anything that is none."""
    if not isinstance(said, dict) or set(said) != {field.name for field in fields(Record)}:
        raise ValueError("this is no record of a key")
    texts = {name: value for name, value in said.items() if name not in _MAY_LACK or value is not None}
    if not all(isinstance(value, str) for value in texts.values()):
        raise ValueError("this is no record of a key")
    if not _PUBLIC.fullmatch(said["public"]) or said["key"] != key_id(said["public"]):
        raise ValueError("the name of this key does not follow from the key")
    return Record(**said)


def key_id(public: str) -> str:
    """The name of a key: the beginning of the SHA-256 of its public half."""
    return sha256(bytes.fromhex(public)).hexdigest()[:16]


def holds(public: str, signature: str, text: bytes) -> bool:
    """Whether a signature is that of a key, written in the one way in which it is written."""
    try:
        if bytes.fromhex(signature).hex() != signature:
            return False
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def records() -> list[Record]:
    """The records of all keys of this installation, the first key first; raises `NoCheckpoint` for one that is none."""
    found: dict[str | None, Record] = {}
    for path in sorted(_folder().glob("*.json")):
        try:
            record = record_of(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise NoCheckpoint(f"the record of a key cannot be read: {path}: {error}") from None
        if record.previous in found or f"{record.key}.json" != path.name:
            raise NoCheckpoint(f"the record of a key stands beside another that takes its place: {path}")
        found[record.previous] = record
    line, last = [], None
    while last in found:
        line.append(found.pop(last))
        last = line[-1].key
    if found:
        raise NoCheckpoint(f"the key {min(map(str, found))} is missing in {_folder()}, and others follow it")
    return line


def signer() -> Signer:
    """The key that signs now; raises `NoCheckpoint` when its file is not there or is none."""
    known = records()
    if not known:
        raise NoCheckpoint(f"there is no company key in {_folder()}")
    path = _folder() / f"{known[-1].key}.key"
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError:
        raise NoCheckpoint(
            f"the company key is missing: put {path} back, or name a new one with `aftersign journal new-key --lost`"
        ) from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoCheckpoint(f"the company key cannot be read: {path}: {error}") from None
    if not isinstance(private, Ed25519PrivateKey) or private.public_key().public_bytes_raw().hex() != known[-1].public:
        raise NoCheckpoint(f"{path} is not the key that its name says")
    return Signer(known[-1], private)


def first() -> None:
    """The company's first key, unless there are keys."""
    if not records():
        with _alone():
            if not records():
                _keep(_made(None), None)


def change(*, lost: bool = False) -> Record:
    """A new key, signed for by the one before it; `lost` says that the one before it is gone."""
    with _alone():
        known = records()
        if not known:
            raise NoCheckpoint(f"there is no company key in {_folder()} that another could follow")
        return _keep(_made(known[-1].key), None if lost else signer())


def _made(previous: str | None) -> Signer:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw().hex()
    made = str(canonical.plain(now().replace(microsecond=0)))
    return Signer(Record(key_id(public), made, public, previous, None), private)


def _keep(made: Signer, before: Signer | None) -> Record:
    """Keep a key. It becomes the company's with its record, which is written last."""
    signature = before.sign(made.record.statement) if before else None
    record = replace(made.record, signature=signature)
    pem = made.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_new(_folder() / f"{record.key}.key", pem, 0o600)
    write_new(_folder() / f"{record.key}.json", f"{record.text}\n".encode(), 0o644)
    return record


def write_new(path: Path, text: bytes, mode: int) -> None:
    """A file that is there whole or not at all, on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.KEYS)


@contextmanager
def _alone() -> Iterator[None]:
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (_folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
