"""The pages on which a signed order is registered, and one that was running before the system is adopted."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aftersign.kernel.access import capabilities
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.orders import acts
from aftersign.orders.forms.adopting import AdoptionForm
from aftersign.orders.forms.registering import RegistrationForm
from aftersign.orders.models import Order
from aftersign.orders.queries.customers import suggested


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Register a signed order, then go on to its handover."""
    house = company()
    if not capabilities.allowed(request.actor, "order.register", house):  # type: ignore[attr-defined]
        raise PermissionDenied(_("Orders are registered by the sales department."))
    form = RegistrationForm(request)
    if form.does(lambda: acts.register(house, registration=form.registration, by=form.actor)):
        order = cast(Order, form.result)
        return done(request, _next_page(order), _("%(number)s is registered.") % {"number": order.number})
    return page_or_part(request, "orders/register.html", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adopt(request: HttpRequest) -> HttpResponse:
    """Take in an order that was running before the system."""
    house = company()
    if not capabilities.allowed(request.actor, "order.adopt", house):  # type: ignore[attr-defined]
        raise PermissionDenied(_("Orders are registered by the sales department."))
    form = AdoptionForm(request)
    if form.does(lambda: acts.adopt(house, **form.adoption, by=form.actor)):
        order = cast(Order, form.result)
        return done(request, order, _("%(number)s is adopted; nothing of it is late.") % {"number": order.number})
    return page_or_part(request, "orders/adopt.html", form=form)


@require_safe
@login_required
def suggestions(request: HttpRequest) -> HttpResponse:
    """Customers for the list under the field while somebody types."""
    found = suggested(request.GET.get("customer", ""))
    return page_or_part(request, "orders/parts/suggestions.html", customers=found)


def _next_page(order: Order) -> str:
    """The handover's form where that chapter is installed, else the case file."""
    for name in ("handover:form", "orders:order"):
        try:
            return reverse(name, args=[order.number])
        except NoReverseMatch:
            continue
    return reverse("orders:list")
