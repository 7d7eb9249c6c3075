"""What an exported journal carries to be checked by: the keys, the newest checkpoint, and all others at their facts."""

from __future__ import annotations

from typing import Any

from aftersign.kernel.journal.proof import checkpoints, keys, restores, stated
from aftersign.kernel.journal.proof.checkpoints import Checkpoint
from aftersign.kernel.journal.proof.faults import NoCheckpoint
from aftersign.kernel.journal.proof.targets import targets


def proofs(newest: Checkpoint) -> dict[int, dict[str, Any]]:
    """By sequence, what stands beside a fact; raises `NoCheckpoint` where checkpoints cannot be read.

    Beside the first fact stand the keys and the newest checkpoint, so that a file whose end was cut off is noticed; all
    that stands there is signed as one, for nothing else vouches for the first key's record.
    Checkpoints of facts that a restore has lost are left out: nobody could compare them.
    """
    found: dict[int, dict[str, Any]] = {}
    earlier = stated.all_of()
    for each in _all():
        if each.size <= newest.size and restores.still_counts(each.place, earlier):
            found.setdefault(each.size, {}).setdefault("checkpoints", {})[each.signature] = each.said
    for beside in found.values():
        beside["checkpoints"] = list(beside["checkpoints"].values())
    first = found.setdefault(1, {})
    first["keys"] = [vars(record) for record in keys.records()]
    first["newest"] = newest.said
    first["signature"] = keys.signer().sign(keys.signed_text(first))
    return found


def _all() -> list[Checkpoint]:
    try:
        return [checkpoints.read(text) for place in targets() for _name, text in place.all()]
    except (OSError, ValueError) as error:
        raise NoCheckpoint(f"the checkpoints cannot be read: {error}") from None
