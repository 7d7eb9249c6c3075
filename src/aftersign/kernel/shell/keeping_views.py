"""Answers to saving, changing and deleting a view of a list."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aftersign.kernel.access.loading import load
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import saved_views
from aftersign.kernel.shell.models import LONGEST_NAME, SavedView, Sharing
from aftersign.kernel.shell.responses import back, done


@require_POST
@login_required
def save(request: HttpRequest, list_name: str) -> HttpResponse:
    """Keep the list as it stands under a label."""
    if len(list_name) > LONGEST_NAME:
        raise Http404
    label = request.POST.get("label", "").strip()[:60]
    if not label:
        return done(request, back(request), _("The view needs a name"))
    shared = request.POST.get("shared_with", "")
    view = saved_views.save(
        _person(request),
        list_name,
        label,
        request.POST.get("query", ""),
        shared_with=shared if shared in Sharing.values else Sharing.NOBODY,
        is_default=request.POST.get("is_default") == "1",
    )
    return done(request, f"{back(request)}?view={view.pk}", _("View “%(label)s” saved") % {"label": label})


@require_POST
@login_required
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let one's own view keep what the list shows now."""
    view = _own(request, pk)
    saved_views.change(view, request.POST.get("query", ""))
    return done(request, f"{back(request)}?view={view.pk}", _("View “%(label)s” saved") % {"label": view.label})


@require_POST
@login_required
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete one's own view."""
    view = _own(request, pk)
    view.delete()
    return done(request, back(request), _("View “%(label)s” deleted") % {"label": view.label})


def _person(request: HttpRequest) -> Person:
    person: Person = request.actor.person  # type: ignore[attr-defined]
    return person


def _own(request: HttpRequest, pk: UUID) -> SavedView:
    return load(SavedView.objects.filter(owner=_person(request)), pk=pk)
