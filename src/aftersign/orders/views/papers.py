"""A paper of an order: its page, the pictures of its pages, and the file itself; each asked for its right anew."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from aftersign.kernel.access import audit
from aftersign.kernel.access.loading import load
from aftersign.kernel.access.models import Event
from aftersign.kernel.seal.models import SealedForm
from aftersign.kernel.shell.responses import page_or_part
from aftersign.kernel.vault import previews
from aftersign.kernel.vault.giving import given
from aftersign.orders.casefile import get_for
from aftersign.orders.models import Paper
from aftersign.orders.queries.papers import sheet_of
from aftersign.orders.unit import visible_orders


@require_safe
@login_required
def paper(request: HttpRequest, paper: str) -> HttpResponse:
    """What is known of a paper, and a picture of its page where there can be one."""
    found = _paper(request, paper)
    order = get_for(request.actor, found.order.number)  # type: ignore[attr-defined]
    sheet = sheet_of(found, request.GET.get("page", ""))
    return page_or_part(request, "orders/paper.html", order=order, paper=found, sheet=sheet)


@require_safe
@login_required
def preview(request: HttpRequest, paper: str, page: int) -> HttpResponseBase:
    """The picture of a page, made by us and by nobody else; raises `Http404` when there is none."""
    found = _paper(request, paper)
    try:
        shown = previews.page(found.name, found.sha256, page)
    except previews.NoPicture as none:
        raise Http404 from none
    answer = FileResponse(shown.path.open("rb"), content_type="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


@require_safe
@login_required
def file(request: HttpRequest, paper: str) -> FileResponse:
    """The file itself, to be kept; nothing that others have made is shown inside a page."""
    found = _paper(request, paper)
    audit.note(Event.FILE_READ, by=request.actor, subject=f"{found.order.number} {found.pk}")  # type: ignore[attr-defined]
    return given(str(found.file), found.name)


@require_safe
@login_required
def document(request: HttpRequest, document: str) -> FileResponse:
    """A document that the house itself has made of an order and sealed, to be kept."""
    seen = visible_orders(request.actor)  # type: ignore[attr-defined]
    found = load(SealedForm.objects.filter(order_id__in=seen.values("pk")), pk=document)
    audit.note(Event.FILE_READ, by=request.actor, subject=f"{found.number} {found.pk}")  # type: ignore[attr-defined]
    return given(str(found.file), found.name, kind="application/pdf")


def _paper(request: HttpRequest, paper: str) -> Paper:
    """The paper, when its order may be seen and there is a file; raises `Http404`."""
    seen = visible_orders(request.actor)  # type: ignore[attr-defined]
    rows = Paper.objects.filter(order__in=seen).exclude(file="").select_related("order", "stated_by")
    return load(rows, pk=paper)
