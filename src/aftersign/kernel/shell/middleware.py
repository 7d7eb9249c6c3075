"""Who is asking and in which language they are answered; strangers wait at the door, and refusals become pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company, department_tree
from aftersign.kernel.org.remembering import remembering
from aftersign.kernel.shell import errors
from aftersign.kernel.shell.responses import wants_part

LANGUAGE_KEY = "language"


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request an `actor` (None for a stranger), in the person's language and the company's time zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        with remembering():
            return answered(request)

    def answered(request: HttpRequest) -> HttpResponse:
        request_id = str(new_id())
        person = request.user if isinstance(request.user, Person) else None
        if person is not None and person.department_id:
            person.department = department_tree().get(person.department_id)
        request.actor = _actor(request, person, request_id) if person else None  # type: ignore[attr-defined]
        language = person.language if person else _language_of_stranger(request)
        with translation.override(language), timezone.override(_zone()):
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


def _zone() -> str:
    try:
        return company().time_zone
    except Company.DoesNotExist:
        return settings.TIME_ZONE


def _language_of_stranger(request: HttpRequest) -> str:
    return request.session.get(LANGUAGE_KEY) or get_language_from_request(request)


class SignedIn(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it says otherwise; a part of a page is answered with 401."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """The door for strangers, None for whoever may go on."""
        door = super().process_view(request, *view)
        return HttpResponse(status=401) if door is not None and wants_part(request) else door


class Refusals:
    """An act that is refused where no form shows its problems is answered with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal; anything else goes its way."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None
