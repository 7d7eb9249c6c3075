"""Somebody leaves: first looked at, then done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.leaving import LeaveForm
from aftersign.chapters.general.views.doors import page
from aftersign.chapters.general.views.keepers import person_of
from aftersign.kernel.shell.responses import done, page_or_part


@page
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What somebody leaves behind, who takes it over, and, once that has been looked at, the leaving itself."""
    found = person_of(request, pk, "general.record_leaving")
    form = LeaveForm(request, found)
    if form.is_confirmed and form.does(lambda: acts.record_leaving(found, **form.said, by=form.actor)):
        said = {"name": found.name, "number": len(form.lines)}
        return done(request, found, _("%(name)s has left; %(number)d lines were handed on.") % said)
    return page_or_part(request, "general/people/leave.html", form=form, person=found)
