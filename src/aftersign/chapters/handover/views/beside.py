"""Pages beside the main line: explaining key points, answering questions, the original contract, corrections."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover import reading as as_read
from aftersign.chapters.handover.forms import AnswerForm, CorrectionForm, ExplainForm, OriginalForm, ReasonForm
from aftersign.chapters.handover.models import Original, Question
from aftersign.chapters.handover.views.doors import actor_of, address, given_order, order_of, page, reading
from aftersign.kernel.access import audit
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.loading import load, visible
from aftersign.kernel.access.models import Event
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.kernel.vault.giving import given


@page
def explain(request: HttpRequest, number: str) -> HttpResponse:
    """Record a meeting in which key points were explained."""
    standing = queries.standing(given_order(request, number))
    points = as_read.points(standing.form.content) if standing.form else []
    explaining = ExplainForm(request, standing.order, standing=standing, points=points)
    if explaining.does(lambda: acts.explain(standing.order, **explaining.said, by=explaining.actor)):
        return done(request, address(standing.order), _("Recorded that the key points were explained."))
    return page_or_part(request, "handover/explain.html", order=standing.order, form=explaining, points=points)


@page
def answer(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Answer a question."""
    given_order(request, number)
    asked: Question = load(visible(actor_of(request), "question"), pk=question, order__number=number)
    answering = AnswerForm(request, asked)
    if answering.does(lambda: acts.answer(asked, text=answering.cleaned_data["text"], by=answering.actor)):
        return done(request, address(asked.order) + "#questions", _("Answered."))
    return page_or_part(request, "handover/answer.html", order=asked.order, question=asked, form=answering)


@page
def withdraw(request: HttpRequest, number: str, question: UUID) -> HttpResponse:
    """Withdraw a question that needs no answer any more."""
    asked: Question = load(visible(actor_of(request), "question"), pk=question, order__number=number)
    if not allowed(actor_of(request), "handover.withdraw_question", asked):
        raise PermissionDenied(_("Only the department that asked withdraws its question."))
    form = ReasonForm(request, asked)
    if form.does(lambda: acts.withdraw_question(asked, reason=form.cleaned_data["reason"], by=form.actor)):
        return done(request, address(asked.order) + "#questions", _("Withdrawn."))
    return page_or_part(request, "handover/answer.html", order=asked.order, question=asked, form=form)


@page
def original(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the original contract is in the keeping of records."""
    order = order_of(request, number)
    if not allowed(actor_of(request), "handover.receive_original", order):
        raise PermissionDenied(_("Only people of the records department take the original into keeping."))
    keeping = OriginalForm(request, order)
    if keeping.does(lambda: acts.receive_original(order, **keeping.said, by=keeping.actor)):
        return done(request, address(order), _("The original contract is in the keeping of records."))
    return page_or_part(request, "handover/original.html", order=order, form=keeping)


@reading
def receipt(request: HttpRequest, number: str) -> FileResponse:
    """The receipt for the original contract, to be kept; raises `Http404` when records do not keep the original."""
    order = order_of(request, number)
    kept: Original = load(Original.objects.all(), order=order)
    audit.note(Event.FILE_READ, by=actor_of(request), subject=f"{order.number} {kept.pk}")
    return given(str(kept.receipt), kept.receipt_name)


@page
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Correct something of an accepted handover."""
    standing = queries.standing(given_order(request, number))
    correcting = CorrectionForm(request, standing.order, standing=standing)
    if correcting.does(lambda: acts.correct(standing.order, **correcting.said, by=correcting.actor)):
        return done(
            request, address(standing.order), _("Corrected. The signed text stays as it is, with this beside it.")
        )
    return page_or_part(request, "handover/correction.html", order=standing.order, form=correcting)
