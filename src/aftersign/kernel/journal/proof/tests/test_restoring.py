"""Restores: the gap is worked out from the checkpoints, and once it is stated, what came before stays checkable."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from aftersign.kernel.journal import chain, exchange
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.proof import exporting, filed, restoring, taking
from aftersign.kernel.journal.proof.checkpoints import PROOF
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.restores import Restore
from aftersign.kernel.journal.proof.tests import rig

pytestmark = pytest.mark.django_db


def put_back(size: int) -> None:
    """An old copy in place of the journal."""
    rig.forged(list(Entry.objects.order_by("sequence")[:size]))


def stated(gap: Restore | None) -> None:
    """State a restore, as the operating account does."""
    assert gap is not None
    payload: dict[str, object] = {"epoch": gap.epoch, "lost_from": gap.agreed + 1, "lost_to": gap.lost_to}
    fact = replace(rig.pending(100), name="journal.restored", payload=payload, files=())
    chain.append([fact], chain.Statement("setup", None, None, "restored", 0))


def test_nothing_is_lost_of_the_journal_that_was_signed() -> None:
    rig.signed_journal()
    assert restoring.gap() is None
    rig.state(13, 14)
    assert restoring.gap() is None


@pytest.mark.parametrize(("size", "agreed"), [(12, None), (11, 9), (9, 9), (8, 5), (5, 5), (3, 0), (0, 0)])
def test_facts_up_to_the_last_checkpoint_that_agrees_are_there(size: int, agreed: int | None) -> None:
    rig.signed_journal()
    put_back(size)
    assert restoring.gap() == (None if agreed is None else Restore(0, 1, agreed, 12))


def test_a_copy_that_has_gone_on_is_found_by_its_root() -> None:
    rig.signed_journal()
    put_back(7)
    rig.state(20, 30)
    assert restoring.gap() == Restore(0, 1, 5, 12)
    assert ("checkpoint_differs", 9) in {(each.kind, each.sequence) for each in rig.found().problems}


def test_what_is_stated_is_no_problem_any_more_and_signing_goes_on() -> None:
    rig.signed_journal()
    put_back(7)
    rig.state(20, 21)
    stated(restoring.gap())
    signed = taking.take()
    assert signed is not None
    assert (signed.epoch, signed.size) == (1, 10)
    report = rig.found()
    assert report.problems == []
    assert [(each.kind, each.sequence) for each in report.notes] == [("restored", 10)]
    assert "facts 6 to 12 of epoch 0 were lost" in report.notes[0].what


def test_a_second_restore_is_another_epoch() -> None:
    rig.signed_journal()
    put_back(7)
    stated(restoring.gap())
    rig.state(20, 24)
    taking.take()
    put_back(5)
    assert ("lost", 6) in {(each.kind, each.sequence) for each in rig.found().problems}
    gap = restoring.gap()
    assert gap == Restore(0, 2, 5, 13)
    stated(gap)
    signed = taking.take()
    assert signed is not None
    assert signed.epoch == 2
    assert rig.found().problems == []
    assert restoring.gap() is None


def test_a_restore_that_states_less_than_was_lost_hides_nothing() -> None:
    rig.signed_journal()
    put_back(7)
    stated(Restore(0, 1, 5, 9))
    assert ("lost", 9) in {(each.kind, each.sequence) for each in rig.found().problems}


def test_a_checkpoint_that_cannot_be_read_stops_it(outside: Path) -> None:
    rig.signed_journal()
    put_back(7)
    min(outside.glob("0*/*/*.json")).write_text("{}")
    with pytest.raises(NoCheckpoint, match="cannot be read"):
        restoring.gap()


def test_an_exported_file_leaves_lost_checkpoints_out(tmp_path: Path) -> None:
    rig.signed_journal()
    put_back(7)
    stated(restoring.gap())
    newest = taking.take()
    assert newest is not None
    proofs = exporting.proofs(newest)
    assert sorted(proofs) == [1, 5, 8]
    file = tmp_path / "journal.jsonl"
    with file.open("w", encoding="utf-8", newline="") as target:
        for sequence, line in enumerate(exchange.lines(upto=newest.size), 1):
            beside = {PROOF: proofs[sequence]} if sequence in proofs else {}
            target.write(exchange.written({**json.loads(line), **beside}) + "\n")
    report = filed.verify(file)
    assert [asdict(each) for each in report.problems] == []
    assert {each.kind for each in report.notes} == {"restored"}
