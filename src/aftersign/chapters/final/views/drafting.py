"""Drafting an edition: other values for its parameters, or other files."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.final import acts
from aftersign.chapters.final.forms import FilesForm, GradesForm, ParametersForm, QuestionsForm
from aftersign.chapters.final.queries import editions as queries
from aftersign.chapters.final.views.doors import actor_of, only_drafters, page
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.policy.models import Edition

Drafting = FilesForm | GradesForm | ParametersForm


@page
def parameters(request: HttpRequest, version: str) -> HttpResponse:
    """An edition with other values."""
    base = _base(request, version)
    return _answer(request, "final/parameters.html", base, ParametersForm(request, base))


@page
def questions(request: HttpRequest, version: str) -> HttpResponse:
    """The few values that matter most, each as a question."""
    base = _base(request, version)
    return _answer(request, "final/questions.html", base, QuestionsForm(request, base))


@page
def grades(request: HttpRequest, version: str) -> HttpResponse:
    """Other amounts and kinds for the grades of orders."""
    base = _base(request, version)
    return _answer(request, "final/grades.html", base, GradesForm(request, base))


@page
def files(request: HttpRequest, version: str) -> HttpResponse:
    """An edition with other files."""
    base = _base(request, version)
    return _answer(request, "final/files.html", base, FilesForm(request, base))


def _base(request: HttpRequest, version: str) -> Edition:
    edition = queries.edition_of(actor_of(request), version)
    only_drafters(request)
    return edition


def _answer(request: HttpRequest, template: str, base: Edition, form: Drafting) -> HttpResponse:
    if form.does(lambda: acts.draft(company(), files=form.files_of_draft, reason=form.why, by=form.actor)):
        drafted = cast(Edition, form.result)
        said = _("Drafted edition %(version)s. It waits for its approval.") % {"version": drafted.version}
        return done(request, drafted, said)
    return page_or_part(request, template, form=form, base=base)
