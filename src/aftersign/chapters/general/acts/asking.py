"""Writing down that somebody asks for an exception, and that a request has been decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.chapters.general import deciding, states
from aftersign.chapters.general.models import Kind, Request
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import eras, now
from aftersign.kernel.org.models import Person
from aftersign.policy.models import UNFINISHED, Duty

MOST = 1000
"""How many characters a reason may have."""


def reason_of(written: str, sentence: str) -> str:
    """A reason without blanks around it; raises `Refused` with the sentence for none, and for one that is too long."""
    reason = written.strip()
    if not reason:
        raise Refused.because(sentence, missing=("reason",))
    if len(reason) > MOST:
        raise Refused.because(_("Say it in %(n)d characters.") % {"n": MOST}, missing=("reason",))
    return reason


def unfinished(duty: Duty | None) -> Duty:
    """The duty, while there is something to decide about it; raises `Refused` when it has ended or is gone."""
    if duty is None:
        raise Refused.because(_("This duty is gone: what had opened it was withdrawn."))
    if duty.state not in UNFINISHED:
        raise Refused.because(_("This duty has ended already."))
    return duty


def ask(by: Actor, same: dict[str, Any], **said: Any) -> Request:
    """A new request, saved; `same` is how one that waits already for the same is found.

    Raises `Refused` for a second one, and where nobody could ever approve it.
    """
    other = Request.objects.filter(state__in=states.WAITING, **same).select_related("requester").first()
    if other is not None:
        about = {"name": other.requester.name, "day": _day(other.asked_at)}
        raise Refused.because(_("%(name)s asked for this on %(day)s already, and it waits for an answer.") % about)
    request = Request(
        **same,
        **said,
        requester=cast(Person, by.person),
        on_behalf_of=by.on_behalf_of,
        asked_at=now(),
    )
    if not deciding.approvers(request):
        raise Refused.because(_("Nobody could approve this if you ask for it. Let somebody else ask."))
    request.save(force_insert=True)
    return request


def waiting(request: Request, kind: Kind | None = None) -> Request:
    """The request, while it waits for an answer; raises `Refused` once it has one, `TypeError` for another kind."""
    if kind is not None and request.kind != kind:
        raise TypeError(f"this is no request for a {kind}")
    if request.state not in states.WAITING:
        raise Refused.because(_("This request has been answered already. Open the page again and see how it stands."))
    return request


def answered_by_another(request: Request, by: Actor) -> Request:
    """The request, where nobody with a hand in asking for it, or in agreeing to it first, answers it now.

    Raises `Refused`, for a deputy may well act for an approver and have asked, or agreed, in their own name.
    """
    if by.hands & (request.askers | request.first_hands):
        raise Refused.because(_("Whoever asked for this, or has agreed already, leaves the answer to somebody else."))
    return request


def decided(request: Request, to: str, *, by: Actor | None, ruling: UUID | None = None, answer: str = "") -> Request:
    """A request in its new state, saved; without `by` nobody had to decide."""
    states.move(request, to)
    if by is not None:
        request.decided_by, request.decided_for = by.person, by.on_behalf_of
    request.decided_at, request.ruling, request.answer = now(), ruling, answer
    request.save()
    return request


def _day(moment: datetime) -> str:
    return eras.written(timezone.localtime(moment))
