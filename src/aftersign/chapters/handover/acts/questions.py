"""The verbs on questions about the handover: ask, answer, withdraw."""

from __future__ import annotations

from aftersign.chapters.handover import facts, states
from aftersign.chapters.handover.acts.signing import signer_of
from aftersign.chapters.handover.models import HandoverCopy, Question
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.clock import now


@act("handover.ask", capability="handover.ask")
def ask(copy: HandoverCopy, *, text: str, item: str = "", by: Actor) -> Question:
    """A receiver asks about the handover, or about one item of the form."""
    asker = signer_of(by)
    question = Question.objects.create(
        order_id=copy.order_id, copy=copy, item=item, text=text, asked_by=asker, asked_at=now()
    )
    state(facts.QuestionAsked(about=question, text=text, asked_by=asker.pk))
    return question


@act("handover.answer", capability="handover.answer")
def answer(question: Question, *, text: str, by: Actor) -> Question:
    """The giver answers a question; question and answer stay with the form."""
    states.move(question, "answered")
    question.answer, question.answered_by, question.answered_at = text, signer_of(by), now()
    question.save()
    state(facts.QuestionAnswered(about=question, answer=text, answered_by=signer_of(by).pk))
    return question


@act("handover.withdraw_question", capability="handover.withdraw_question")
def withdraw_question(question: Question, *, reason: str, by: Actor) -> Question:
    """The receiving department no longer needs an answer."""
    states.move(question, "withdrawn")
    question.answer, question.answered_by, question.answered_at = reason, signer_of(by), now()
    question.save()
    state(facts.QuestionWithdrawn(about=question, reason=reason))
    return question
