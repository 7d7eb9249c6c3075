"""Who is asking and in which language they are answered; strangers wait at the door, and refusals become pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused, Stale
from aftersign.kernel.clock.ids import new_id
from aftersign.kernel.org.models import Company, Deputyship, Person
from aftersign.kernel.org.queries import company, department_tree
from aftersign.kernel.org.remembering import remembering
from aftersign.kernel.shell import acting_for, errors
from aftersign.kernel.shell.responses import wants_part

LANGUAGE_KEY = "language"
SAFE = ("GET", "HEAD", "OPTIONS")
CHOOSE = "account_change_password"
OPEN_WITHOUT_CHOOSING = ("account_login", "account_logout", "account_reauthenticate", "shell:preferences")


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request an `actor` (None for a stranger), in the person's language and the company's time zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        with remembering():
            return answered(request)

    def answered(request: HttpRequest) -> HttpResponse:
        request_id = request.request_id = str(new_id())  # type: ignore[attr-defined]
        with timezone.override(_zone()):
            person = _seated(request.user)
            acting = acting_for.find(request, person)
            request.actor = _actor(request, person, acting, request_id)  # type: ignore[attr-defined]
            language = person.language if person else _language_of_stranger(request)
            with translation.override(language):
                response = _sent_too_late(request) or get_response(request)
        response.headers["X-Request-Id"] = request_id
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def _sent_too_late(request: HttpRequest) -> HttpResponse | None:
    """What was sent on behalf of somebody when that had just ended is refused, not done in one's own name instead."""
    if request.method in SAFE or not (name := acting_for.just_ended(request)):
        return None
    sentence = _("You no longer act for %(name)s. Nothing was done; open the page again to go on in your own name.")
    return errors.refused(request, Stale.because(sentence % {"name": name}))


def _seated(user: Any) -> Person | None:
    """The row itself of somebody who has signed in, with their department, which is read once for everybody."""
    if not isinstance(user, Person):
        return None
    person: Person = getattr(user, "_wrapped", user)
    if person.department_id:
        person.department = department_tree().get(person.department_id)
    return person


def _actor(request: HttpRequest, person: Person | None, acting: Deputyship | None, request_id: str) -> Actor | None:
    if person is None:
        return None
    return Actor(
        kind="person",
        person=person,
        on_behalf_of=_seated(acting.person) if acting else None,
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
    """Every page asks for a sign-in unless it says otherwise; a part of a page is answered with 401.

    Whoever still has the password that they were given is led to where they choose their own.
    """

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """The door for strangers, None for whoever may go on."""
        door = super().process_view(request, *view)
        if door is None and getattr(request.user, "must_change_password", False) and not _leads_on(request):
            return redirect(CHOOSE)
        return HttpResponse(status=401) if door is not None and wants_part(request) else door


def _leads_on(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name in (CHOOSE, *OPEN_WITHOUT_CHOOSING)


class Refusals:
    """An act that is refused where no form shows its problems is answered with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal; anything else goes its way."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None
