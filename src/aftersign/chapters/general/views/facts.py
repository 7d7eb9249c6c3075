"""Pages on which a fact is withdrawn, or asked to be, and on which a release is asked for after a refusal."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.exceptions import ReleaseForm, WithdrawalForm
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.queries import gates, withdrawing
from aftersign.chapters.general.views.doors import actor_of, page, permit
from aftersign.kernel.access.loading import load
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.policy.models import StatedFact
from aftersign.policy.unit import visible_facts


@page
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw a fact, or ask for it where a second person has to agree."""
    fact: StatedFact = load(visible_facts(actor_of(request)).select_related("order__customer"), pk=pk)
    permit(request, "general.request_withdrawal", fact, withdrawing.who_may(fact))
    shown = withdrawing.page_of(actor_of(request), fact)
    form, act = WithdrawalForm(request, fact), acts.withdraw_fact if shown.alone else acts.request_withdrawal
    if form.does(lambda: act(fact, reason=form.cleaned_data["reason"], by=form.actor)):
        told = _("Withdrawn. It stays in the activity, marked as corrected.")
        return done(
            request, cast(Request, form.result), told if shown.alone else _("Asked for. A second person has to agree.")
        )
    return page_or_part(request, "general/withdraw.html", form=form, page=shown)


@page
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that an act which a gate has refused may pass that gate once."""
    refused = gates.refusal_for(actor_of(request), pk)
    permit(request, "general.request_release", refused.unit)
    form = ReleaseForm(request, refused.choices)
    unit, act = refused.unit, refused.act
    if form.does(lambda: acts.request_release(unit, act=act, **form.cleaned_data, by=form.actor)):
        return done(request, cast(Request, form.result), _("Asked for. Two people have to agree."))
    return page_or_part(request, "general/release.html", form=form, refused=refused)
