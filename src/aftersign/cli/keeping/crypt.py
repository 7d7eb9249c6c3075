"""Bytes under a passphrase: scrypt makes the key, AES-256-GCM seals chunks that are numbered, the last one marked.

A sealed stream is a line that names it, the length of a header, the header as JSON, its SHA-256, and the chunks. Each
chunk holds a mebibyte (the last one what is left, and at least its tag); its nonce is the prefix of the header, its
number in four bytes, and 1 for the last and 0 for all others. So a chunk that was changed, moved, repeated or left out
is noticed, and so is an end that was cut off.
"""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from aftersign.cli.keeping.faults import Damaged, WrongPassphrase

NAME = b"AFTERSIGN ARCHIVE 1\n"
CHUNK = 1 << 20
_TAG, _KEY, _CHECK, _LONGEST_HEADER = 16, 32, 16, 4096
_COST = {"n": 1 << 17, "r": 8, "p": 1}
_HIGHEST_COST = {"n": 1 << 20, "r": 16, "p": 4}


@dataclass(frozen=True)
class Lock:
    """What opens a stream: its header as it stands there, which every chunk vouches for, and the key."""

    header: bytes
    prefix: bytes
    key: bytes

    def nonce(self, number: int, *, is_last: bool) -> bytes:
        """The nonce of a chunk, from 0."""
        return self.prefix + number.to_bytes(4, "big") + bytes([is_last])


def new_lock(passphrase: str) -> Lock:
    """A lock of its own for a new stream; the same passphrase gives another key each time."""
    salt, prefix = os.urandom(16), os.urandom(7)
    key, check = _derived(passphrase, salt, _COST)
    said = {"cipher": "AES-256-GCM", "kdf": "scrypt", **_COST, "salt": salt.hex(), "prefix": prefix.hex()}
    return Lock(json.dumps({**said, "check": check.hex()}, sort_keys=True).encode(), prefix, key)


def lock_of(stream: IO[bytes], passphrase: str) -> Lock:
    """The lock of a stream that stands at its beginning; raises `Damaged` or `WrongPassphrase`."""
    header = _header(stream)
    try:
        said = json.loads(header)
        cost = {name: int(said[name]) for name in _COST}
        salt, prefix, wanted = (bytes.fromhex(said[name]) for name in ("salt", "prefix", "check"))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Damaged("the header of this archive cannot be read") from None
    if any(not 1 <= cost[name] <= highest for name, highest in _HIGHEST_COST.items()) or len(prefix) != 7:
        raise Damaged("the header of this archive asks for what none of ours does")
    key, check = _derived(passphrase, salt, cost)
    if check != wanted:
        raise WrongPassphrase("the passphrase does not open this archive")
    return Lock(header, prefix, key)


def _header(stream: IO[bytes]) -> bytes:
    if stream.read(len(NAME)) != NAME:
        raise Damaged("this is no archive of AfterSign, or one of a form that this program does not know")
    length = int.from_bytes(stream.read(4), "big")
    header = stream.read(min(length, _LONGEST_HEADER))
    if length > _LONGEST_HEADER or sha256(header).digest() != stream.read(32):
        raise Damaged("the header of this archive was changed or cut off")
    return header


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> tuple[bytes, bytes]:
    """The key, and beside it what tells whether the passphrase is the one; neither says anything of the other."""
    try:
        both = Scrypt(salt=salt, length=_KEY + _CHECK, **cost).derive(passphrase.encode())
    except (ValueError, MemoryError):
        raise Damaged("the header of this archive asks for what none of ours does") from None
    return both[:_KEY], both[_KEY:]


class Sealing:
    """Seals what is written to it into another file; `end` writes the last chunk, without which nothing opens."""

    def __init__(self, target: IO[bytes], lock: Lock) -> None:
        self._target, self._lock, self._cipher = target, lock, AESGCM(lock.key)
        self._held, self._number = bytearray(), 0
        target.write(NAME + len(lock.header).to_bytes(4, "big") + lock.header + sha256(lock.header).digest())

    def write(self, data: bytes) -> None:
        """Take some more bytes."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]

    def end(self) -> None:
        """Seal what is left and mark it as the last."""
        self._seal(bytes(self._held), is_last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = self._lock.nonce(self._number, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, chunk, self._lock.header))
        self._number += 1


class Opening:
    """Opens a sealed stream that stands behind its header; raises `Damaged` where it is not what was sealed."""

    def __init__(self, source: IO[bytes], lock: Lock) -> None:
        self._source, self._lock, self._cipher = source, lock, AESGCM(lock.key)
        self._next, self._number, self._is_over = source.read(CHUNK + _TAG), 0, False
        self._held = memoryview(b"")

    def read(self, count: int) -> bytes:
        """The next bytes, so many unless the stream ends before."""
        parts = []
        while count and (self._held or not self._is_over):
            if not self._held:
                self._open()
            part, self._held = self._held[:count], self._held[count:]
            parts.append(bytes(part))
            count -= len(part)
        return b"".join(parts)

    def _open(self) -> None:
        sealed, self._next = self._next, self._source.read(CHUNK + _TAG)
        self._is_over = not self._next
        nonce = self._lock.nonce(self._number, is_last=self._is_over)
        try:
            self._held = memoryview(self._cipher.decrypt(nonce, sealed, self._lock.header))
        except (InvalidTag, ValueError):
            raise Damaged("this archive was changed, or its end was cut off") from None
        self._number += 1


def sealed(content: bytes, passphrase: str) -> bytes:
    """Bytes that memory holds as a sealed stream of their own."""
    into = io.BytesIO()
    stream = Sealing(into, new_lock(passphrase))
    stream.write(content)
    stream.end()
    return into.getvalue()


def opened(content: bytes, passphrase: str) -> bytes:
    """What was sealed so; raises `Damaged` or `WrongPassphrase`."""
    source = io.BytesIO(content)
    return Opening(source, lock_of(source, passphrase)).read(len(content))
