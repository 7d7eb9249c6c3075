"""The signing page for several copies at once: what was read is signed for with one password, each copy by itself."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.acts import Ceremony
from aftersign.chapters.handover.forms import TogetherForm
from aftersign.chapters.handover.queries import read
from aftersign.chapters.handover.views.doors import actor_of, page
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.shell.responses import done, page_or_part


@page
def together(request: HttpRequest) -> HttpResponse:
    """What waits for my signature; what I have read of it is signed for in one go."""
    waiting = read.for_signature(actor_of(request))
    form = TogetherForm(request, waiting.read)
    if form.is_valid():
        signed = sum(_sign(form, each) for each in form.chosen)
        if not form.refused:
            said = ngettext("Signed for %(number)s copy.", "Signed for %(number)s copies.", signed)
            return done(request, request.path, said % {"number": signed})
        waiting = read.for_signature(actor_of(request))
        form.read = waiting.read
    return page_or_part(request, "handover/together.html", waiting=waiting, form=form)


def _sign(form: TogetherForm, each: read.ReadCopy) -> bool:
    """Sign for one copy; what is refused is said and keeps none of the others back."""
    by = replace(form.actor, key=f"{form.actor.key}:{each.copy.pk}" if form.actor.key else "", version=None)
    ceremony = Ceremony(each.responsibility, each.reservations, each.read)
    try:
        acts.sign_for_copy(
            each.copy, check_value=each.copy.form.check_value, points=each.points, ceremony=ceremony, by=by
        )
    except Refused as refused:
        form.refuse_one(each, refused)
        return False
    read.forget(form.actor, each.copy)
    return True
