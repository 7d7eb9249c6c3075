"""The pages of compliance: matrix, list, evidence of a cell, and the audit paper as a file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersign.desk.compliance import printed, sheet
from aftersign.desk.compliance.kept import KeptSelection, query_of
from aftersign.desk.compliance.listing import DutyList, MatrixList, asked_of
from aftersign.desk.queries.compliance.cell import cell_page
from aftersign.desk.queries.compliance.made import PDF, WORKBOOK, is_whole, made_of, proof_of
from aftersign.desk.queries.compliance.paper import Paper, TooMany, paper_of
from aftersign.desk.queries.compliance.selection import Selection
from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.models import Event
from aftersign.kernel.print.codes import bare, verification_code
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
    selection = Selection(actor, asked_of(request.GET))
    page = cell_page(selection, clause, get_for(actor, number), request.GET.get("duty", ""))
    answer = page_or_part(request, "desk/compliance/cell.html", page=page)
    answer.headers["HX-Push-Url"] = "false"  # it opens beside the matrix, whose address stays
    return answer


@require_safe
@login_required
def paper(request: HttpRequest) -> HttpResponseBase:
    """The audit paper of the selection: as a PDF when asked for, else as a workbook."""
    listing, wanted = DutyList(request), request.GET.get("format", "")
    try:
        found = paper_of(listing.selection, printed.MOST if wanted == PDF else None)
    except TooMany as many:
        said = _("More than %(most)s duties match; choose a shorter period or fewer orders.")
        toast(request, said % {"most": f"{many.most:,}"}, refused=True)
        return redirect(listing.matrix_url)
    return _as_pdf(request, listing, found) if wanted == PDF else _as_workbook(request, listing, found)


@require_safe
@login_required
def check(request: HttpRequest) -> HttpResponse:
    """Whether a code belongs to an audit paper that was made here, and whether the journal still is what it states."""
    code = request.GET.get("code", "").strip()
    proof = proof_of(code)
    shown: dict[str, Any] = {"code": code, "said": verification_code(bare(code)), "is_whole": is_whole(code)}
    kept = KeptSelection(request, proof.made.query) if proof and proof.made.query else None
    return page_or_part(request, "desk/compliance/check.html", proof=proof, kept=kept, **shown)


def _as_workbook(request: HttpRequest, listing: DutyList, paper: Paper) -> HttpResponseBase:
    workbook, check_value = sheet.workbook(paper, listing.chosen_words, address=_verified_at(request))
    _keep(listing, paper, WORKBOOK, check_value)
    return FileResponse(workbook, as_attachment=True, filename=sheet.name_of(paper, WORKBOOK))


def _as_pdf(request: HttpRequest, listing: DutyList, paper: Paper) -> HttpResponseBase:
    made, check_value = printed.print_paper(paper, listing.chosen_words, address=_verified_at(request))
    _keep(listing, paper, PDF, check_value)
    if made.warning:
        toast(request, made.warning, refused=True)
    answer = FileResponse(BytesIO(made.pdf), as_attachment=True, filename=sheet.name_of(paper, PDF))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _keep(listing: DutyList, paper: Paper, form: str, check_value: str) -> None:
    """Write the paper into the audit log, where nobody changes it, before it leaves the house."""
    made = made_of(paper, form, check_value, query_of(listing))
    audit.note(Event.EXPORTED, by=listing.selection.actor, subject=made.subject)


def _verified_at(request: HttpRequest) -> str:
    return request.build_absolute_uri(f"{reverse('compliance-check')}?code=")
