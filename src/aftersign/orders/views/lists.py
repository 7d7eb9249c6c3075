"""The list of orders and the list of customers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from aftersign.kernel.access import capabilities
from aftersign.kernel.org.queries import company
from aftersign.orders.listing import CustomerList, OrderList
from aftersign.orders.queries import customers


@require_safe
@login_required
def orders(request: HttpRequest) -> HttpResponseBase:
    """The orders that the reader may see."""
    return OrderList(request).response("orders/list.html")


@require_safe
@login_required
def customer_list(request: HttpRequest) -> HttpResponseBase:
    """The customers."""
    actor = request.actor  # type: ignore[attr-defined]
    may_list = capabilities.allowed(actor, "order.list_customer", company())
    return CustomerList(request, customers.listed_for(actor)).response("orders/customers.html", may_list=may_list)
