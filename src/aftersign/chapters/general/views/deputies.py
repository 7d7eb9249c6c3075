"""Naming a deputy for somebody who is away, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aftersign.chapters.general import acts, queries
from aftersign.chapters.general.forms.deputies import DeputyForm
from aftersign.chapters.general.views.doors import page, permit
from aftersign.chapters.general.views.keepers import person_of
from aftersign.kernel.access.loading import load
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part, toast


@page
def name(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name who acts for somebody, in which days."""
    found = _away(request, pk)
    form = DeputyForm(request, found)
    if form.does(lambda: acts.name_deputy(found, **form.cleaned_data, by=form.actor)):
        said = {"deputy": form.cleaned_data["deputy"].name, "name": found.name}
        return done(request, found, _("%(deputy)s may act for %(name)s.") % said)
    return page_or_part(request, "general/people/deputy.html", form=form, person=found)


@require_POST
@login_required
def end(request: HttpRequest, pk: UUID, deputy: UUID) -> HttpResponse:
    """End what was named of a deputy for somebody, at once."""
    found = _away(request, pk)
    named = load(queries.deputyships().filter(person=found), deputy=deputy).deputy
    form = ActForm(request, found)
    if form.does(lambda: acts.end_deputy(found, deputy=named, by=form.actor)):
        said = {"deputy": named.name, "name": found.name}
        return done(request, found, _("%(deputy)s no longer acts for %(name)s.") % said)
    for problem in form.problems:
        toast(request, problem.sentence)
    return done(request, found)


def _away(request: HttpRequest, pk: UUID) -> Person:
    """Somebody, for themselves, their heads and administrators; raises `PermissionDenied` saying so."""
    found = person_of(request, pk)
    said = {"name": found.name}
    sentence = _("%(name)s themselves, their heads and administrators name the deputies of %(name)s.") % said
    permit(request, "general.name_deputy", found, sentence)
    return found
