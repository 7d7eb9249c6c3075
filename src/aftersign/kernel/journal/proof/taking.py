"""Taking a checkpoint: what was signed last is compared with the journal, and what came since is signed on top."""

from __future__ import annotations

import logging
from datetime import datetime

from aftersign.kernel.clock import now
from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.journal.proof import checkpoints, keys, stated
from aftersign.kernel.journal.proof.checkpoints import Checkpoint
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.merkle import Tree
from aftersign.kernel.journal.proof.targets import Target, targets
from aftersign.kernel.journal.queries import hashes

RESTORED = "if it was restored, state so with `aftersign journal restored`"
VERIFY = "`aftersign verify` says more"
_log = logging.getLogger(__name__)


def take() -> Checkpoint | None:
    """Sign all facts that there are and write the checkpoint outside; answers with the newest, None without any fact.

    Raises `NoCheckpoint` when a key or a place is missing, and when the journal is not the one that was signed before:
    nothing is ever signed that contradicts an earlier checkpoint.
    """
    places = targets()
    newest = _newest(places)
    if newest is None:
        _first_key()
    tail = Tail.objects.filter(pk=1).first()
    if tail is None or not tail.sequence:
        if newest is not None:
            said = f"the journal is empty, but {newest.size} facts were signed at {newest.time}"
            raise NoCheckpoint(f"{said}; {RESTORED}")
        return None
    epoch = stated.epoch()
    tree = _standing(newest, epoch, tail)
    if newest is not None and newest.place == (epoch, tail.sequence):
        return newest
    _grow(tree, newest.head if newest and tree.size else GENESIS, tail)
    fresh = checkpoints.sign(tree, tail.hash, epoch, _time(newest), keys.signer())
    _write(fresh, places)
    return fresh


def _newest(places: list[Target]) -> Checkpoint | None:
    """The newest checkpoint of all places, if its signature holds."""
    known = {record.key: record for record in keys.records()}
    found: list[Checkpoint] = []
    for place in places:
        try:
            kept = place.newest()
        except OSError as error:
            raise NoCheckpoint(f"checkpoints cannot be read in {place}: {error.strerror or error}") from None
        if kept is not None:
            found.append(_read(place, *kept))
    newest = max(found, key=lambda each: each.place, default=None)
    if newest is None or newest.is_signed(known):
        return newest
    if newest.key not in known:
        raise NoCheckpoint(f"the newest checkpoint is signed with the key {newest.key}, which is missing here")
    raise NoCheckpoint(f"the newest checkpoint, {newest.name}, is not as it was signed")


def _read(place: Target, name: str, text: bytes) -> Checkpoint:
    try:
        checkpoint = checkpoints.read(text)
        checkpoint.tree()
    except ValueError as error:
        raise NoCheckpoint(f"the newest checkpoint cannot be read: {name} in {place}: {error}") from None
    return checkpoint


def _first_key() -> None:
    """Make the first key; where there are keys already, there should have been a checkpoint as well."""
    try:
        if keys.records():
            _log.warning("there is no earlier checkpoint in any place: all facts are signed anew")
        keys.first()
    except OSError as error:
        raise NoCheckpoint(f"the company key cannot be written: {error}") from None


def _standing(newest: Checkpoint | None, epoch: int, tail: Tail) -> Tree:
    """The tree from which to go on; raises `NoCheckpoint` when the journal does not continue what was signed."""
    if newest is None or newest.epoch < epoch:
        return Tree()
    if newest.epoch > epoch or newest.size > tail.sequence:
        said = f"the database is older than the newest checkpoint: {newest.size} facts were signed at {newest.time}"
        raise NoCheckpoint(f"{said}, here are {tail.sequence}; {RESTORED}")
    head = Entry.objects.filter(sequence=newest.size).values_list("hash", flat=True).first()
    if head != newest.head:
        said = f"fact {newest.size} is another than the one that was signed at {newest.time}"
        raise NoCheckpoint(f"{said}; {RESTORED}, else {VERIFY}")
    return newest.tree()


def _grow(tree: Tree, last: str, tail: Tail) -> None:
    """Add the facts up to the tail, as long as each continues the one before it."""
    for _sequence, previous, head in hashes(tree.size, tail.sequence):
        if previous != last or not checkpoints.is_hash(head):
            raise NoCheckpoint(f"fact {tree.size + 1} does not continue the one before it; {VERIFY}")
        tree.push(bytes.fromhex(head))
        last = head
    if last != tail.hash:
        raise NoCheckpoint(f"the journal does not end with fact {tail.sequence} as it should; {VERIFY}")


def _time(newest: Checkpoint | None) -> datetime:
    time = now()
    if newest is not None and time < datetime.fromisoformat(newest.time):
        _log.warning("the clock was set back: it is %s, and the newest checkpoint is of %s", time, newest.time)
    return time


def _write(checkpoint: Checkpoint, places: list[Target]) -> None:
    """Write to all places, and only then say which of them failed."""
    failed = []
    for place in places:
        try:
            for record in keys.records():
                place.keep_key(record)
            place.put(checkpoint.name, checkpoint.text)
        except OSError as error:
            failed.append(f"{place}: {error.strerror or error}")
    if failed:
        raise NoCheckpoint(f"the checkpoint cannot be written to {'; '.join(failed)}")
