"""The pages of the guide: the index, which begins with the reader's own role, and a page in the reader's language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aftersign.desk.help import guide, readers
from aftersign.desk.help.rendering import as_html
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.shell.frame import Frame
from aftersign.policy.editions import store


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All pages; those about what the reader is in the company come first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = readers.about(actor.principal) if actor.principal else []
    others = [name for name in guide.ROLES if name not in own]
    groups = {"own": own, "basics": guide.BASICS, "others": others, "reference": guide.reference()}
    language = Frame(request).lang
    found = {group: [page for name in names if (page := guide.page(name, language))] for group, names in groups.items()}
    return render(request, "desk/help/index.html", {"found": found})


@require_safe
@login_required
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page, in the reader's language or in the one that comes nearest."""
    found = guide.page(name, Frame(request).lang)
    if found is None:
        raise Http404
    shown = store.shown()
    clauses = frozenset(shown.clauses) if shown else frozenset()
    return render(request, "desk/help/page.html", {"page": found, "text": as_html(found, clauses)})
