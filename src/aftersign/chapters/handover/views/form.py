"""The tab of the case file: the form being filled in, and the form as it was handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.handover import acts, queries
from aftersign.chapters.handover.forms import CorrectForm, FillForm, files_of, paper_to_remove
from aftersign.chapters.handover.printing import print_form
from aftersign.chapters.handover.views.doors import actor_of, address, given_order, held_order, order_of, page, reading
from aftersign.chapters.handover.views.reader import Reader
from aftersign.kernel.access import audit
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.models import Event
from aftersign.kernel.shell.responses import done, page_or_part, toast
from aftersign.orders.models import Order


@page
def form(request: HttpRequest, number: str) -> HttpResponse:
    """The handover form of an order: to be filled in, or as it stands."""
    standing = queries.standing((given_order if request.method == "POST" else order_of)(request, number))
    order, given = standing.order, allowed(actor_of(request), "handover.submit", standing.order)
    adopted = "" if standing.form else queries.adopted_at(order)
    if standing.form is None and given and (not adopted or "fill" in request.GET or request.method == "POST"):
        return _fill(request, standing)
    reader = Reader(actor_of(request), standing, standing.form) if standing.form else None
    shown: dict[str, Any] = {"standing": standing, "reader": reader, "adopted": adopted, "may_fill": given}
    return page_or_part(request, "handover/form.html", order=order, **shown)


def _fill(request: HttpRequest, standing: queries.Standing) -> HttpResponse:
    order = standing.order
    filling = FillForm(request, standing, _taken(request, order))
    if filling.does(lambda: acts.send_and_sign(order, **filling.said, by=filling.actor)):
        return done(request, address(order), _("Signed and sent. It now waits for the departments."))
    return page_or_part(request, "handover/fill.html", order=order, form=filling)


@page
def correct_form(request: HttpRequest, number: str) -> HttpResponse:
    """The next version of a submitted form, with answers to what was returned."""
    standing = queries.standing(given_order(request, number))
    filling = CorrectForm(request, standing, _taken(request, standing.order))
    if filling.does(lambda: acts.correct_and_resend(standing.order, **filling.said, by=filling.actor)):
        return done(
            request, address(standing.order), _("The new version has been signed and sent to every department.")
        )
    return page_or_part(request, "handover/correct.html", order=standing.order, form=filling)


def _taken(request: HttpRequest, order: Order) -> tuple[str, ...]:
    """Put files that came along among the papers of the order, or take one off; sentences about what was not done."""
    if paper := paper_to_remove(request):
        return acts.take_off(order, paper=paper, by=actor_of(request))
    return acts.attach(order, files=files_of(request), by=actor_of(request)) if request.FILES else ()


@reading
def version(request: HttpRequest, number: str, form_number: int) -> HttpResponse:
    """An earlier version as it was signed, marked where it differs from the one before."""
    standing = queries.standing(order_of(request, number))
    form = queries.form_of(standing, form_number)
    base = queries.form_of(standing, form_number - 1) if form_number > 1 else None
    reader = Reader(actor_of(request), standing, form, base)
    return page_or_part(request, "handover/form.html", order=standing.order, standing=standing, reader=reader)


@reading
def printed(request: HttpRequest, number: str, form_number: int) -> HttpResponse:
    """A version on paper: a PDF to be kept as a file, with a warning where it could not show every character."""
    standing = queries.standing(held_order(request, number, form_number))
    form = queries.form_of(standing, form_number)
    paper = print_form(standing, form, origin=request.build_absolute_uri("/")[:-1], by=actor_of(request).name)
    if paper.warning:
        toast(request, paper.warning, refused=True)
    name = f"{form.handover.number}-{form.number}.pdf"
    audit.note(Event.FILE_READ, by=actor_of(request), subject=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(paper.pdf, content_type="application/pdf", headers=headers)


@reading
def check(request: HttpRequest, number: str, form_number: int) -> HttpResponse:
    """Work out the check value of a version anew, and compare it with the signatures and with the journal."""
    standing = queries.standing(order_of(request, number))
    form = queries.form_of(standing, form_number)
    return page_or_part(request, "handover/check.html", order=standing.order, proof=queries.proof_of(standing, form))
