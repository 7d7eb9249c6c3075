"""Acts on deputies: who may act for somebody, from when until when, and that it is over."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, queries
from aftersign.chapters.general.acts.anew import anew
from aftersign.chapters.general.rules.deputies import Span, faults_among_others, faults_of_naming, span_of
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Deputyship, Person


@act("general.name_deputy", capability="general.name_deputy")
def name_deputy(person: Person, *, deputy: Person, from_on: date, until: date, by: Actor) -> Person:
    """Somebody may act on behalf of the person while they are away; both days count.

    Raises `Refused` for days that cannot be, for somebody who has left, for an auditor, and where people would stand in
    for each other in a circle. Nobody hands on what they hold only as a deputy.
    """
    deputy = anew(deputy)
    found = tuple(faults_of_naming(person, deputy, from_on, until, by=by, today=queries.today()))
    if not found:
        known = [span_of(each) for each in queries.deputyships()]
        found = tuple(faults_among_others(known, Span(person.pk, deputy.pk, from_on, until), person, deputy))
    if found:
        raise Refused(found)
    Deputyship.objects.create(person=person, deputy=deputy, from_on=from_on, until=until)
    state(facts.DeputyNamed(about=person, deputy=deputy.pk, from_on=from_on, until=until))
    return person


@act("general.end_deputy", capability="general.end_deputy")
def end_deputy(person: Person, *, deputy: Person, by: Actor) -> Person:
    """Somebody acts for the person no more, at once; raises `Refused` when they do not anyway."""
    if by.on_behalf_of == person and by.id != deputy.pk:
        sentence = _("%(name)s does this themselves: nobody hands on what they hold as a deputy.")
        raise Refused.because(sentence % {"name": person.name})
    over = queries.deputyships().filter(person=person, deputy=deputy)
    if not over.update(ended_at=now()):
        said = {"deputy": deputy.name, "name": person.name}
        raise Refused.because(_("%(deputy)s does not act for %(name)s.") % said)
    state(facts.DeputyEnded(about=person, deputy=deputy.pk))
    return person
