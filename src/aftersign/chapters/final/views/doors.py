"""Into the pages of editions: who is signed in, and whether they may draft, issue or withdraw."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.org.queries import company, holder_of
from aftersign.kernel.units import words
from aftersign.policy.models import Edition

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


def may_draft(actor: Actor) -> bool:
    """Whether somebody drafts editions."""
    return allowed(actor, "policy.draft", company())


def only_drafters(request: HttpRequest) -> None:
    """Raise `PermissionDenied` for whoever does not draft editions, saying who does."""
    if not may_draft(actor_of(request)):
        raise PermissionDenied(_only("policy_owner"))


def only(request: HttpRequest, capability: str, edition: Edition) -> None:
    """Raise `PermissionDenied` for whoever may not do this to an edition, saying who may."""
    if not allowed(actor_of(request), capability, edition):
        raise PermissionDenied(_only("general_manager"))


def _only(post: str) -> str:
    holder = holder_of(post)
    said = {"post": words.label("role", post, get_language() or "zh-hans"), "name": holder.name if holder else ""}
    if holder is None:
        return _("Only whoever holds the post %(post)s does this, and nobody holds it now.") % said
    return _("Only %(name)s does this, who holds the post %(post)s.") % said
