"""Checkpoints: taken on top of the last one, never against it, and what stands in the way is said."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aftersign.kernel.clock import frozen
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.journal.proof import checkpoints, keys, taking
from aftersign.kernel.journal.proof.checkpoints import Checkpoint
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.merkle import Tree
from aftersign.kernel.journal.proof.tests import rig
from aftersign.kernel.journal.proof.watching import Watch

pytestmark = pytest.mark.django_db


def kept(outside: Path) -> list[Checkpoint]:
    """The checkpoints that lie outside, the oldest first."""
    return [checkpoints.read(path.read_text()) for path in sorted(outside.glob("0*/*/*.json"))]


def test_an_empty_journal_has_nothing_to_sign(outside: Path) -> None:
    assert taking.take() is None
    assert kept(outside) == []


def test_each_checkpoint_goes_on_from_the_one_before(outside: Path, django_assert_max_num_queries: Any) -> None:
    rig.signed_journal()
    found = kept(outside)
    assert [each.size for each in found] == list(rig.SIGNED)
    whole = Tree()
    for hash_ in Entry.objects.order_by("sequence").values_list("hash", flat=True):
        whole.push(bytes.fromhex(hash_))
    assert (found[-1].root, found[-1].head) == (whole.root().hex(), Tail.objects.get().hash)
    with django_assert_max_num_queries(4):
        assert taking.take() == found[-1]
    assert kept(outside) == found


def test_a_signature_is_of_all_that_a_checkpoint_says(outside: Path) -> None:
    rig.signed_journal()
    text = kept(outside)[-1].text
    known = {record.key: record for record in keys.records()}
    assert checkpoints.read(text).is_signed(known)
    for name, other in {
        "epoch": 1,
        "size": 11,
        "root": "0" * 64,
        "head": "0" * 64,
        "time": "2026-01-01T00:00:00Z",
    }.items():
        assert not checkpoints.read(json.dumps({**json.loads(text), name: other})).is_signed(known)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"size": 1}', "null"],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        checkpoints.read(text)


def test_nothing_is_signed_that_contradicts_what_was_signed(outside: Path) -> None:
    rig.signed_journal()
    before = kept(outside)
    rows = list(Entry.objects.order_by("sequence"))
    rows[3].actor_kind = "clock"
    rig.forged(rows)
    rig.state(13, 14)
    with pytest.raises(NoCheckpoint, match="fact 12 is another than the one that was signed"):
        taking.take()
    rig.forged(rows[:7])
    with pytest.raises(NoCheckpoint, match=r"older than the newest checkpoint: 12 facts were signed at .*, here are 7"):
        taking.take()
    rig.forged([])
    with pytest.raises(NoCheckpoint, match="the journal is empty, but 12 facts were signed"):
        taking.take()
    assert kept(outside) == before


def test_a_broken_chain_is_not_signed(outside: Path) -> None:
    rig.signed_journal()
    rig.state(13, 15)
    Tail.objects.update(hash="0" * 64)
    with pytest.raises(NoCheckpoint, match="does not end with fact 15"):
        taking.take()
    assert len(kept(outside)) == len(rig.SIGNED)


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (lambda text: "garbage", "cannot be read"),
        (lambda text: text.replace('"size":12', '"size":13'), "cannot be read"),
        (lambda text: text.replace('"epoch":0', '"epoch":1'), "is not as it was signed"),
    ],
    ids=["garbage", "another size", "another epoch"],
)
def test_a_newest_checkpoint_that_was_tampered_with_is_named(outside: Path, spoiled: Any, said: str) -> None:
    rig.signed_journal()
    newest = max(outside.glob("0*/*/*.json"))
    newest.write_text(spoiled(newest.read_text()))
    rig.state(13, 13)
    with pytest.raises(NoCheckpoint, match=said):
        taking.take()
    assert rig.kinds(rig.found()) <= {"checkpoint_unreadable", "checkpoint_signature"}
    assert rig.found().problems


def test_a_checkpoint_by_somebody_else_is_named(outside: Path, tmp_path: Path, settings: Any) -> None:
    rig.signed_journal()
    ours, settings.KEYS = settings.KEYS, tmp_path / "theirs"
    keys.first()
    tree = kept(outside)[-1].tree()
    theirs = checkpoints.sign(tree, Tail.objects.get().hash, 0, rig.NOON, keys.signer())
    (outside / theirs.name).write_text(theirs.text)
    settings.KEYS = ours
    assert [(each.kind, each.sequence) for each in rig.found().problems] == [("checkpoint_key", 12)]


def test_all_places_get_the_checkpoint_also_when_one_of_them_fails(
    outside: Path, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "file").write_text("")
    settings.CHECKPOINTS = [str(tmp_path / "file"), str(outside)]
    rig.state(1, 3)
    with pytest.raises(NoCheckpoint, match=r"cannot be written to .*file: "):
        taking.take()
    assert [each.size for each in kept(outside)] == [3]


def test_a_full_disk_is_said_and_leaves_no_half_of_a_checkpoint(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rig.signed_journal()
    rig.state(13, 13)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NoCheckpoint, match="No space left on device"):
            taking.take()
    assert [each.size for each in kept(outside)] == list(rig.SIGNED)
    assert not list(outside.rglob(".*.json*"))
    taking.take()
    assert kept(outside)[-1].size == 13


def test_checkpoints_that_are_gone_are_said_and_all_is_signed_anew(
    outside: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rig.signed_journal()
    assert caplog.text == ""
    shutil.rmtree(outside)
    taking.take()
    assert [each.size for each in kept(outside)] == [12]
    assert "there is no earlier checkpoint" in caplog.text


def test_a_missing_key_is_said(outside: Path, settings: Any) -> None:
    rig.signed_journal()
    rig.state(13, 13)
    (private,) = Path(settings.KEYS).glob("*.key")
    private.rename(private.with_suffix(".away"))
    with pytest.raises(NoCheckpoint, match="the company key is missing"):
        taking.take()
    assert rig.kinds(rig.found()) == {"key_missing"}
    private.write_text("no key")
    with pytest.raises(NoCheckpoint, match="the company key cannot be read"):
        taking.take()


def test_a_clock_that_was_set_back_is_said_and_signed_on(outside: Path, caplog: pytest.LogCaptureFixture) -> None:
    rig.signed_journal()
    rig.state(13, 13)
    before = datetime.fromisoformat(kept(outside)[-1].time)
    with frozen(before - timedelta(days=1)), caplog.at_level(logging.WARNING):
        taking.take()
    assert "the clock was set back" in caplog.text
    report = rig.found()
    assert report.problems == []
    assert [(each.kind, each.sequence) for each in report.notes] == [("clock_set_back", 13)]


def test_the_watch_takes_one_when_it_is_time_and_logs_why_not(
    outside: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    rig.state(1, 2)
    watch = Watch(3600)
    watch.look()
    rig.state(3, 3)
    watch.look()
    assert [each.size for each in kept(outside)] == [2]
    watch.look(at_once=True)
    assert [each.size for each in kept(outside)] == [2, 3]
    (private,) = Path(settings.KEYS).glob("*.key")
    private.unlink()
    rig.state(4, 4)
    watch.look(at_once=True)
    assert "no checkpoint was written: the company key is missing" in caplog.text
