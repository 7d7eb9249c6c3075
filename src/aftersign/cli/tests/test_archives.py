"""The form of an archive: what was sealed comes back, and nothing that was changed, moved, cut off or added does."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from hashlib import sha256

import pytest

from aftersign.cli.keeping import crypt, parts
from aftersign.cli.keeping.faults import Damaged, NoArchive, WrongPassphrase

PASSPHRASE = "correct horse battery staple"
SIZES = (0, 1, crypt.CHUNK - 1, crypt.CHUNK, crypt.CHUNK + 1, 3 * crypt.CHUNK)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases are stretched less than in earnest, so that many archives can be tried."""
    monkeypatch.setattr(crypt, "_COST", {"n": 1 << 10, "r": 8, "p": 1})


def sealed(content: bytes, written: int = 1 << 16) -> bytes:
    """Bytes under the passphrase, written so many at a time."""
    into = io.BytesIO()
    stream = crypt.Sealing(into, crypt.new_lock(PASSPHRASE))
    for at in range(0, len(content), written):
        stream.write(content[at : at + written])
    stream.end()
    return into.getvalue()


def opened(archive: bytes, passphrase: str = PASSPHRASE) -> bytes:
    """What is in it."""
    return crypt.opened(archive, passphrase)


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_back(size: int) -> None:
    content = os.urandom(size)
    archive = sealed(content, written=100_003)
    assert opened(archive) == content
    assert sealed(content) != archive
    assert content[:64] not in archive or not size > 64


def test_another_passphrase_is_told_from_damage() -> None:
    archive = sealed(b"x" * 1000)
    with pytest.raises(WrongPassphrase):
        opened(archive, PASSPHRASE + " ")
    with pytest.raises(Damaged):
        opened(archive[:-1], PASSPHRASE)


def header_of(archive: bytes) -> int:
    """Bytes before the first chunk."""
    at = len(crypt.NAME)
    return at + 4 + int.from_bytes(archive[at : at + 4], "big") + 32


def test_a_flipped_bit_is_noticed_wherever_it_is() -> None:
    archive, chance = sealed(os.urandom(2 * crypt.CHUNK + 5000)), random.Random(20261129)
    places = [*chance.sample(range(len(archive)), 30), *chance.sample(range(header_of(archive)), 10), len(archive) - 1]
    for place in places:
        changed = bytearray(archive)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(NoArchive):
            opened(bytes(changed))


CHUNK = crypt.CHUNK + 16
MOVES: dict[str, Callable[[bytes, bytes], bytes]] = {
    "cut off at a chunk": lambda head, body: head + body[:CHUNK],
    "cut off in a chunk": lambda head, body: head + body[: CHUNK + 7],
    "nothing but its header": lambda head, body: head,
    "the last chunk twice": lambda head, body: head + body + body[2 * CHUNK :],
    "chunks exchanged": lambda head, body: head + body[CHUNK : 2 * CHUNK] + body[:CHUNK] + body[2 * CHUNK :],
    "a chunk left out": lambda head, body: head + body[CHUNK:],
    "something behind it": lambda head, body: head + body + b"x",
    "half a header": lambda head, body: head[:40],
    "nothing at all": lambda head, body: b"",
    "chunks of another archive": lambda head, body: sealed(b"y")[: header_of(sealed(b"y"))] + body,
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_chunks_stay_in_their_place(move: Callable[[bytes, bytes], bytes]) -> None:
    archive = sealed(os.urandom(2 * crypt.CHUNK + 5000))
    at = header_of(archive)
    with pytest.raises(Damaged):
        opened(move(archive[:at], archive[at:]))


def test_a_header_cannot_ask_for_more_than_a_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = sealed(b"x")
    said = archive[len(crypt.NAME) + 4 : header_of(archive) - 32].replace(b'"n": 1024', b'"n": 99999999999')
    head = crypt.NAME + len(said).to_bytes(4, "big") + said + sha256(said).digest()
    with pytest.raises(Damaged):
        opened(head + archive[header_of(archive) :])


def written(*pieces: bytes) -> bytes:
    """A part in a stream that is not sealed."""
    into = io.BytesIO()
    parts.write(into, "a part", pieces, table="t")
    return into.getvalue()


def test_parts_are_read_as_they_were_written_and_counted() -> None:
    pieces = [b"one\ntwo\n", os.urandom(3 * parts.PIECE + 1).replace(b"\n", b" "), b"", b"three\n"]
    both = io.BytesIO(written(*pieces) + written())
    found = [(part, b"".join(part.pieces())) for part in parts.read(both)]
    (first, content), (second, nothing) = found
    assert (content, nothing) == (b"".join(pieces), b"")
    assert (first.name, first.about, first.size, first.lines) == ("a part", {"table": "t"}, len(content), 3)
    assert second.size == 0


def test_a_part_that_is_passed_over_is_compared_too() -> None:
    stream = bytearray(written(b"content") + written(b"content"))
    assert len(list(parts.read(io.BytesIO(stream)))) == 2
    stream[stream.index(b"content")] ^= 1
    with pytest.raises(Damaged):
        list(parts.read(io.BytesIO(stream)))
    with pytest.raises(Damaged):
        list(parts.read(io.BytesIO(written(b"content")[:-1])))
