"""What can be stated about exceptions: waivers, extensions, releases, and what became of a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class WaiverRequested(Fact, name="general.waiver_requested", unit="duty", private=("reason",)):
    """Somebody asks that a duty need not be met."""

    reason: str
    until: date
    requester: UUID


@dataclass(frozen=True, kw_only=True)
class DutyWaived(Fact, name="general.duty_waived", unit="duty", private=("reason",)):
    """A duty need not be met."""

    reason: str
    approver: UUID
    until: date


@dataclass(frozen=True, kw_only=True)
class ExtensionRequested(Fact, name="general.extension_requested", unit="duty", private=("reason",)):
    """Somebody asks for a later due time."""

    new_due: datetime
    reason: str
    requester: UUID


@dataclass(frozen=True, kw_only=True)
class DutyExtended(Fact, name="general.duty_extended", unit="duty", private=("reason",)):
    """A duty has a later due time."""

    old_due: datetime
    new_due: datetime
    reason: str
    approver: UUID


@dataclass(frozen=True, kw_only=True)
class ReleaseRequested(Fact, name="general.release_requested", unit="company", private=("reason",)):
    """Somebody asks that an act may pass a gate once; `unit` is the id of what the gate is about."""

    term: str
    act: str
    unit: str
    reason: str
    requester: UUID


@dataclass(frozen=True, kw_only=True)
class ReleaseAgreed(Fact, name="general.release_agreed", unit="company"):
    """The first of two people agrees to a release."""

    term: str
    act: str
    unit: str
    requester: UUID
    approver: UUID


@dataclass(frozen=True, kw_only=True)
class GateReleased(Fact, name="general.gate_released", unit="company", private=("reason",)):
    """An act may pass a gate once for one unit."""

    term: str
    act: str
    unit: str
    reason: str
    requester: UUID
    approver: UUID
    second_person: UUID


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Fact, name="general.request_refused", unit="company", private=("reason",)):
    """A request for an exception was refused; `kind` says for which."""

    kind: str
    requester: UUID
    approver: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(Fact, name="general.request_withdrawn", unit="company"):
    """Whoever asked for an exception no longer asks for it."""

    kind: str
    requester: UUID
