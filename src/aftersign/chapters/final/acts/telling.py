"""Telling everybody of an edition, and confirming that one has read it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aftersign.chapters.final import facts
from aftersign.chapters.final.queries import telling
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Person
from aftersign.policy.models import Edition, EditionState

TOLD_OF = (EditionState.ISSUED, EditionState.IN_FORCE)


@act("policy.tell_staff", capability="policy.tell_staff")
def tell_staff(edition: Edition, *, channel: str, by: Actor) -> Edition:
    """Everybody who works here and has not been told of an edition is told of it now, and has to confirm it.

    Done again later it reaches those who have come since. Raises `Refused` for an edition that was not issued, without
    a word on how people are told, and when everybody knows.
    """
    if edition.state not in TOLD_OF:
        raise Refused.because(_("People are told of an edition once it has been issued and until it is replaced."))
    if not channel.strip():
        raise Refused.because(_("Write how people are told."), missing=("channel",))
    people = telling.untold(edition)
    if not people:
        said = {"version": edition.version}
        raise Refused.because(_("Everybody who works here has been told of edition %(version)s.") % said)
    state(facts.StaffTold(about=edition, recipients=[each.pk for each in people], channel=channel.strip()))
    for person in people:
        state(facts.Told(about=person, version=edition.version))
    return edition


@act("policy.acknowledge", capability="policy.acknowledge")
def acknowledge(person: Person, *, version: str, by: Actor) -> Person:
    """Somebody confirms that they have read an edition of which they were told.

    Raises `Refused` for one of which they were not told, or which they have confirmed, and for a deputy: nobody reads
    for another.
    """
    if by.person is None or by.person.pk != person.pk:
        raise Refused.because(_("Each confirms for themselves what they have read."))
    if version not in telling.unread(person):
        said = {"version": version}
        raise Refused.because(_("There is nothing left for you to confirm about edition %(version)s.") % said)
    state(facts.Acknowledged(about=person, signer=person.pk, version=version))
    return person
