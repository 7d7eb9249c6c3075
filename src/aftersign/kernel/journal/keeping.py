"""What the journal states of itself: that a value was erased, that a key was changed, that a copy was restored."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PrivateErased(Fact, name="journal.private_erased", unit="company", private=("reason",), seen_by="records"):
    """A private value of a fact was erased with its salt; the chain keeps the commitment."""

    sequence: int
    key: str
    reason: str
    person: UUID


@dataclass(frozen=True, kw_only=True)
class KeyChanged(Fact, name="journal.key_changed", unit="company", private=("reason",), seen_by="records"):
    """Checkpoints are signed with another key from now on; `lost` says that the one before did not sign for it."""

    key: str
    public: str
    previous: str
    lost: bool
    reason: str
    person: UUID


@dataclass(frozen=True, kw_only=True)
class Restored(Fact, name="journal.restored", unit="company", private=("reason",), seen_by="records"):
    """An older copy of the database took the place of the one that was signed: facts from `lost_from` on are gone."""

    epoch: int
    lost_from: int
    lost_to: int
    reason: str
    person: UUID


OWN = tuple(kind.FACT for kind in (PrivateErased, KeyChanged, Restored))
"""What the journal states of itself; no edition declares it, and no policy reads it."""
