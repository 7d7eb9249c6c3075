"""Acts on duties."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.policy.models import UNFINISHED, Duty


@act("general.take_duty", capability="general.take_duty")
def take_duty(duty: Duty, *, by: Actor) -> Duty:
    """Somebody of the department that owes a duty makes it theirs; the clock runs on as before."""
    if duty.state not in UNFINISHED:
        raise Refused.because(_("This duty has ended already."))
    if duty.owner_id is not None:
        raise Refused.because(
            _("%(name)s has taken this duty already.") % {"name": duty.owner.name if duty.owner else ""}
        )
    if by.principal is not None:
        state(facts.DutyTaken(about=duty, person=by.principal.pk))
    return duty
