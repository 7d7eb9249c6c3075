"""The handover for programs: read it, return a copy, ask and answer; signing is left to people."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover.acts import Returning
from aftersign.chapters.handover.api.shown import (
    CopyShown,
    FormShown,
    HandoverShown,
    QuestionShown,
    copy_of,
    form_of,
    handover_of,
    question_of,
)
from aftersign.chapters.handover.models import Question
from aftersign.kernel.access.loading import load, visible
from aftersign.kernel.shell.api.bearer import acting, actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.problem import Trouble
from aftersign.kernel.shell.api.values import Sent, words
from aftersign.orders.casefile import get_for

router = Router(tags=["handover"])
READ = scoped("handover:read")
ACT = scoped("handover:write", keyed=True, versioned=True)
_ORDER = "/orders/{number}/handover"
_COPY = _ORDER + "/copies/{department}"


class ReturningSent(Sent):
    """One thing to be put right: where in the form, why, and what exactly."""

    item: Annotated[str, words(120, 1, examples=["customer_requirements.R1"])]
    reason: Literal["unclear", "lacking", "contradicts"]
    text: Annotated[str, words(500, 1, examples=["缺第 4 页"])]


class ReturnSent(Sent):
    """What a department returns; `check_value` is that of the version that was read."""

    check_value: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    items: Annotated[list[ReturningSent], Field(min_length=1, max_length=200)]


class QuestionSent(Sent):
    """A question, about one item of the form or about the whole of it."""

    text: Annotated[str, words(500, 1, examples=["由谁供电？"])]
    item: Annotated[str, words(120)] = ""


class AnswerSent(Sent):
    """The answer to a question."""

    text: Annotated[str, words(1000, 1, examples=["由总包方供电"])]


@router.get(_ORDER, response=HandoverShown, **READ)
def read_handover(request: HttpRequest, number: str) -> HandoverShown:
    """How the handover of an order stands: versions, copies, signatures, returns and questions."""
    return handover_of(queries.standing(get_for(actor_of(request), number)))


@router.get(_ORDER + "/versions/{int:form_number}", response=FormShown, **READ)
def read_version(request: HttpRequest, number: str, form_number: int) -> FormShown:
    """A version of the form, word for word as it was signed."""
    return form_of(queries.form_of(queries.standing(get_for(actor_of(request), number), whole=False), form_number))


@router.get(_COPY, response=CopyShown, **READ)
def read_copy(request: HttpRequest, number: str, department: str, response: HttpResponse) -> CopyShown:
    """The copy of a department, by its code or id; the ETag is its version."""
    return _told(request, number, department, response)


@router.post(_COPY + "/return", response=CopyShown, **ACT)
def return_copy(
    request: HttpRequest, number: str, department: str, sent: ReturnSent, response: HttpResponse
) -> CopyShown:
    """Return a copy, thing by thing; the department's clock stands still until it comes back."""
    copy = queries.copy_of(actor_of(request), number, department)
    items = tuple(Returning(each.item, each.reason, each.text) for each in sent.items)
    acts.return_copy(copy, check_value=sent.check_value, items=items, by=acting(request, versioned=True))
    return _told(request, number, department, response)


@router.post(_COPY + "/questions", response={201: QuestionShown}, **scoped("handover:write", keyed=True))
def ask_question(request: HttpRequest, number: str, department: str, sent: QuestionSent) -> Status[QuestionShown]:
    """Ask something about the handover; the sales owner answers."""
    copy = queries.copy_of(actor_of(request), number, department)
    return Status(201, question_of(acts.ask(copy, text=sent.text, item=sent.item, by=acting(request))))


@router.post(_ORDER + "/questions/{uuid:question}/answer", response=QuestionShown, **ACT)
def answer_question(request: HttpRequest, number: str, question: UUID, sent: AnswerSent) -> QuestionShown:
    """Answer a question of a department."""
    asked: Question = load(visible(actor_of(request), "question"), pk=question, order__number=number)
    return question_of(acts.answer(asked, text=sent.text, by=acting(request, versioned=True)))


@router.post(_COPY + "/accept", response={204: None}, **scoped("handover:write"))
def accept_copy(request: HttpRequest, number: str, department: str) -> None:
    """Always refused: whoever accepts a copy signs it, after reading, in person and with their password."""
    queries.copy_of(actor_of(request), number, department)
    raise _by_a_person()


@router.post(_ORDER + "/sign", response={204: None}, **scoped("handover:write"))
def sign_handover(request: HttpRequest, number: str) -> None:
    """Always refused: whoever hands over signs, in person and with their password."""
    get_for(actor_of(request), number)
    raise _by_a_person()


def _by_a_person() -> Trouble:
    return Trouble("signature", _("A signature is given by a person who has read the form, with their password."))


def _told(request: HttpRequest, number: str, department: str, response: HttpResponse) -> CopyShown:
    copy = queries.copy_of(actor_of(request), number, department)
    response.headers["ETag"] = f'"{copy.version}"'
    return copy_of(copy)
