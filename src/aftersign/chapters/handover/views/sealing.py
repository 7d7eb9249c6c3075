"""How far the sealing of an accepted form is, for the page that waits for it, and the sealed file itself."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.views.doors import actor_of, address, held_order, reading
from aftersign.kernel.access import audit
from aftersign.kernel.access.models import Event
from aftersign.kernel.shell.responses import wants_part
from aftersign.kernel.vault.giving import given


@reading
def seal(request: HttpRequest, number: str, form_number: int) -> HttpResponse:
    """The card on the page of the form, asked for again until the seal is there; without htmx the page itself."""
    order = held_order(request, number, form_number)
    if not wants_part(request):
        return redirect(address(order))
    standing = queries.standing(order, whole=False)
    if standing.form is None or standing.form.number != form_number:
        raise Http404
    sealing = queries.sealing_of(order) if standing.is_complete else None
    return render(request, "handover/seal.html", {"order": order, "form": standing.form, "sealing": sealing})


@reading
def sealed(request: HttpRequest, number: str, form_number: int) -> FileResponse:
    """The sealed file of a version, to be kept; raises `Http404` when there is none."""
    found = queries.sealed_version(held_order(request, number, form_number), form_number)
    if found is None:
        raise Http404
    audit.note(Event.FILE_READ, by=actor_of(request), subject=f"{number} {found.pk}")
    return given(str(found.file), found.name, kind="application/pdf")
