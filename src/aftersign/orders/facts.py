"""What can be stated about customers and orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CustomerListed(
    Fact, name="order.customer_listed", unit="customer", private=("name", "contacts"), seen_by="everyone"
):
    """A customer has been listed."""

    name: str
    code: str | None = None
    contacts: list[dict[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class CustomerChanged(
    Fact, name="order.customer_changed", unit="customer", private=("item", "old", "new"), seen_by="everyone"
):
    """Something about a customer has changed."""

    item: str
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class Signed(Fact, name="order.signed", unit="order", private=("customer",)):
    """An order has been signed; the policy adds its grade."""

    customer: str
    contract_no: str
    order_kind: str
    signed_on: date
    amount: Decimal | None = None
    currency: str | None = None
    amount_base: Decimal | None = None
    grade: str | None = None
    delivery_on: date | None = None
    sales_owner: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Registered(Fact, name="order.registered", unit="order", private=("customer", "repeat_reason")):
    """A signed order has been registered; `repeat_reason` says why its contract number is used again."""

    customer: str
    contract_no: str
    order_kind: str
    signed_on: date
    repeat_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Adopted(Fact, name="order.adopted", unit="order", private=("reason",)):
    """An order that was running before the system has been taken in at a stage.

    `accepted_on` is when the customer accepted, where that was before.
    """

    stage: str
    adopted_on: date
    accepted_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class TeamNamed(Fact, name="order.team_named", unit="order"):
    """Posts of an order have been filled: rows of post and person, and of post and deputy."""

    team: list[dict[str, Any]]
    deputies: list[dict[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class PostHandedOn(Fact, name="order.post_handed_on", unit="order"):
    """Somebody has taken a post of the order over from somebody who leaves; `deputy` stands in there from now on."""

    post: str
    from_person: UUID
    to_person: UUID
    deputy: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class InformationChanged(
    Fact, name="order.information_changed", unit="information_change", private=("item", "old", "new")
):
    """Something about an order has changed after its registration."""

    item: str
    old: str
    new: str
    department: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Completed(Fact, name="order.completed", unit="order", private=("accepted_by",)):
    """The customer has accepted the delivery; `acceptance` is the digest of the proof."""

    acceptance: str
    accepted_by: str
    accepted_on: date
    warranty_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class SuspensionRequested(Fact, name="order.suspension_requested", unit="order", private=("reason",)):
    """Somebody has asked that the order be suspended."""

    reason: str
    requester: UUID


@dataclass(frozen=True, kw_only=True)
class TerminationRequested(Fact, name="order.termination_requested", unit="order", private=("reason", "settled_how")):
    """Somebody has asked that the order be terminated; `settled_how` says what becomes of work, money and goods."""

    reason: str
    settled_how: str
    requester: UUID


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(Fact, name="order.request_withdrawn", unit="order"):
    """Whoever asked for a suspension or termination no longer does."""

    request: str


@dataclass(frozen=True, kw_only=True)
class RequestRejected(Fact, name="order.request_rejected", unit="order", private=("reason",)):
    """A suspension or termination was asked for in vain."""

    request: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Suspended(Fact, name="order.suspended", unit="order", private=("reason",)):
    """Work on the order stands still until it is resumed."""

    reason: str
    requester: UUID | None = None
    approver: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Resumed(Fact, name="order.resumed", unit="order", private=("reason",)):
    """Work on the order goes on."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Terminated(Fact, name="order.terminated", unit="order", private=("reason", "settled_how")):
    """The order has ended before it was completed; `settled_how` says what becomes of work, money and goods."""

    reason: str
    settled_how: str
    requester: UUID | None = None
    approver: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Closed(Fact, name="order.closed", unit="order"):
    """Nothing more is to be done on the order."""

    closed_by: UUID
