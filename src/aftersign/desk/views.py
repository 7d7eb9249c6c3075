"""Pages across rooms: my work, a duty, a clause and all of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from aftersign.chapters.general.acts import take_duty
from aftersign.desk.queries import clauses, duties, work
from aftersign.desk.queries.order import of_order as duties_of_order
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import done, page_or_part, toast
from aftersign.orders.casefile import get_for
from aftersign.policy.models import Duty
from aftersign.policy.unit import visible_duties

SIZE, MOST = 50, 20


@require_safe
@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for me, what my department may take, and what I wait for."""
    pages = request.GET.get("pages", "1")
    size = SIZE * (max(1, min(MOST, int(pages))) if pages.isdecimal() else 1)
    found = work.work_of(_actor(request), request.GET.get("tab", ""), size)
    return page_or_part(request, "desk/my_work.html", work=found)


@require_safe
@login_required
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One duty with its clock and its proof."""
    return page_or_part(request, "desk/duty.html", page=duties.duty_page(_actor(request), _duty(request, pk)))


@require_POST
@login_required
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a duty of my department mine."""
    found, form = _duty(request, pk), ActForm(request)
    if form.does(lambda: take_duty(found, by=form.actor)):
        return done(request, found)
    for problem in form.problems:
        toast(request, problem.sentence)
    return redirect("duty", pk=pk)


@require_safe
@login_required
def clause(request: HttpRequest, number: str) -> HttpResponse:
    """One clause: its text, what it makes people owe, and how well it was kept."""
    asked = request.GET
    page = clauses.clause_page(_actor(request), number, asked.get("version", ""), asked.get("lang", ""))
    return page_or_part(request, "desk/clause.html", page=page)


@require_safe
@login_required
def all_clauses(request: HttpRequest) -> HttpResponse:
    """All clauses of the edition in force, by chapter."""
    return page_or_part(request, "desk/clauses.html", chapters=clauses.chapters())


@require_safe
@login_required
def order_duties(request: HttpRequest, number: str) -> HttpResponse:
    """The duties of an order, by chapter."""
    order, only_open = get_for(_actor(request), number), request.GET.get("open") == "1"
    chapters = duties_of_order(_actor(request), order, only_open=only_open)
    return page_or_part(
        request, "desk/order_duties.html", order=order, tab="duties", chapters=chapters, only_open=only_open
    )


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _duty(request: HttpRequest, pk: UUID) -> Duty:
    related = ("order__customer", "owner__department", "owner_department__head", "edition")
    return load(visible_duties(_actor(request)).select_related(*related).defer("edition__files"), pk=pk)
