"""Into the pages of the handover: who is signed in, what they see, and whether the page is theirs."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aftersign.chapters.handover.unit import visible_copies
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.loading import load
from aftersign.orders.casefile import get_for
from aftersign.orders.models import Order
from aftersign.orders.unit import visible_orders

View = Callable[..., HttpResponseBase]


def page(view: View) -> View:
    """A page for whoever is signed in, to be read and sent."""
    return require_http_methods(["GET", "HEAD", "POST"])(login_required(view))


def reading(view: View) -> View:
    """A page for whoever is signed in, to be read."""
    return require_safe(login_required(view))


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def order_of(request: HttpRequest, number: str) -> Order:
    """The order of that number; raises `Http404` when it may not be seen."""
    return get_for(actor_of(request), number)


def held_order(request: HttpRequest, number: str, form_number: int) -> Order:
    """The order of that number for whoever sees it, or whose department was sent that version of its form."""
    actor = actor_of(request)
    sent = visible_copies(actor).filter(form__number=form_number)
    read = Q(pk__in=visible_orders(actor).values("pk")) | Q(pk__in=sent.values("order"))
    return load(Order.objects.filter(read).select_related("customer", "sales_owner__department"), number=number)


def given_order(request: HttpRequest, number: str) -> Order:
    """The order of that number for its giving side; raises `PermissionDenied` saying who that is."""
    order = order_of(request, number)
    if not allowed(actor_of(request), "handover.submit", order):
        who = {"name": order.sales_owner.name}
        raise PermissionDenied(_("Only %(name)s, the sales owner, hands this order over.") % who)
    return order


def address(order: Order) -> str:
    """Where the handover of an order stands."""
    return reverse("handover:form", args=[order.number])
