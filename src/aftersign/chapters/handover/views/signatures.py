"""Pages about one signature: checking it, taking it back, and giving the giver's anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from aftersign.chapters.handover import acts, queries, states
from aftersign.chapters.handover.forms import PaperForm, SignForm
from aftersign.chapters.handover.models import Signature
from aftersign.chapters.handover.unit import visible_copies
from aftersign.chapters.handover.views.doors import actor_of, address, given_order, page, reading
from aftersign.chapters.handover.views.reader import Reader
from aftersign.kernel.access import audit
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.loading import load
from aftersign.kernel.access.models import Event
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part, part, wants_part
from aftersign.kernel.vault.giving import given
from aftersign.orders.unit import visible_orders


@reading
def check(request: HttpRequest, number: str, signature: UUID) -> HttpResponse:
    """Work out the check value of what was signed anew, and say in words whether everything agrees."""
    row = _row(request, number, signature)
    shown: dict[str, Any] = {"order": row.order, "row": row, "proof": queries.proof_of_signature(row)}
    if wants_part(request):
        return HttpResponse(part(request, "handover/signature.html", shown, "proof"))
    return page_or_part(request, "handover/signature.html", **shown)


@page
def withdraw(request: HttpRequest, number: str, signature: UUID) -> HttpResponse:
    """Take one's own signature back while it is fresh and nobody has gone on from it."""
    row = _row(request, number, signature)
    unit = row.copy or row.order
    if not allowed(actor_of(request), "handover.withdraw_signature", unit):
        raise PermissionDenied(_("Only %(name)s withdraws this signature.") % {"name": row.name})
    form = ActForm(request, unit)
    if form.does(lambda: acts.withdraw_signature(unit, signature=row.pk, by=form.actor)):
        return done(request, address(row.order), _("The signature has been withdrawn."))
    return page_or_part(request, "handover/unsign.html", order=row.order, row=row, form=form)


@page
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign the version that waits for its giver's signature, and send it."""
    standing = queries.standing(given_order(request, number))
    if standing.form is None or not standing.is_unsigned:
        return done(request, address(standing.order), _("No version waits for the giver's signature."))
    signing = SignForm(request, standing)
    if signing.does(lambda: acts.sign_and_send(standing.order, **signing.said, by=signing.actor)):
        return done(request, address(standing.order), _("Signed and sent. It now waits for the departments."))
    reader = Reader(actor_of(request), standing, standing.form)
    return page_or_part(request, "handover/sign.html", order=standing.order, reader=reader, form=signing)


@page
def paper(request: HttpRequest, number: str, department: str) -> HttpResponse:
    """Enter that a department has signed its copy by hand, with the scan of the paper."""
    held = queries.copy_of(actor_of(request), number, department)
    if held.state not in states.WAITING or not allowed(actor_of(request), "handover.accept_on_paper", held):
        raise PermissionDenied(_("Only the department of this copy, or its head, signs for it."))
    reader = Reader(actor_of(request), queries.standing(held.order), held.form, held.since)
    form = PaperForm(request, held, points=reader.points, changes=len(reader.found))
    if form.does(lambda: acts.accept_on_paper(held, **form.said, by=form.actor)):
        return done(request, address(held.order), _("Entered: %(name)s has signed.") % {"name": held.department.name})
    return page_or_part(request, "handover/paper.html", order=held.order, copy=held, reader=reader, form=form)


@reading
def scan(request: HttpRequest, number: str, signature: UUID) -> HttpResponseBase:
    """The scan of a paper that was signed by hand, as a file to be kept."""
    row = _row(request, number, signature)
    if row.method != Signature.Method.PAPER:
        raise Http404
    audit.note(Event.FILE_READ, by=actor_of(request), subject=f"{number} {row.paper.pk}")
    return given(str(row.paper.scan), row.paper.scan_name)


def _row(request: HttpRequest, number: str, signature: UUID) -> Signature:
    """A signature under a form that the reader may see; raises `Http404` for any other."""
    related = ("form__handover", "order__customer", "order__sales_owner__department", "copy__department")
    rows = Signature.everything.select_related(*related, "person", "department", "on_behalf_of", "paper__entered_by")
    actor = actor_of(request)
    held = Q(order__in=visible_copies(actor).values("order"))
    seen = Q(order__in=visible_orders(actor).values("pk")) | held
    return load(rows.filter(seen, order__number=number), pk=signature)
