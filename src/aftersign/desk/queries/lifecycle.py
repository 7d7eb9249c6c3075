"""The bar of stages above a case file."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.kernel.shell.dates import short_day
from aftersign.orders.models import Order
from aftersign.policy.course import Course, Reached, Tick, course_of

SUSPENDED, TERMINATED = "suspended", "terminated"


@dataclass(frozen=True)
class Mark:
    """One stage on the bar: its name, what stands under it, and whether the order stands still or has ended there."""

    name: str
    note: str
    mark: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Lifecycle:
    """The bar: its stages and the one at which the order stands."""

    stages: list[Mark]
    current: str


def lifecycle_of(order: Order) -> Lifecycle | None:
    """The bar of an order; None before an edition is in force."""
    course = course_of(order)
    return Lifecycle([_mark(each, course) for each in course.stages], course.last) if course else None


def _mark(each: Reached, course: Course) -> Mark:
    here = each.stage == course.last
    mark = {SUSPENDED: "halted", TERMINATED: "ended"}.get(course.beside, "") if here else ""
    return Mark(each.stage, _note(each, course, here), mark, each.ticks if here and not mark else ())


def _note(each: Reached, course: Course, here: bool) -> str:
    day = short_day(timezone.localtime(each.at).date()) if each.at else ""
    if here and course.since and course.beside in (SUSPENDED, TERMINATED):
        since = {"day": short_day(timezone.localtime(course.since).date())}
        return _("suspended %(day)s") % since if course.beside == SUSPENDED else _("terminated %(day)s") % since
    if here and course.until:
        return _("warranty until %(day)s") % {"day": course.until}
    if each.stage == course.adopted and not each.at:
        return _("adopted here")
    return day
