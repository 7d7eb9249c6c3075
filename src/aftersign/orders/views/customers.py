"""The pages on which a customer is listed and changed."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aftersign.kernel.access import capabilities
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.orders import acts
from aftersign.orders.forms.customers import CustomerForm
from aftersign.orders.models import Customer
from aftersign.orders.queries.customers import facts_of, get_for

forms = require_http_methods(["GET", "HEAD", "POST"])


@forms
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """List a customer."""
    house = company()
    if not capabilities.allowed(request.actor, "order.list_customer", house):  # type: ignore[attr-defined]
        raise PermissionDenied(_("Customers are listed by the departments that work on orders."))
    form = CustomerForm(request)
    if form.does(lambda: acts.list_customer(house, entry=form.entry, by=form.actor)):
        listed = cast(Customer, form.result)
        said = {"name": listed.name, "number": listed.number}
        return done(request, "orders:customers", _("%(name)s is listed as %(number)s.") % said)
    return page_or_part(request, "orders/customer.html", form=form)


@forms
@login_required
def customer(request: HttpRequest, number: str) -> HttpResponse:
    """What is known of a customer, and changing it."""
    found = get_for(request.actor, number)  # type: ignore[attr-defined]
    form = CustomerForm(request, found)
    if form.does(lambda: acts.change_customer(found, entry=form.entry, by=form.actor)):
        return done(request, "orders:customers", _("%(name)s is changed.") % {"name": found.name})
    known = facts_of(found, request.actor)  # type: ignore[attr-defined]
    return page_or_part(request, "orders/customer.html", form=form, customer=found, known=known)
