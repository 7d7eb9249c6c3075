"""The working calendar: read by everybody, changed by administrators who have seen what moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.chapters.general import acts
from aftersign.chapters.general.forms.calendar import ChangeForm, row_of, rows_of
from aftersign.chapters.general.queries import today
from aftersign.chapters.general.queries.calendar import FIRST, LAST, Year, public, year_of
from aftersign.chapters.general.views.doors import actor_of, page, reading
from aftersign.chapters.general.views.keepers import kept
from aftersign.chapters.general.views.months import year_page
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.clock import eras
from aftersign.kernel.clock.days import day_in
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.responses import done, page_or_part
from aftersign.policy.unit import visible_duties

ACT = "general.change_calendar"


@reading
def calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year month by month, with its holidays and make-up days."""
    number = _known(year or today().year)
    keeps = allowed(actor_of(request), ACT, company())
    return page_or_part(request, "general/calendar/year.html", page=year_page(number, keeps=keeps))


@page
def change(request: HttpRequest, year: int) -> HttpResponse:
    """Other days for a year: first what moves with them, then the change itself."""
    kept(request, ACT, company())
    stands = year_of(_known(year))
    form = ChangeForm(request, stands, _proposed(request, stands))
    if form.is_confirmed and form.does(lambda: acts.change_calendar(company(), **form.said, by=form.actor)):
        said = {"year": eras.year(year), "number": len(form.changes)}
        message = _("The calendar of %(year)s is changed: %(number)d days.") % said
        return done(request, reverse("general:calendar_year", args=[year]), message)
    return page_or_part(request, "general/calendar/change.html", form=form, **_seen(request, form))


def _proposed(request: HttpRequest, stands: Year) -> Sequence[Mapping[str, Any]]:
    """The rows with which the form begins: public holidays, or one day that was chosen in the year."""
    if "public" in request.GET:
        return rows_of(stands, public(stands.number, get_language() or "zh-hans"))
    day = day_in(request.GET.get("day", ""))
    return [row_of(stands, day)] if day else []


def _seen(request: HttpRequest, form: ChangeForm) -> dict[str, Any]:
    """Which of the duties listed lead to their pages for this reader."""
    shown = [each.card.duty.pk for each in form.moving.first] if form.moving else []
    seen = visible_duties(actor_of(request)).filter(pk__in=shown).values_list("pk", flat=True) if shown else ()
    return {"seen": set(seen), "year": form.year.number}


def _known(year: int) -> int:
    if not FIRST <= year <= LAST:
        raise Http404
    return year
