"""The page of search, what the palette shows, and what was opened last."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from aftersign.desk.search import finding
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.search.recent import latest, remember
from aftersign.kernel.search.sources import sources
from aftersign.kernel.shell.responses import page_or_part


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """What is found, by kind; one kind by the page; and what was opened last where nothing is asked for."""
    typed, kind, actor = request.GET.get("q", "").strip(), request.GET.get("kind", ""), _actor(request)
    only = finding.one_kind(actor, typed, kind, request.GET.get("page", "")) if kind else None
    kinds = finding.all_kinds(actor, typed) if only is None else [only] if only.total else []
    recent = [] if typed else latest(actor)
    return page_or_part(request, "desk/search.html", typed=typed, only=only, kinds=kinds, recent=recent)


@require_safe
@login_required
def palette(request: HttpRequest) -> HttpResponse:
    """The lines of the palette."""
    groups = finding.palette(_actor(request), request.GET.get("q", ""), request.GET.get("here", ""))
    said = finding.said(groups)
    return HttpResponse(render_to_string("desk/parts/palette_lines.html", {"groups": groups, "said": said}, request))


@require_POST
@login_required
def opened(request: HttpRequest) -> HttpResponse:
    """Put down that whoever asks has opened a record; there is no such page for a record that they may not see."""
    source = next((each for each in sources() if each.name == request.POST.get("kind")), None)
    try:
        pk = UUID(request.POST.get("id", ""))
    except ValueError:
        raise Http404 from None
    if source is None or not finding.may_see(source, _actor(request), pk):
        raise Http404
    remember(_actor(request), source.name, pk)
    return HttpResponse(status=204)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]
