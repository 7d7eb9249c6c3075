"""Pages on which somebody hands a duty on, or asks that it be waived or extended."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.exceptions import ExtensionForm, HandOnForm, WaiverForm
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.general.queries.asking import before_asking
from aftersign.chapters.general.views.doors import actor_of, card_for, page
from aftersign.kernel.shell.responses import done, page_or_part

ASKED = gettext_lazy("Asked for. Whoever may approve it finds it among their work.")


@page
def hand_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a duty on to somebody else."""
    card = card_for(request, pk, "general.hand_on_duty")
    form = HandOnForm(request, card.duty)
    if form.does(lambda: acts.hand_on_duty(card.duty, **form.cleaned_data, by=form.actor)):
        name = form.cleaned_data["to"].name
        return done(request, card.duty, _("Handed on; %(name)s finds it among their work.") % {"name": name})
    return page_or_part(request, "general/hand_on.html", form=form, card=card)


@page
def waiver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that a duty need not be met."""
    card = card_for(request, pk, "general.request_waiver")
    form = WaiverForm(request, card.duty)
    if form.does(lambda: acts.request_waiver(card.duty, **form.cleaned_data, by=form.actor)):
        return done(request, cast(Request, form.result), ASKED)
    before = before_asking(actor_of(request), card, Kind.WAIVER)
    return page_or_part(request, "general/waiver.html", form=form, card=card, before=before)


@page
def extension(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a later due time."""
    card = card_for(request, pk, "general.request_extension")
    form = ExtensionForm(request, card)
    reason = form.data.get("reason", "")
    if form.does(lambda: acts.request_extension(card.duty, reason=reason, new_due=form.new_due, by=form.actor)):
        return done(request, cast(Request, form.result), ASKED)
    before = before_asking(actor_of(request), card, Kind.EXTENSION)
    return page_or_part(request, "general/extension.html", form=form, card=card, before=before)
