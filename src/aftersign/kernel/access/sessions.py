"""Sessions that know whose they are: Django's engine over the table of sign-ins, with an end that no use puts off.

A session ends after `SESSION_COOKIE_AGE` seconds without use, and `SESSION_LONGEST` seconds after its sign-in in any
case. Use is noted every few minutes, not at every request.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone

from aftersign.kernel.access.models import SignIn
from aftersign.kernel.org.models import Person

BEGAN, SEEN, ADDRESS, DEVICE = "_began", "_seen", "_address", "_device"
NOTED_EVERY = timedelta(minutes=5)
SWEPT_EVERY = timedelta(hours=1)


class SessionStore(DatabaseStore):
    """Saves with each session who is signed in by it, and never beyond its last moment."""

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """The table of sign-ins."""
        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """The row of this session; `SEEN` moves on at each time it is saved."""
        person = data.get(SESSION_KEY)
        if person is None:
            return SignIn(self._get_or_create_session_key(), self.encode(data), self.get_expiry_date())  # type: ignore[attr-defined]
        seen = timezone.now()
        data.setdefault(BEGAN, seen.isoformat())
        data[SEEN] = seen.isoformat()
        began = datetime.fromisoformat(data[BEGAN])
        last = began + timedelta(seconds=settings.SESSION_LONGEST)
        return SignIn(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=min(self.get_expiry_date(), last),
            person_id=person,
            address=data.get(ADDRESS, ""),
            device=data.get(DEVICE, ""),
            began_at=began,
            seen_at=seen,
        )


def begin(session: SessionBase, *, address: str, device: str) -> None:
    """Note with a session that has just begun where it was begun."""
    session[BEGAN] = timezone.now().isoformat()
    session[ADDRESS], session[DEVICE] = address[:45], device[:200]


def note_use(session: SessionBase) -> None:
    """Put off the end of a session that is in use; writes at most every few minutes."""
    seen = session.get(SEEN)
    if seen is not None and timezone.now() - datetime.fromisoformat(seen) >= NOTED_EVERY:
        session.modified = True


def running(person: Person) -> QuerySet[SignIn]:
    """The sign-ins of a person that have not ended, the last seen first."""
    return SignIn.objects.filter(person=person, expire_date__gt=timezone.now()).order_by("-seen_at", "-began_at")


def end(person: Person, *, only: str = "", but: Iterable[str | None] = ()) -> int:
    """End the sign-ins of a person, or `only` the one of a mark, `but` those with these keys; how many were ended."""
    found = running(person).exclude(session_key__in=[each for each in but if each])
    if only:
        found = found.filter(session_key__in=[each.session_key for each in found if each.mark == only])
    return found.delete()[0]


class Sweep:
    """Removes what has ended, at most once an hour."""

    def __init__(self) -> None:
        self._next = timezone.now()

    def look(self) -> None:
        """Remove it when it is time."""
        if timezone.now() >= self._next:
            SessionStore.clear_expired()
            self._next = timezone.now() + SWEPT_EVERY
