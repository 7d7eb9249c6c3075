"""Who asks by a program: the token in the header, its person, what it opens, and how often it may ask."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from aftersign.kernel.access import tokens
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Token
from aftersign.kernel.shell.api.limits import wait_for
from aftersign.kernel.shell.api.problem import REALM, Trouble
from aftersign.kernel.shell.asking import address_of

KEY_LENGTH = 200
_VERSION = re.compile(r'(?:W/)?"?(\d{1,9})"?')


class Opened:
    """Lets a request through whose token opens a scope, and makes its person the one who acts."""

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Token:
        token = _token(request)
        if seconds := wait_for(str(token.pk)):
            sentence = _("This token has sent too many requests; wait %(n)d seconds.") % {"n": seconds}
            raise Trouble("too-many", sentence, headers={"Retry-After": str(seconds)})
        if self.scope and not tokens.opens(token, self.scope):
            challenge = f'{REALM}, error="insufficient_scope", scope="{self.scope}"'
            sentence = _("This needs the scope %(scope)s.") % {"scope": self.scope}
            raise Trouble("scope", sentence, headers={"WWW-Authenticate": challenge})
        _seat(request, token)
        return token


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def acting(request: HttpRequest, *, versioned: bool = False) -> Actor:
    """Who does something, with the key under which it is done once, and with the version that they have seen."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > KEY_LENGTH:
        raise Trouble("malformed", _("An Idempotency-Key has at most %(n)d characters.") % {"n": KEY_LENGTH})
    token: Token = request.auth  # type: ignore[attr-defined]
    own = hashlib.sha256(f"{token.pk} {key}".encode(errors="replace")).hexdigest() if key else ""
    return actor_of(request).with_form(key=own, version=_version(request) if versioned else None)


def _version(request: HttpRequest) -> int | None:
    said = request.headers.get("If-Match", "").strip()
    if said in ("", "*"):
        return None
    if found := _VERSION.fullmatch(said):
        return int(found[1])
    raise Trouble("malformed", _('If-Match gives the version as the ETag did, such as "3".'))


def _token(request: HttpRequest) -> Token:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        sentence = _("Send a token in the header: Authorization: Bearer TOKEN.")
        raise Trouble("unauthenticated", sentence, headers={"WWW-Authenticate": REALM})
    token = tokens.held(text.strip())
    if token is None:
        sentence = _("This token is unknown, has run out or was revoked, or its person no longer works here.")
        raise Trouble("unauthenticated", sentence, headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'})
    return token


def _seat(request: HttpRequest, token: Token) -> None:
    """From here on the request is the person's, in their language unless the program asked for one."""
    found: Any = request
    found.actor = Actor(
        kind="person",
        person=token.person,
        request_id=getattr(request, "request_id", ""),
        address=address_of(request),
        device=f"API: {token.name}",
    )
    if "Accept-Language" not in request.headers:
        translation.activate(token.person.language)
