"""Acts on the company's working calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company


@act("general.change_calendar", capability="general.change_calendar")
def change_calendar(
    company: Company, *, year: int, holidays: Sequence[date], workdays: Sequence[date], by: Actor
) -> Company:
    """The holidays and make-up days of a year are set; raises `Refused` for days that cannot be."""
    if any(day.year != year for day in (*holidays, *workdays)):
        raise Refused.because(_("Every day must lie in %(year)d.") % {"year": year})
    if set(holidays) & set(workdays):
        raise Refused.because(_("A day is either a holiday or a working day."))
    state(facts.CalendarChanged(about=company, year=year, holidays=sorted(holidays), workdays=sorted(workdays)))
    return company
