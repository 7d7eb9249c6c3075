"""Pages across rooms: my work, a duty, a clause and all of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aftersign.chapters.general.acts import take_duty
from aftersign.desk.batch import Batch, verbs_of
from aftersign.desk.listing import CHANGED, WorkList
from aftersign.desk.queries import clauses, duties, work
from aftersign.desk.queries.order import of_order as duties_of_order
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.clock import new_id
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import back, done, page_or_part, swapped, toast, wants_part
from aftersign.kernel.shell.views import LANGUAGES
from aftersign.orders.casefile import get_for
from aftersign.policy.models import Duty
from aftersign.policy.unit import visible_duties


@require_safe
@login_required
def my_work(request: HttpRequest) -> HttpResponseBase:
    """What waits for me, what my department may take, and what I wait for; auditors begin with compliance."""
    actor = _actor(request)
    if actor.principal and actor.principal.is_auditor and not request.GET:
        return redirect("compliance")
    listing = WorkList(request, work.desk_of(actor))
    verbs = verbs_of(listing.tab)
    return listing.response("desk/my_work.html", work=listing.work, verbs=verbs, key=new_id())


@require_safe
@login_required
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One duty with its clock and its proof."""
    return page_or_part(request, "desk/duty.html", page=duties.duty_page(_actor(request), _duty(request, pk)))


@require_POST
@login_required
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a duty of my department mine, from its page or from its row in a list."""
    found, form = _duty(request, pk), ActForm(request)
    if form.does(lambda: take_duty(found, by=form.actor)):
        toast(request, _("Taken; it stands among your duties now"))
    for problem in form.problems:
        toast(request, problem.sentence, refused=True)
    if wants_part(request):
        return swapped(request, CHANGED)
    to = back(request) if "next" in request.POST else reverse("duty", args=[pk])
    return redirect(to) if form.problems else done(request, to)


@require_POST
@login_required
def batch(request: HttpRequest) -> HttpResponse:
    """Do one act to several duties: those that can be are done, and the others say why not."""
    chosen = Batch(request, visible_duties(_actor(request)))
    if chosen.is_empty:
        toast(request, _("Choose the duties first"), refused=True)
        return done(request, back(request))
    if chosen.is_done:
        return done(request, back(request), chosen.said)
    return page_or_part(request, "desk/batch.html", status=chosen.status, batch=chosen, form=chosen.form)


@require_safe
@login_required
def clause(request: HttpRequest, number: str) -> HttpResponse:
    """One clause: its text, what it makes people owe, and how well it was kept."""
    asked = request.GET
    page = clauses.clause_page(_actor(request), number, asked.get("version", ""), asked.get("lang", ""))
    return page_or_part(request, "desk/clause.html", page=page, languages=LANGUAGES)


@require_safe
@login_required
def all_clauses(request: HttpRequest) -> HttpResponse:
    """All clauses of the edition in force, by chapter."""
    return page_or_part(request, "desk/clauses.html", page=clauses.chapters())


@require_safe
@login_required
def order_duties(request: HttpRequest, number: str) -> HttpResponse:
    """The duties of an order, by chapter."""
    order, only_open = get_for(_actor(request), number), request.GET.get("open") == "1"
    found = duties_of_order(_actor(request), order, only_open=only_open)
    return page_or_part(request, "desk/order_duties.html", order=order, tab="duties", found=found, only_open=only_open)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _duty(request: HttpRequest, pk: UUID) -> Duty:
    related = ("order__customer", "owner__department", "owner_department__head", "edition")
    return load(visible_duties(_actor(request)).select_related(*related).defer("edition__files"), pk=pk)
