"""The case file of an order, and the pages on which an order is changed and staffed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.orders import acts, tabs
from aftersign.orders.casefile import CaseFile, get_for
from aftersign.orders.forms.particulars import InformationForm
from aftersign.orders.forms.team import TeamForm
from aftersign.orders.queries.activity import happenings
from aftersign.orders.queries.known import particulars_of
from aftersign.orders.views.doors import actor_of, forms, order_for


@require_safe
@login_required
def order(request: HttpRequest, number: str) -> HttpResponse:
    """What an order says, and what the policy and the chapters make of it."""
    actor = actor_of(request)
    case = CaseFile(get_for(actor, number), actor, tabs.OVERVIEW)
    return page_or_part(request, "orders/order.html", case=case, order=case.order)


@require_safe
@login_required
def activity(request: HttpRequest, number: str) -> HttpResponse:
    """What has happened to an order, newest first."""
    actor = actor_of(request)
    case = CaseFile(get_for(actor, number), actor, tabs.ACTIVITY)
    found, more = happenings(case.order, actor, before=_sequence(request))
    return page_or_part(request, "orders/activity.html", case=case, order=case.order, happenings=found, more=more)


def _sequence(request: HttpRequest) -> int | None:
    said = request.GET.get("before", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


@forms
@login_required
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change what an order says."""
    order = order_for(request, number, "order.change_information")
    form = InformationForm(request, order, particulars_of(order))
    if form.does(lambda: acts.change_information(order, **form.changes, by=form.actor)):
        return done(request, order, _("Changed. What stood there before is kept under Activity."))
    return page_or_part(request, "orders/edit.html", form=form, order=order)


@forms
@login_required
def team(request: HttpRequest, number: str) -> HttpResponse:
    """Name who holds the posts of an order."""
    order = order_for(request, number, "order.name_team")
    form = TeamForm(request, order)
    if form.does(lambda: acts.name_team(order, team=form.team, by=form.actor)):
        return done(request, order, _("The team is named."))
    return page_or_part(request, "orders/team.html", form=form, order=order)
