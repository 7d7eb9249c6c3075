"""What is lost when an older copy of a database takes the place of the one whose journal was signed."""

from __future__ import annotations

from collections.abc import Mapping

from aftersign.kernel.journal.proof import checkpoints, keys, restores, stated
from aftersign.kernel.journal.proof.checkpoints import Checkpoint
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.keys import Record
from aftersign.kernel.journal.proof.merkle import Tree
from aftersign.kernel.journal.proof.restores import Restore
from aftersign.kernel.journal.proof.targets import targets
from aftersign.kernel.journal.queries import hashes


def gap() -> Restore | None:
    """The restore to be stated, without a sequence yet; None when the journal is the one that was signed.

    All checkpoints are compared, each by its root: facts up to the last that agrees are there, those after it up to the
    newest checkpoint are lost.
    """
    signed = sorted(_signed(), key=lambda each: each.size)
    roots = _roots(frozenset(each.size for each in signed))
    agreed = 0
    for each in signed:
        if roots.get(each.size) != each.root:
            epoch = max(each.epoch for each in signed) + 1
            return Restore(0, max(epoch, stated.epoch() + 1), agreed, signed[-1].size)
        agreed = each.size
    return None


def _signed() -> list[Checkpoint]:
    """All checkpoints that speak of facts which no restore has lost before."""
    known, earlier = {record.key: record for record in keys.records()}, stated.all_of()
    try:
        found = [_read(name, text, known) for place in targets() for name, text in place.all()]
    except OSError as error:
        raise NoCheckpoint(f"the checkpoints cannot be read: {error}") from None
    return [each for each in found if restores.still_counts(each.place, earlier)]


def _read(name: str, text: bytes, known: Mapping[str, Record]) -> Checkpoint:
    try:
        checkpoint = checkpoints.read(text)
    except ValueError as error:
        raise NoCheckpoint(f"the checkpoint {name} cannot be read: {error}") from None
    if not checkpoint.is_signed(known):
        raise NoCheckpoint(f"the checkpoint {name} is not as it was signed")
    return checkpoint


def _roots(sizes: frozenset[int]) -> dict[int, str]:
    """The roots over the first facts of the journal, as many as each size says."""
    tree, found = Tree(), {}
    for sequence, _before, hash_ in hashes(0, max(sizes, default=0)):
        if sequence != tree.size + 1 or not checkpoints.is_hash(hash_):
            break
        tree.push(bytes.fromhex(hash_))
        if sequence in sizes:
            found[sequence] = tree.root().hex()
    return found
