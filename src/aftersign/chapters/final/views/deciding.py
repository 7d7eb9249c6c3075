"""Deciding on an edition: issuing it for a day, or withdrawing it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aftersign.chapters.final import acts
from aftersign.chapters.final.forms import IssueForm, WithdrawForm
from aftersign.chapters.final.queries import editions as queries
from aftersign.chapters.final.queries.impact import impact_of
from aftersign.chapters.final.views.doors import actor_of, only, page
from aftersign.kernel.clock import eras
from aftersign.kernel.shell.responses import done, page_or_part


@page
def issue(request: HttpRequest, version: str) -> HttpResponse:
    """Approve a draft and issue it for a day, having seen what it changes."""
    edition = queries.edition_of(actor_of(request), version)
    only(request, "policy.issue", edition)
    form = IssueForm(request, edition)
    if form.does(lambda: acts.issue(edition, effective_on=form.cleaned_data["effective_on"], by=form.actor)):
        said = {"version": edition.version, "day": eras.written(form.cleaned_data["effective_on"])}
        return done(request, edition, _("Issued edition %(version)s, which takes effect on %(day)s.") % said)
    return page_or_part(request, "final/issue.html", form=form, edition=edition, impact=impact_of(edition))


@page
def withdraw(request: HttpRequest, version: str) -> HttpResponse:
    """Withdraw an edition that is not in force yet."""
    edition = queries.edition_of(actor_of(request), version)
    only(request, "policy.withdraw_edition", edition)
    form = WithdrawForm(request, edition)
    if form.does(lambda: acts.withdraw_edition(edition, reason=form.cleaned_data["reason"], by=form.actor)):
        return done(request, edition, _("Withdrawn. It stays readable and never takes effect."))
    return page_or_part(request, "final/withdraw.html", form=form, edition=edition)
