"""What can be stated about editions of the policy and the rooms that serve it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Drafted(Fact, name="policy.drafted", unit="edition", private=("changes", "reason"), seen_by="everyone"):
    """An edition has been drafted."""

    version: str
    drafter: UUID | None = None
    changes: list[dict[str, Any]] | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Issued(Fact, name="policy.issued", unit="edition", seen_by="everyone"):
    """An edition has been issued."""

    version: str
    approver: UUID | None = None
    effective_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EditionWithdrawn(Fact, name="policy.edition_withdrawn", unit="edition", private=("reason",), seen_by="everyone"):
    """An edition will not come into force."""

    version: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TookEffect(Fact, name="policy.took_effect", unit="edition", seen_by="everyone"):
    """An edition is in force from this moment."""

    version: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class WasReplaced(Fact, name="policy.was_replaced", unit="edition", seen_by="everyone"):
    """An edition has been replaced; the cycles of the terms listed have ended with it."""

    version: str
    terms_ended: list[str]


@dataclass(frozen=True, kw_only=True)
class StaffTold(Fact, name="policy.staff_told", unit="edition", private=("channel",), seen_by="everyone"):
    """Everybody who works here, or who has come since, has been told of an edition."""

    recipients: list[UUID]
    channel: str


@dataclass(frozen=True, kw_only=True)
class Told(Fact, name="policy.told", unit="person", seen_by="those_concerned"):
    """Somebody has been told of an edition."""

    version: str


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Fact, name="policy.acknowledged", unit="person", seen_by="those_concerned"):
    """Somebody has confirmed that they have read an edition."""

    signer: UUID
    version: str


@dataclass(frozen=True, kw_only=True)
class RoomInstalled(Fact, name="policy.room_installed", unit="company", seen_by="everyone"):
    """A room of the program serves the policy from now on."""

    room: str
