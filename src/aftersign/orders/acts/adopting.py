"""The act by which an order is taken in that was running before the system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.models import Company
from aftersign.kernel.units import words
from aftersign.orders import facts
from aftersign.orders.acts.registering import enter, faults_of, stripped
from aftersign.orders.entries import Registration
from aftersign.orders.models import Order
from aftersign.orders.queries.days import today
from aftersign.orders.rules import lacking


@act("order.adopt", capability="order.adopt", checks=("signed_before_first_edition",))
def adopt(
    company: Company,
    *,
    registration: Registration,
    stage: str,
    accepted_on: date | None = None,
    reason: str = "",
    by: Actor,
) -> Order:
    """A running order is registered and taken in at the stage that it has reached: what came before stays with it.

    `accepted_on` is when the customer accepted, for a stage that comes after that. Raises `Refused` with every fault.
    """
    entry = stripped(registration)
    if found := tuple(adoption_faults(company, entry, stage, accepted_on)):
        raise Refused(found)
    order = enter(company, entry, by)
    state(
        facts.Adopted(
            about=order,
            stage=stage,
            adopted_on=today(company),
            accepted_on=accepted_on,
            reason=reason.strip() or None,
        )
    )
    return order


def adoption_faults(company: Company, entry: Registration, stage: str, accepted_on: date | None) -> Iterator[Refusal]:
    """What stands against adopting an order at a stage, each fault naming its field."""
    yield from stage_faults(stage)
    yield from _faults_of_acceptance(company, entry, stage, accepted_on)
    yield from faults_of(company, entry)


def stage_faults(stage: str) -> Iterator[Refusal]:
    """What stands against adopting an order at a stage, whichever order it is."""
    stages = words.members("stages")
    if stage in stages:
        return
    if stage in words.members("stages_beside"):
        sentence = _(
            "No order is adopted as “%(stage)s”. Choose how far it had come; what stands beside that, is done after."
        )
        yield lacking("stage", sentence % {"stage": _label(stage)})
    elif stage:
        said = {"stage": stage, "stages": _(", ").join(_label(each) for each in stages)}
        yield lacking("stage", _("There is no stage “%(stage)s”. Choose one of these: %(stages)s.") % said)
    else:
        yield lacking("stage", _("Choose the stage that the order has reached."))


def _faults_of_acceptance(
    company: Company, entry: Registration, stage: str, accepted_on: date | None
) -> Iterator[Refusal]:
    after = stage in words.members("stages_accepted")
    said = {"day": accepted_on, "signed": entry.signed_on, "stage": _label(stage)}
    if after and accepted_on is None:
        yield lacking(
            "accepted_on", _("Write on which day the customer accepted: “%(stage)s” comes after that.") % said
        )
    elif accepted_on is None:
        return
    elif not after and stage in words.members("stages"):
        yield lacking("accepted_on", _("Leave out the day of acceptance: “%(stage)s” comes before that.") % said)
    elif accepted_on > today(company):
        yield lacking("accepted_on", _("Check the day of acceptance: %(day)s has not come yet.") % said)
    elif accepted_on < entry.signed_on:
        sentence = _("Check the day of acceptance: %(day)s is before the day of signing, %(signed)s.")
        yield lacking("accepted_on", sentence % said)


def _label(stage: str) -> str:
    return words.label("stage", stage, get_language() or settings.LANGUAGE_CODE)
