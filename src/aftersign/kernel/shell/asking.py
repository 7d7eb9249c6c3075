"""Where a request comes from, and whoever asks as an actor before anybody is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Person


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks: that of the connection, or as the web servers in front that are trusted tell it."""
    trusted: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted and len(passed) >= trusted and passed[-trusted]:
        return passed[-trusted][:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def whole(written: object, otherwise: int = 0) -> int:
    """The whole number of at most nine digits that an address or a form writes; `otherwise` for anything else."""
    text = str(written or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def device_of(request: HttpRequest) -> str:
    """What the browser or program calls itself."""
    return request.headers.get("User-Agent", "")[:200]


def asking(request: HttpRequest, person: Person | None = None) -> Actor:
    """Who has signed in, else `person`, else nobody in particular; with address, device and number of the request."""
    known: Actor | None = getattr(request, "actor", None)
    if known is not None:
        return known
    return Actor(
        "person",
        person=person,
        request_id=getattr(request, "request_id", ""),
        address=address_of(request),
        device=device_of(request),
    )
