"""Acts on the company's working calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts, queries
from aftersign.chapters.general.queries.calendar import Year, year_of
from aftersign.chapters.general.rules.calendar import faults_of_change
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused, Stale
from aftersign.kernel.clock import eras
from aftersign.kernel.org.models import Company


@act("general.change_calendar", capability="general.change_calendar")
def change_calendar(
    company: Company,
    *,
    year: int,
    holidays: Sequence[date],
    workdays: Sequence[date],
    names: Mapping[date, str] | None = None,
    instead_of: UUID | None = None,
    by: Actor,
) -> Company:
    """The holidays and make-up days of a year are set, and open duties move with them.

    `instead_of` is the fact that somebody has seen as the last one of the year. Raises `Stale` when it no longer is,
    `Refused` for days that cannot be.
    """
    if any(day.year != year for day in (*holidays, *workdays)):
        raise Refused.because(_("Every day must lie in %(year)s.") % {"year": eras.year(year)})
    if set(holidays) & set(workdays):
        raise Refused.because(_("A day is either a holiday or a working day."))
    called = names or {}
    if by.is_person:
        _refuse_unless_possible(year, holidays, workdays, called, instead_of)
    off, on = _rows(holidays, called), _rows(workdays, called)
    state(facts.CalendarChanged(about=company, year=year, holidays=off, workdays=on))
    return company


def changed(year: Year) -> dict[str, Any]:
    """What the fact would say of a year."""
    names = {**year.holidays, **year.workdays}
    return {"year": year.number, "holidays": _rows(year.holidays, names), "workdays": _rows(year.workdays, names)}


def _refuse_unless_possible(
    year: int, holidays: Iterable[date], workdays: Iterable[date], names: Mapping[date, str], instead_of: UUID | None
) -> None:
    before = year_of(year)
    if before.stated != instead_of:
        raise Stale.because(
            _("Somebody has changed the calendar of %(year)s meanwhile. Look at it again.") % {"year": eras.year(year)}
        )
    off, on = ({day: names.get(day, "") for day in days} for days in (holidays, workdays))
    after = Year(year, off, on)
    if found := tuple(faults_of_change(before, after, queries.today())):
        raise Refused(found)


def _rows(days: Iterable[date], names: Mapping[date, str]) -> list[date | dict[str, Any]]:
    return [{"day": day, "name": names[day]} if names.get(day) else day for day in sorted(days)]
