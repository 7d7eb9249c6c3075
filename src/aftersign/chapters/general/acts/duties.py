"""Acts on duties."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.chapters.general.acts.anew import anew
from aftersign.chapters.general.acts.asking import reason_of, unfinished
from aftersign.chapters.general.rules.duties import fault_of_handing
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Person
from aftersign.policy.models import Duty


@act("general.take_duty", capability="general.take_duty")
def take_duty(duty: Duty, *, by: Actor) -> Duty:
    """Somebody of the department that owes a duty makes it theirs; the clock runs on as before."""
    unfinished(duty)
    if duty.owner_id is not None:
        raise Refused.because(
            _("%(name)s has taken this duty already.") % {"name": duty.owner.name if duty.owner else ""}
        )
    if by.principal is not None:
        state(facts.DutyTaken(about=duty, person=by.principal.pk))
    return duty


@act("general.hand_on_duty", capability="general.hand_on_duty")
def hand_on_duty(duty: Duty, *, to: Person, reason: str, by: Actor) -> Duty:
    """A duty passes to somebody else who works here; the clock runs on as before.

    Raises `Refused` for a duty that has ended, without a reason, and for somebody who has it already, who has left, is
    an auditor, or may not do what its owner may.
    """
    unfinished(duty)
    why = reason_of(reason, _("Write why this duty is handed on."))
    if fault := fault_of_handing(duty, anew(to)):
        raise Refused.because(fault, missing=("to",))
    state(facts.DutyHandedOn(about=duty, from_person=duty.owner_id, to_person=to.pk, reason=why))
    return duty
