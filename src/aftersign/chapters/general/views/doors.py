"""Into the pages of the general chapter: who is signed in, what they see, and whether the page is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aftersign.chapters.general.queries.owning import who_may
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.loading import load
from aftersign.policy.cards import Card, cards
from aftersign.policy.models import Duty
from aftersign.policy.unit import visible_duties

View = Callable[..., HttpResponseBase]
_RELATED = ("order__customer", "owner__department", "owner_department__head", "edition")


def page(view: View) -> View:
    """A page for whoever is signed in, to be read and sent."""
    return require_http_methods(["GET", "HEAD", "POST"])(login_required(view))


def reading(view: View) -> View:
    """A page for whoever is signed in, to be read."""
    return require_safe(login_required(view))


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def card_for(request: HttpRequest, pk: UUID, act: str) -> Card:
    """A duty as a card, for whoever may do an act on it; raises `Http404`, or `PermissionDenied` saying who may."""
    seen = visible_duties(actor_of(request)).select_related(*_RELATED).defer("edition__files")
    duty: Duty = load(seen, pk=pk)
    if not allowed(actor_of(request), act, duty):
        raise PermissionDenied(who_may(duty))
    return cards([duty])[0]


def permit(request: HttpRequest, capability: str, unit: Any, sentence: str = "") -> None:
    """Raise `PermissionDenied` for whoever has no such right on a unit."""
    if not allowed(actor_of(request), capability, unit):
        raise PermissionDenied(sentence or _("You have no right to do this here."))
