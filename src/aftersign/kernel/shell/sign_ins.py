"""Where somebody is signed in, and with what: one's own page, and an administrator's page of a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from aftersign.kernel.access import audit, sessions
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.loading import load
from aftersign.kernel.access.models import Event, SignIn
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import second_factor
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.kernel.units.addresses import address_of

BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("wxwork", "WeCom"),
    ("DingTalk", "DingTalk"),
    ("Lark|Feishu", "Feishu"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS|Chromium", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Shown:
    """A sign-in as a page shows it; `here` is the one by which the page was asked for."""

    sign_in: SignIn
    device: str
    here: bool


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and the second factor."""
    person = _actor(request).person
    return page_or_part(request, "shell/sign_ins.html", **_shown(request, person))


@require_POST
@login_required
def end_mine(request: HttpRequest) -> HttpResponse:
    """End one of one's own sign-ins, or all but this one."""
    person: Any = _actor(request).person
    only = request.POST.get("sign_in", "")
    ended = _end(request, person, only=only, but=() if only else (request.session.session_key,))
    return done(request, "mfa_index", ended)


@require_safe
@login_required
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where somebody is signed in, for an administrator."""
    person = _person(request, pk, audit.END_SIGN_INS)
    return page_or_part(request, "shell/sign_ins_of.html", person=person, **_shown(request, person))


@require_POST
@login_required
def end_of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End one sign-in of somebody, or all of them."""
    person = _person(request, pk, audit.END_SIGN_INS)
    ended = _end(request, person, only=request.POST.get("sign_in", ""))
    return done(request, address_of("shell:sign_ins_of", person.pk), ended)


@require_POST
@login_required
def reset_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take somebody's second factor away, because their telephone is lost."""
    person = _person(request, pk, audit.RESET_FACTOR)
    second_factor.reset(person, by=_actor(request))
    return done(
        request,
        address_of("shell:sign_ins_of", pk),
        _("The second factor of %(name)s is reset.") % {"name": person.name},
    )


def device_in_words(said: str) -> str:
    """What a browser calls itself, in short: its name and the system; as it says when nothing is known of it."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, said)), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, said)), "")
    return " · ".join(filter(None, (browser, system))) or said[:60] or "—"


def _shown(request: HttpRequest, person: Any) -> dict[str, Any]:
    here = request.session.session_key
    found = sessions.running(person)
    return {
        "sign_ins": [Shown(each, device_in_words(each.device), each.session_key == here) for each in found],
        "is_set_up": second_factor.is_set_up(person),
        "is_required": second_factor.is_required(person),
        "codes_left": second_factor.recovery_codes_left(person),
    }


def _end(request: HttpRequest, person: Person, **which: Any) -> str:
    ended = sessions.end(person, **which)
    if ended:
        audit.note(Event.SIGN_INS_ENDED, by=_actor(request), about=person, subject=str(ended))
    return ngettext("%(n)s sign-in is ended.", "%(n)s sign-ins are ended.", ended) % {"n": ended}


def _person(request: HttpRequest, pk: UUID, capability: str) -> Person:
    """Somebody, for whoever has a capability; raises `Http404` and `PermissionDenied`."""
    person = load(Person.objects.filter(is_operating=False), pk=pk)
    if not allowed(_actor(request), capability, person):
        raise PermissionDenied(_("You have no right to do this here."))
    return person


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]
