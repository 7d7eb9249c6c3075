"""Who is asking: the actor of each request, the id under which it is logged, and the language of its answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.models import Person

LANGUAGE_KEY = "language"


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request an `actor` (None for a stranger) and speak the person's language."""

    def answer(request: HttpRequest) -> HttpResponse:
        request_id = str(new_id())
        person = request.user if isinstance(request.user, Person) else None
        request.actor = _actor(request, person, request_id) if person else None  # type: ignore[attr-defined]
        language = person.language if person else _language_of_stranger(request)
        with translation.override(language):
            response = get_response(request)
        response.headers["X-Request-Id"] = request_id
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def _actor(request: HttpRequest, person: Person, request_id: str) -> Actor:
    return Actor(
        kind="person",
        person=person,
        request_id=request_id,
        address=request.META.get("REMOTE_ADDR", ""),
        device=request.headers.get("User-Agent", "")[:200],
    )


def _language_of_stranger(request: HttpRequest) -> str:
    return request.session.get(LANGUAGE_KEY) or get_language_from_request(request)
