"""The act by which a post of the company gets its holder."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, queries
from aftersign.chapters.general.acts.anew import anew
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import able
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Person, Post


@act("general.name_post", capability="general.name_post")
def name_post(company: Company, *, post: str, holder: Person, from_on: date, by: Actor) -> Person:
    """Somebody takes a post of the company; answers with them.

    Raises `Refused` for somebody who has left, for an auditor, and for a day to come.
    """
    holder = anew(holder)
    if fault := able.fault_of(holder):
        raise Refused.because(fault, missing=("holder",))
    if from_on > queries.today():
        raise Refused.because(_("Name the holder on the day itself."), missing=("from_on",))
    Post.objects.update_or_create(name=post, defaults={"holder": holder, "from_on": from_on})
    state(
        facts.PostNamed(about=company, carries={"person": str(holder.pk)}, post=post, holder=holder.pk, from_on=from_on)
    )
    return holder
