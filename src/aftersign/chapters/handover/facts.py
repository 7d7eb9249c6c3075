"""What can be stated about the handover of an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Submitted(Fact, name="handover.submitted", unit="order", private=("sections",)):
    """A version of the form has been submitted; `form` is its check value."""

    form: str
    version: int
    sections: dict[str, str]
    requirement_documents: dict[str, str]
    key_points: int


@dataclass(frozen=True, kw_only=True)
class GiverSigned(Fact, name="handover.giver_signed", unit="order", private=("responsibility",)):
    """The giver has signed the latest version."""

    signer: UUID
    check_value: str
    responsibility: str


@dataclass(frozen=True, kw_only=True)
class CopySent(Fact, name="handover.copy_sent", unit="handover_copy"):
    """A copy has gone out to a department."""

    department: UUID
    documents: list[str]
    check_value: str
    key_points: int


@dataclass(frozen=True, kw_only=True)
class Distributed(Fact, name="handover.distributed", unit="order"):
    """Every recipient has been sent a copy."""

    recipients: dict[str, str]
    documents: list[str]
    contract_copy: str | None
    other_documents: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class CopyAccepted(
    Fact, name="handover.copy_accepted", unit="handover_copy", private=("responsibility", "reservations")
):
    """A department has signed for its copy."""

    signer: UUID
    check_value: str
    responsibility: str
    reservations: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignedOnPaper(Fact, name="handover.signed_on_paper", unit="handover_copy", private=("place",)):
    """A department has signed for its copy by hand; `scan` is a digest, `signed_on` the day on the paper."""

    signer: UUID
    signed_on: date
    check_value: str
    scan: str
    keeper: UUID
    place: str


@dataclass(frozen=True, kw_only=True)
class Accepted(Fact, name="handover.accepted", unit="order"):
    """Every mandatory department has signed for one and the same, latest version."""

    last_department: UUID


@dataclass(frozen=True, kw_only=True)
class CopyReturned(Fact, name="handover.copy_returned", unit="handover_copy", private=("reasons", "items")):
    """A department has returned its copy: rows of item, reason and explanation."""

    reasons: str
    items: list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class CopyResent(Fact, name="handover.copy_resent", unit="handover_copy", private=("answers", "differences")):
    """A new version has gone to a department that holds an older one."""

    check_value: str
    answers: str
    version: int
    differences: list[dict[str, str]]
    accepted_before: bool


@dataclass(frozen=True, kw_only=True)
class CopyRecalled(Fact, name="handover.copy_recalled", unit="handover_copy", private=("reason",)):
    """A copy that went to the wrong department has been taken back."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class KeyPointsExplained(Fact, name="handover.key_points_explained", unit="handover_copy", private=("points",)):
    """The giver has explained the key points to a department."""

    held_at: datetime
    explainer: UUID
    attendees: list[UUID]
    points: list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class KeyPointsConfirmed(Fact, name="handover.key_points_confirmed", unit="handover_copy", private=("points",)):
    """A department has confirmed point by point that it has understood."""

    confirmed_by: UUID
    points: list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class OriginalReceived(Fact, name="handover.original_received", unit="order", private=("place",)):
    """The original contract is in the keeping of records; `receipt` is the digest of the receipt."""

    keeper: UUID
    place: str
    receipt: str


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Fact, name="handover.question_asked", unit="question", private=("text",)):
    """A receiver has asked about the handover."""

    text: str
    asked_by: UUID


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Fact, name="handover.question_answered", unit="question", private=("answer",)):
    """The giver has answered a question."""

    answer: str
    answered_by: UUID


@dataclass(frozen=True, kw_only=True)
class QuestionWithdrawn(Fact, name="handover.question_withdrawn", unit="question", private=("reason",)):
    """A question has been withdrawn."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Corrected(Fact, name="handover.corrected", unit="order", private=("item", "old", "new", "cause")):
    """Something in an accepted handover has been put right."""

    item: str
    old: str
    new: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class Sealed(Fact, name="handover.sealed", unit="order"):
    """The accepted form has been sealed as a file: `form` is the check value of its text, `file` that of the file."""

    form: str
    version: int
    file: str
    certificate: str
