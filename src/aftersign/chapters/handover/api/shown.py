"""What programs are shown of a handover: its versions, copies, signatures, returns and questions."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from aftersign.chapters.handover.models import FormVersion, HandoverCopy, Question, ReturnItem, Signature
from aftersign.chapters.handover.queries import Standing
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.api.values import Who


class VersionShown(Schema):
    """A version that was submitted; `check_value` is the SHA-256 of its text."""

    number: int
    check_value: str
    submitted_by: Who
    submitted_at: datetime


class FormShown(VersionShown):
    """A version with the very text that was signed, and the same text read."""

    text: str
    content: dict[str, Any]


class CopyShown(Schema):
    """The copy of a department: which version it holds, since when, and how it stands."""

    department: str
    department_name: str
    state: str
    form: int
    check_value: str
    sent_at: datetime
    received_at: datetime
    answered_at: datetime | None
    version: int


class SignatureShown(Schema):
    """A signature under a version, by the giver or for the copy of a department."""

    role: str
    form: int
    person: Who
    on_behalf_of: Who | None
    department_name: str
    responsibility: str
    reservations: str
    signed_at: datetime


class ReturnShown(Schema):
    """Something that a department returned, and what was answered."""

    department: str
    form: int
    item: str
    reason: str
    text: str
    by: Who
    at: datetime
    answer: str


class QuestionShown(Schema):
    """A question of a department, and its answer."""

    id: UUID
    department: str
    item: str
    text: str
    asked_by: Who
    asked_at: datetime
    state: str
    answer: str
    answered_by: Who | None
    answered_at: datetime | None
    version: int


class HandoverShown(Schema):
    """How the handover of an order stands; without a form there is no number yet."""

    order: str
    number: str
    state: str
    accepted_at: datetime | None
    versions: list[VersionShown]
    copies: list[CopyShown]
    signatures: list[SignatureShown]
    returned: list[ReturnShown]
    questions: list[QuestionShown]


def handover_of(standing: Standing) -> HandoverShown:
    """How a handover stands; asks the database for nothing."""
    handover = standing.handover
    return HandoverShown(
        order=standing.order.number,
        number=handover.number if handover else "",
        state=handover.state if handover else "",
        accepted_at=handover.accepted_at if handover else None,
        versions=[VersionShown(**_version(each)) for each in standing.forms],
        copies=[copy_of(each) for each in standing.copies],
        signatures=[_signature(each) for each in standing.signatures],
        returned=[_returned(each) for each in standing.returned],
        questions=[question_of(each) for each in standing.questions],
    )


def form_of(form: FormVersion) -> FormShown:
    """A version with its text."""
    return FormShown(**_version(form), text=form.text, content=json.loads(form.text))


def copy_of(copy: HandoverCopy) -> CopyShown:
    """The copy of a department, which brings department and form along."""
    return CopyShown(
        department=copy.key,
        department_name=copy.department.name,
        state=copy.state,
        form=copy.form.number,
        check_value=copy.form.check_value,
        sent_at=copy.sent_at,
        received_at=copy.received_at,
        answered_at=copy.answered_at,
        version=copy.version,
    )


def question_of(question: Question) -> QuestionShown:
    """A question, which brings its copy and people along."""
    return QuestionShown(
        id=question.pk,
        department=question.copy.key,
        item=question.item,
        text=question.text,
        asked_by=_who(question.asked_by),
        asked_at=question.asked_at,
        state=question.state,
        answer=question.answer,
        answered_by=_who(question.answered_by) if question.answered_by else None,
        answered_at=question.answered_at,
        version=question.version,
    )


def _version(form: FormVersion) -> dict[str, Any]:
    names = ("number", "check_value", "submitted_at")
    return {name: getattr(form, name) for name in names} | {"submitted_by": _who(form.submitted_by)}


def _signature(row: Signature) -> SignatureShown:
    return SignatureShown(
        role=row.role,
        form=row.form.number,
        person=_who(row.person),
        on_behalf_of=_who(row.on_behalf_of) if row.on_behalf_of else None,
        department_name=row.department.name if row.department else "",
        responsibility=row.responsibility,
        reservations=row.reservations,
        signed_at=row.signed_at,
    )


def _returned(row: ReturnItem) -> ReturnShown:
    return ReturnShown(
        department=row.copy.key,
        form=row.form.number,
        item=row.item,
        reason=row.reason,
        text=row.text,
        by=_who(row.by),
        at=row.at,
        answer=row.answer,
    )


def _who(person: Person) -> Who:
    return Who(account=person.account, name=person.name)
