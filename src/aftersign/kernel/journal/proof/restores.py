"""Restores as the journal states them: each begins an epoch, and says which facts were lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

RESTORED = "journal.restored"


@dataclass(frozen=True)
class Restore:
    """A restore that was stated by the fact of this sequence: facts after `agreed` up to `lost_to` were lost."""

    sequence: int
    epoch: int
    agreed: int
    lost_to: int


def restore_of(sequence: int, payload: dict[str, Any]) -> Restore | None:
    """What a fact says of a restore; None when it says nothing that can be understood."""
    said = [payload.get(name) for name in ("epoch", "lost_from", "lost_to")]
    if any(type(each) is not int for each in said):
        return None
    number, lost_from, lost_to = (int(each) for each in said if each is not None)
    return Restore(sequence, number, lost_from - 1, lost_to)


def still_counts(place: tuple[int, int], restores: Iterable[Restore]) -> bool:
    """Whether a checkpoint of an epoch and size speaks of facts that no restore has lost since."""
    return all(size_within(place, each) for each in restores if each.epoch > place[0])


def size_within(place: tuple[int, int], restore: Restore) -> bool:
    """Whether the facts of a checkpoint were there after a restore; beyond what it states as lost, they should be."""
    return place[1] <= restore.agreed or place[1] > restore.lost_to
