"""The company's keys: private to their owner, each signed for by the one before, and found again in their order."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from aftersign.kernel.journal.proof import keys
from aftersign.kernel.journal.proof.faults import NoCheckpoint

# RFC 8032, 7.1, test 2.
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_signatures_are_those_of_the_standard() -> None:
    assert keys.holds(PUBLIC, SIGNATURE, b"\x72")
    assert not keys.holds(PUBLIC, SIGNATURE, b"\x73")
    assert not keys.holds(PUBLIC, SIGNATURE.replace("9", "8", 1), b"\x72")
    assert not keys.holds("00", "no hex", b"")


def test_the_first_key_is_made_once(settings: Any) -> None:
    keys.first()
    before = keys.signer().record
    keys.first()
    assert keys.signer().record == before
    assert (before.previous, before.signature) == (None, None)
    (private,) = Path(settings.KEYS).glob("*.key")
    assert private.stat().st_mode & 0o777 == 0o600
    assert Path(settings.KEYS).stat().st_mode & 0o777 == 0o700


def test_each_key_is_signed_for_by_the_one_before() -> None:
    keys.first()
    made = [keys.records()[0], keys.change(), keys.change(), keys.change(lost=True)]
    assert keys.records() == made
    assert keys.signer().record == made[-1]
    for before, after in pairwise(made[:-1]):
        assert keys.holds(before.public, after.signature or "", after.statement)
    assert (made[-1].previous, made[-1].signature) == (made[-2].key, None)


def test_a_key_cannot_follow_none() -> None:
    with pytest.raises(NoCheckpoint, match="no company key"):
        keys.change()


def test_records_that_do_not_belong_together_are_said(settings: Any) -> None:
    keys.first()
    first, folder = keys.records()[0], Path(settings.KEYS)
    keys.change()
    last = keys.change()
    middle = folder / f"{last.previous}.json"
    kept = middle.read_text()
    middle.unlink()
    with pytest.raises(NoCheckpoint, match=rf"the key {last.previous} is missing"):
        keys.records()
    middle.write_text(kept)
    shutil.copy(folder / f"{first.key}.json", folder / "other.json")
    with pytest.raises(NoCheckpoint, match="stands beside another"):
        keys.records()
    (folder / "other.json").write_text(json.dumps({**json.loads(kept), "public": PUBLIC}))
    with pytest.raises(NoCheckpoint, match="does not follow from the key"):
        keys.records()
    (folder / "other.json").write_text("{}")
    with pytest.raises(NoCheckpoint, match="this is no record"):
        keys.records()


def test_a_private_half_of_another_key_is_said(settings: Any) -> None:
    keys.first()
    before = keys.signer().record
    after = keys.change()
    folder = Path(settings.KEYS)
    shutil.copy(folder / f"{before.key}.key", folder / f"{after.key}.key")
    with pytest.raises(NoCheckpoint, match="is not the key that its name says"):
        keys.signer()
