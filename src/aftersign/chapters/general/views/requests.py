"""The page of a request, on which it is approved, refused or taken back, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.exceptions import ApprovalForm, RefusalForm, TakingBackForm
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.queries import requests as queries
from aftersign.chapters.general.views.doors import actor_of, permit, reading
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load
from aftersign.kernel.shell.responses import done, page_or_part

Approve = Callable[[Request, Actor], Any]
_APPROVE: dict[str, Approve] = {
    "general.waive_duty": lambda asked, by: acts.waive_duty(asked, by=by),
    "general.extend_duty": lambda asked, by: acts.extend_duty(asked, by=by),
    "general.agree_to_release": lambda asked, by: acts.agree_to_release(asked, by=by),
    "general.release_gate": lambda asked, by: acts.release_gate(asked, by=by),
    "general.withdraw_fact": lambda asked, by: _agree(asked, by.with_form(key=by.key, version=None)),
}


@reading
def all_requests(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I asked for, what I answered."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else queries.WAITING
    rows = queries.listed(actor_of(request), tab)
    return page_or_part(request, "general/requests.html", rows=rows, tab=tab, tabs=queries.TABS)


@reading
def one_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request with everything that whoever decides on it needs."""
    return _page(request, _asked(request, pk))


@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve a request; of a release, as the first or as the second of two."""
    asked = _asked(request, pk)
    name = queries.act_of(asked)
    permit(request, "general.refuse_request", asked, queries.who_decides(asked))
    form = ApprovalForm(request, asked)
    if form.does(lambda: _APPROVE[name](asked, form.actor)):
        agreed = name == "general.agree_to_release"
        return done(request, asked, _("Agreed; another person has to agree as well.") if agreed else _("Approved."))
    return _page(request, asked, approving=form)


@require_POST
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuse a request, with a reason."""
    asked = _asked(request, pk)
    permit(request, "general.refuse_request", asked, queries.who_decides(asked))
    form = RefusalForm(request, asked)
    if form.does(lambda: acts.refuse_request(asked, reason=form.cleaned_data["reason"], by=form.actor)):
        return done(request, asked, _("Refused. Whoever asked reads the reason here."))
    return _page(request, asked, refusing=form)


@require_POST
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a request back before it is answered."""
    asked = _asked(request, pk)
    permit(request, "general.withdraw_request", asked, queries.who_asked(asked))
    form = TakingBackForm(request, asked)
    if form.does(lambda: acts.withdraw_request(asked, by=form.actor)):
        return done(request, asked, _("Taken back."))
    return _page(request, asked, taking=form)


def _agree(asked: Request, by: Actor) -> Any:
    """Agree to a withdrawal; a fact has no version, the one that the form brought is that of the request."""
    if asked.fact is None:
        raise TypeError("a withdrawal is of a fact")
    return acts.withdraw_fact(asked.fact, reason=asked.reason, request=asked, by=by)


def _asked(request: HttpRequest, pk: UUID) -> Request:
    return load(queries.visible_in_full(actor_of(request)), pk=pk)


def _page(request: HttpRequest, asked: Request, **bound: Any) -> HttpResponse:
    """The page of a request, with the form that was sent among its forms."""
    forms = {
        "approving": ApprovalForm(request, asked),
        "refusing": RefusalForm(request, asked),
        "taking": TakingBackForm(request, asked),
    }
    shown = queries.page_of(actor_of(request), asked)
    return page_or_part(request, "general/request.html", page=shown, **forms | bound)
