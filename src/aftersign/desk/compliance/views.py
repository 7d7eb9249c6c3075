"""The pages of compliance: matrix, list, evidence of a cell, and the audit paper as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersign.desk.compliance import sheet
from aftersign.desk.compliance.listing import DutyList, MatrixList, asked_of
from aftersign.desk.queries.compliance.cell import cell_page
from aftersign.desk.queries.compliance.paper import MOST, TooMany, paper_of
from aftersign.desk.queries.compliance.selection import Selection
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.shell.lists import storable
from aftersign.kernel.shell.responses import page_or_part, toast
from aftersign.orders.casefile import get_for


@require_safe
@login_required
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Clauses against orders, a cell for each pair."""
    listing = MatrixList(request)
    return listing.response("desk/compliance/matrix.html", matrix=listing.matrix)


@require_safe
@login_required
def duty_list(request: HttpRequest) -> HttpResponseBase:
    """The duties of the same selection, one a row."""
    return DutyList(request).response("desk/compliance/list.html")


@require_safe
@login_required
def cell(request: HttpRequest, clause: str, number: str) -> HttpResponse:
    """The evidence of one clause on one order."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    selection = Selection(actor, asked_of(storable(request.GET)))
    page = cell_page(selection, clause, get_for(actor, number), request.GET.get("duty", ""))
    answer = page_or_part(request, "desk/compliance/cell.html", page=page)
    answer.headers["HX-Push-Url"] = "false"  # it opens beside the matrix, whose address stays
    return answer


@require_safe
@login_required
def paper(request: HttpRequest) -> HttpResponseBase:
    """The audit paper of the selection as a workbook."""
    listing = DutyList(request)
    try:
        found = paper_of(listing.selection)
    except TooMany:
        said = _("More than %(most)s duties match; choose a shorter period or fewer orders.") % {"most": f"{MOST:,}"}
        toast(request, said, refused=True)
        return redirect(listing.matrix_url)
    return FileResponse(sheet.workbook(found, listing.chosen_words), as_attachment=True, filename=sheet.name_of(found))
