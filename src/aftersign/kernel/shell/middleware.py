"""Who is asking and in which language they are answered; strangers wait at the door, and refusals become pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.sessions import note_use
from aftersign.kernel.acts.refusals import Refused, Stale
from aftersign.kernel.clock import eras
from aftersign.kernel.org.models import Company, Deputyship, Language, Person
from aftersign.kernel.org.queries import company, department_tree
from aftersign.kernel.org.remembering import remembering
from aftersign.kernel.shell import acting_for, errors
from aftersign.kernel.shell.asking import address_of, device_of
from aftersign.kernel.shell.responses import wants_part

LANGUAGE_KEY = "language"
SAFE = ("GET", "HEAD", "OPTIONS")
CHOOSE = "account_change_password"
SET_UP = "mfa_activate_totp"
OPEN_WITHOUT_CHOOSING = ("account_login", "account_logout", "account_reauthenticate", "shell:preferences")


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request an `actor` (None for a stranger), in the person's language and the company's time zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        with remembering():
            return answered(request)

    def answered(request: HttpRequest) -> HttpResponse:
        request_id: str = request.request_id  # type: ignore[attr-defined]
        with timezone.override(_zone()):
            person = _seated(request.user)
            acting = acting_for.find(request, person)
            note_use(request.session)
            request.actor = _actor(request, person, acting, request_id)  # type: ignore[attr-defined]
            language = person.language if person else _language_of_stranger(request)
            with translation.override(language), eras.counting(years_of(person, language)):
                response = _sent_too_late(request) or get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def years_of(person: Person | None, language: str) -> str:
    """How somebody who reads in a language counts years: other than in the common era in traditional Chinese only."""
    return person.years if person and language == Language.ZH_HANT else ""


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
        address=address_of(request),
        device=device_of(request),
    )


def _zone() -> str:
    try:
        return company().time_zone
    except Company.DoesNotExist:
        return settings.TIME_ZONE


def _language_of_stranger(request: HttpRequest) -> str:
    """What they chose here, else the first language of their browser that the house speaks, else the company's."""
    chosen: str = request.session.get(LANGUAGE_KEY) or ""
    return chosen or _language_of_browser(request.headers.get("Accept-Language", "")) or _language_of_house()


def _language_of_browser(said: str) -> str:
    for wanted, _weight in parse_accept_lang_header(said):
        with suppress(LookupError):
            return get_supported_language_variant(wanted)
    return ""


def _language_of_house() -> str:
    try:
        return company().language
    except Company.DoesNotExist:
        return settings.LANGUAGE_CODE


class SignedIn(LoginRequiredMiddleware):
    """Every page asks for a sign-in unless it says otherwise; a part of a page is answered with 401.

    Whoever still has the password that they were given is led to where they choose their own, and whoever lacks a
    second factor that the company asks for to where they set it up.
    """

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """The door for strangers, None for whoever may go on."""
        door = super().process_view(request, *view)
        person = request.user
        if door is None and isinstance(person, Person) and (to := _first(person)) and not _leads_on(request, to):
            return redirect(to)
        return HttpResponse(status=401) if door is not None and wants_part(request) else door


def _first(person: Person) -> str:
    """The name of the page on which something has to be done before anything else."""
    if person.must_change_password:
        return CHOOSE
    return SET_UP if person.lacks_second_factor else ""


def _leads_on(request: HttpRequest, to: str) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name in (to, *OPEN_WITHOUT_CHOOSING)


class Refusals:
    """An act that is refused where no form shows its problems is answered with a page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a refusal; anything else goes its way."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None
