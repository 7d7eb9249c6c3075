"""Which days of the working calendar may be changed, and to what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from aftersign.chapters.general.queries.calendar import HOLIDAY, MAKE_UP, Year
from aftersign.kernel.acts.refusals import Refusal
from aftersign.kernel.clock import eras

BACK = timedelta(days=31)
"""How far back a day may lie that is put right; what was counted with days before that stays."""


def earliest(today: date) -> date:
    """The first day that may still be changed."""
    return today - BACK


def fault_of(day: date, kind: str, today: date) -> str:
    """Why a day cannot become this, in a sentence; nothing where it can."""
    if day < earliest(today):
        said = {"day": eras.written(day), "first": eras.written(earliest(today))}
        return _("%(day)s lies too far back: days from %(first)s on can be put right.") % said
    if kind == HOLIDAY and day.weekday() >= 5:
        return _("%(day)s is a weekend day, on which nobody works anyway.") % {"day": eras.written(day)}
    if kind == MAKE_UP and day.weekday() < 5:
        return _("%(day)s is a weekday, on which everybody works anyway.") % {"day": eras.written(day)}
    return ""


def faults_of_change(before: Year, after: Year, today: date) -> Iterator[Refusal]:
    """What stands against a change of a year by somebody."""
    days = before.differing(after)
    if not days:
        yield Refusal(_("Nothing changes: the days stand like this already."), missing=("days",))
    for day in days:
        if sentence := fault_of(day, after.kind(day), today):
            yield Refusal(sentence, missing=("days",))
