"""Acts by which a duty need not be met, or gets a later due time: one person asks, another approves."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.chapters.general import deciding, facts, states
from aftersign.chapters.general.acts.asking import ask, decided, reason_of, unfinished, waiting
from aftersign.chapters.general.models import Kind, Request
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.policy.clocks import due_of
from aftersign.policy.models import Duty


@act("general.request_waiver", capability="general.request_waiver")
def request_waiver(duty: Duty, *, reason: str, until: date, by: Actor) -> Request:
    """Somebody who owes a duty asks that it need not be met, and says until which day that shall hold."""
    unfinished(duty)
    why = reason_of(reason, _("Write why this duty cannot be met."))
    if until < timezone.localtime(now()).date():
        raise Refused.because(_("The waiver would end before it begins."), missing=("until",))
    request = _ask(Kind.WAIVER, duty, by, reason=why, until=until)
    state(facts.WaiverRequested(about=duty, reason=why, until=until, requester=_person(by).pk))
    return request


@act("general.waive_duty", capability="general.waive_duty")
def waive_duty(request: Request, *, by: Actor) -> Request:
    """An approver lets a duty go; it ends, and is shown beside the figures ever after."""
    duty = unfinished(deciding.duty_of(waiting(request, Kind.WAIVER)))
    if request.until is None:
        raise TypeError("a waiver ends on a day")
    ruling = state(facts.DutyWaived(about=duty, reason=request.reason, approver=_person(by).pk, until=request.until))
    return decided(request, states.APPROVED, by=by, ruling=ruling)


@act(
    "general.request_extension",
    capability="general.request_extension",
    checks=("extension_in_time_and_by_another",),
)
def request_extension(duty: Duty, *, reason: str, new_due: datetime, by: Actor) -> Request:
    """Somebody who owes a duty asks for a later due time, before the present one has passed or while it is paused."""
    unfinished(duty)
    why = reason_of(reason, _("Write why more time is needed."))
    request = _ask(Kind.EXTENSION, duty, by, reason=why, new_due=new_due, old_due=due_of(duty))
    state(facts.ExtensionRequested(about=duty, new_due=new_due, reason=why, requester=_person(by).pk))
    return request


@act("general.extend_duty", capability="general.extend_duty")
def extend_duty(request: Request, *, by: Actor) -> Request:
    """An approver gives a duty its new due time."""
    duty = unfinished(deciding.duty_of(waiting(request, Kind.EXTENSION)))
    old_due, new_due = due_of(duty), request.new_due
    if old_due is None or new_due is None:
        raise TypeError("an extension moves a due time")
    ruling = state(
        facts.DutyExtended(about=duty, old_due=old_due, new_due=new_due, reason=request.reason, approver=_person(by).pk)
    )
    request.old_due = old_due
    return decided(request, states.APPROVED, by=by, ruling=ruling)


def _ask(kind: Kind, duty: Duty, by: Actor, **said: object) -> Request:
    about = {"order": duty.order, "edition_id": duty.edition_id, "term": duty.term, "clause": duty.clause}
    return ask(by, {"kind": kind, "duty": duty}, **about, **said)


def _person(by: Actor) -> Person:
    return cast(Person, by.person)
