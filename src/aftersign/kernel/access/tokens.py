"""Tokens with which programs act as a person: made once, known by their digest, asked again at every request."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.models import Event
from aftersign.kernel.clock import now
from aftersign.kernel.org.marks import is_demo
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
    "files:write",
)
NOTED_EVERY = timedelta(hours=1)


def make(
    person: Person, *, name: str, scopes: Iterable[str], expires_at: datetime, by: Actor | None = None
) -> tuple[Token, str]:
    """A token for a person with the text that is shown this once; raises `ValueError` for a scope that is none."""
    wanted = sorted(set(scopes))
    if unknown := [each for each in wanted if each not in SCOPES]:
        raise ValueError(f"there is no scope {', '.join(unknown)}")
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person, name=name, scopes=wanted, digest=_digest(text), made_at=now(), expires_at=expires_at
    )
    audit.note(Event.TOKEN_MADE, by=by, about=person, subject=f"{token.pk} {' '.join(wanted)}".strip())
    return token, text


def revoke(token: Token, *, by: Actor | None = None) -> Token:
    """A token that opens nothing from now on."""
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        audit.note(Event.TOKEN_REVOKED, by=by, about=token.person, subject=str(token.pk))
    return token


def running(person: Person | None = None) -> QuerySet[Token]:
    """Tokens that open something now, of one person or of all, the newest first."""
    rows = Token.objects.filter(revoked_at=None, expires_at__gt=now()).select_related("person")
    return (rows if person is None else rows.filter(person=person)).order_by("-made_at")


def held(text: str) -> Token | None:
    """The token of a text with its person, while it runs and its person works here; its use is noted once an hour."""
    known = Token.objects.select_related("person__department").annotate(in_demo=is_demo())
    token = known.filter(digest=_digest(text), revoked_at=None, expires_at__gt=now()).first()
    if token is None or token.person.is_operating or not Actor("person", person=token.person).is_person:
        return None
    if token.person.is_sample and not token.in_demo:
        return None
    if token.used_at is None or now() - token.used_at >= NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=now())
    return token


def opens(token: Token, scope: str) -> bool:
    """Whether a token was made for a scope."""
    return not token.scopes or scope in token.scopes


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
