"""Tokens with which programs act as a person: made once, known by their digest, asked again at every request."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person, Token

PREFIX = "aftersign_"
"""By which a text that leaked is known for a token."""
SCOPES = (
    "orders:read",
    "orders:write",
    "handover:read",
    "handover:write",
    "duties:read",
    "duties:write",
    "clauses:read",
    "facts:read",
    "files:read",
)
NOTED_EVERY = timedelta(hours=1)
_log = logging.getLogger(__name__)


def make(person: Person, *, name: str, scopes: Iterable[str], expires_at: datetime) -> tuple[Token, str]:
    """A token for a person with the text that is shown this once; raises `ValueError` for a scope that is none."""
    wanted = sorted(set(scopes))
    if unknown := [each for each in wanted if each not in SCOPES]:
        raise ValueError(f"there is no scope {', '.join(unknown)}")
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person, name=name, scopes=wanted, digest=_digest(text), made_at=now(), expires_at=expires_at
    )
    _log.warning("token %s (%s) made for %s, until %s", name, token.pk, person.account, expires_at.isoformat())
    return token, text


def revoke(token: Token) -> Token:
    """A token that opens nothing from now on."""
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        _log.warning("token %s (%s) revoked", token.name, token.pk)
    return token


def held(text: str) -> Token | None:
    """The token of a text with its person, while it runs and its person works here; its use is noted once an hour."""
    known = Token.objects.select_related("person__department")
    token = known.filter(digest=_digest(text), revoked_at=None, expires_at__gt=now()).first()
    if token is None or token.person.is_operating or not Actor("person", person=token.person).is_person:
        return None
    if token.used_at is None or now() - token.used_at >= NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now())
    return token


def opens(token: Token, scope: str) -> bool:
    """Whether a token was made for a scope."""
    return not token.scopes or scope in token.scopes


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
