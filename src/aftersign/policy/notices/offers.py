"""What the policy offers to the notices: reasons, its teller and timer, words for duties, and the working calendar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from aftersign.kernel.notices import registry
from aftersign.kernel.notices.registry import ESCALATION, INFORMATION, OVERDUE, REMINDER, Reason, Teller
from aftersign.policy.notices import reminders, tellers, words
from aftersign.policy.standing import present

REASONS = (
    Reason(tellers.ASSIGNED, _("Assigned to me"), INFORMATION, 10),
    Reason(reminders.DUE_SOON, _("Due soon"), REMINDER, 10),
    Reason(tellers.OVERDUE, _("Overdue"), OVERDUE, 10),
    Reason(tellers.ESCALATED, _("Escalated to me"), ESCALATION, 10),
)


def offer_all() -> None:
    """Put everything in its place; called once, when the application starts."""
    for reason in REASONS:
        registry.offer_reason(reason)
    registry.offer_teller(Teller("duties", tellers.tell))
    registry.offer_timer("duties", reminders.between)
    registry.offer_describer("duty", words.duties)
    registry.lend_calendar(lambda: present().calendar())
