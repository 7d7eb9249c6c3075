"""Into the pages of an order: who asks, and whether the page is theirs."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.orders.casefile import get_for
from aftersign.orders.models import Order

forms = require_http_methods(["GET", "HEAD", "POST"])

_OWN = _("Only the sales owner, whoever is named on the order, and their heads may do this.")
_TEAM = _("Only the head of the project department or the general manager names the team.")
_WHO_MAY: dict[str, Promise | str] = {"order.name_team": _TEAM}


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def order_for(request: HttpRequest, number: str, *acts: str) -> Order:
    """The order of that number for somebody who may do one of these acts on it.

    Raises `Http404` when it may not be seen, and `PermissionDenied` saying who may.
    """
    order = get_for(actor_of(request), number)
    if not any(capabilities.allowed(actor_of(request), act, order) for act in acts):
        raise PermissionDenied(_WHO_MAY.get(acts[0], _OWN))
    return order
