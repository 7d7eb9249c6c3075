"""Issuing an edition for a day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from aftersign.chapters.final import facts, queries
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import entry_time, state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import eras
from aftersign.kernel.org.queries import company
from aftersign.orders.queries.days import today
from aftersign.policy.models import Edition, EditionState


@act("policy.issue", capability="policy.issue", checks=("approver_is_not_drafter",))
def issue(edition: Edition, *, effective_on: date, by: Actor) -> Edition:
    """A draft is approved and issued for a day, from the first minute of which it holds.

    The worker brings it into force on that day, of today within seconds. Raises `Refused` for anything but a draft, for
    a day that is past, and for one that is not after that of another edition which waits already.
    """
    if edition.state != EditionState.DRAFT:
        raise Refused.because(_("Only a draft can be issued."))
    if effective_on < today(company()):
        raise Refused.because(_("An edition takes effect today or later."), missing=("effective_on",))
    _refuse_before_others(effective_on)
    enter_issue(edition, effective_on, by)
    return edition


def enter_issue(edition: Edition, day: date, by: Actor) -> None:
    """The approval on the row and as a fact."""
    approver = by.principal
    edition.approver, edition.issued_at, edition.effective_on = approver, entry_time(), day
    edition.save(update_fields=["approver", "issued_at", "effective_on"])
    approved = approver.pk if approver else None
    state(facts.Issued(about=edition, version=edition.version, approver=approved, effective_on=day))


def _refuse_before_others(day: date) -> None:
    for waiting_for, other in queries.awaited():
        if day <= waiting_for:
            said = {"version": other.version, "day": eras.written(waiting_for)}
            raise Refused.because(
                _("Edition %(version)s takes effect on %(day)s; choose a later day, or withdraw it first.") % said,
                missing=("effective_on",),
            )
