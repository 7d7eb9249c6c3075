"""Editions to be read: all of them, one by its chapters, two side by side, and the files of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from aftersign.chapters.final.queries import editions as queries
from aftersign.chapters.final.queries.kinds import kinds_of
from aftersign.chapters.final.views.doors import actor_of, may_draft, reading
from aftersign.kernel.access import audit
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.models import Event
from aftersign.kernel.shell.responses import page_or_part
from aftersign.policy.editions import store
from aftersign.policy.editions.bundle import packed
from aftersign.policy.models import Edition


@reading
def editions(request: HttpRequest) -> HttpResponse:
    """All editions, drafts and withdrawn ones too."""
    return page_or_part(
        request, "final/editions.html", rows=queries.rows(), drafts=may_draft(actor_of(request)), base=store.current()
    )


@reading
def edition(request: HttpRequest, version: str) -> HttpResponse:
    """One edition, chapter by chapter."""
    actor = actor_of(request)
    found = queries.reading(actor, version, request.GET.get("room", ""))
    may = {
        "draft": may_draft(actor),
        "issue": allowed(actor, "policy.issue", found.edition),
        "withdraw": allowed(actor, "policy.withdraw_edition", found.edition),
        "tell": allowed(actor, "policy.tell_staff", found.edition),
    }
    return page_or_part(request, "final/edition.html", page=found, may=may)


@reading
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds and grades of orders in the edition in force, and in what grades differ."""
    base = store.current()
    found = kinds_of(store.rulebook_of(base.pk), get_language() or "zh-hans") if base else None
    return page_or_part(request, "final/kinds.html", page=found, base=base, drafts=may_draft(actor_of(request)))


@reading
def compare(request: HttpRequest, version: str) -> HttpResponse:
    """An edition against another."""
    asked = request.GET
    side = queries.side_by_side(actor_of(request), version, asked.get("with", ""), asked.get("room", ""))
    return page_or_part(request, "final/compare.html", side=side)


@reading
def download(request: HttpRequest, version: str) -> HttpResponse:
    """The files of an edition as a zip, to be changed and sent back."""
    found = queries.edition_of(actor_of(request), version)
    name = f"{found.rulebook}-{found.version}.zip"
    audit.note(Event.EXPORTED, by=actor_of(request), subject=name)
    content = packed(Edition.objects.get(pk=found.pk).files)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/zip", headers=headers)
