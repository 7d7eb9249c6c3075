"""The pages on which an order is completed, closed and resumed, each with what will follow."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.orders import acts, facts
from aftersign.orders.forms.completing import CompletionForm
from aftersign.orders.forms.halting import ClosingForm, ResumptionForm
from aftersign.orders.intents import Intent
from aftersign.orders.queries.days import today
from aftersign.orders.views.doors import actor_of, forms, order_for

UNSAID = "—"


@forms
@login_required
def complete(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the customer has accepted."""
    order = order_for(request, number, "order.complete")
    form = CompletionForm(request, order)
    if form.does(lambda: acts.complete(order, **form.completion, by=form.actor)):
        return done(request, order, _("The order is completed."))
    fact = facts.Completed(about=order, acceptance=UNSAID, accepted_by=UNSAID, accepted_on=today(company()))
    intent = Intent(order, "order.complete", fact, {})
    return page_or_part(request, "orders/complete.html", form=form, order=order, intent=intent)


@forms
@login_required
def resume(request: HttpRequest, number: str) -> HttpResponse:
    """Let a suspended order go on."""
    order = order_for(request, number, "order.resume")
    form = ResumptionForm(request, order)
    if form.does(lambda: acts.resume(order, **form.cleaned_data, by=form.actor)):
        return done(request, order, _("The order goes on; its deadlines run again."))
    intent = Intent(order, "order.resume", facts.Resumed(about=order, reason=UNSAID), {})
    return page_or_part(request, "orders/resume.html", form=form, order=order, intent=intent)


@forms
@login_required
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close an order on which nothing more is to be done."""
    order = order_for(request, number, "order.close")
    form = ClosingForm(request, order)
    if form.does(lambda: acts.close(order, by=form.actor)):
        return done(request, order, _("The order is closed."))
    fact = facts.Closed(about=order, closed_by=cast(Person, actor_of(request).person).pk)
    return page_or_part(
        request, "orders/close.html", form=form, order=order, intent=Intent(order, "order.close", fact, {})
    )
