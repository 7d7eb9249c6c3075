"""Telling everybody of an edition, and confirming that one has read it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftersign.chapters.final import acts
from aftersign.chapters.final.forms import AcknowledgeForm, TellForm
from aftersign.chapters.final.queries import editions as queries
from aftersign.chapters.final.queries import telling
from aftersign.chapters.final.views.doors import actor_of, only_drafters, page
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.policy.editions import store


@page
def tell(request: HttpRequest, version: str) -> HttpResponse:
    """Tell everybody who has not been told yet."""
    edition = queries.edition_of(actor_of(request), version)
    only_drafters(request)
    form, people = TellForm(request, edition), telling.untold(edition)
    if form.does(lambda: acts.tell_staff(edition, channel=form.cleaned_data["channel"], by=form.actor)):
        n = len(people)
        said = ngettext("%(n)s person has been told.", "%(n)s people have been told.", n) % {"n": n}
        return done(request, edition, said)
    return page_or_part(request, "final/tell.html", form=form, edition=edition, people=people)


@page
def acknowledge(request: HttpRequest) -> HttpResponse:
    """Confirm the earliest edition that somebody was told of and has not confirmed; there may be none."""
    actor = actor_of(request)
    person = actor.person
    if person is None:
        raise Http404
    unread = telling.unread(person)
    if not unread:
        return page_or_part(request, "final/all_read.html", edition=store.current())
    edition = queries.edition_of(actor, unread[0])
    form = AcknowledgeForm(request, person)
    if form.does(lambda: acts.acknowledge(person, version=edition.version, by=form.actor)):
        said = _("Thank you. You have confirmed edition %(version)s.") % {"version": edition.version}
        return done(request, edition, said)
    return page_or_part(request, "final/acknowledge.html", form=form, edition=edition, before=queries.before(edition))
