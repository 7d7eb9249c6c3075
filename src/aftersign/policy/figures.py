"""Figures of duties: on time ÷ (on time + late + breached), with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from aftersign.policy.models import Duty, DutyState


@dataclass(frozen=True)
class Figure:
    """How duties were met; the rate has a denominator that is always shown, and the rest stands beside it.

    `released` gates and `withdrawn` facts are no duties; whoever knows of them puts them beside.
    """

    on_time: int = 0
    late: int = 0
    breached: int = 0
    extended: int = 0
    waived: int = 0
    void: int = 0
    not_applicable: int = 0
    running: int = 0
    released: int = 0
    withdrawn: int = 0

    @property
    def denominator(self) -> int:
        """The duties that count: done on time, done late, and breached."""
        return self.on_time + self.late + self.breached

    @property
    def rate(self) -> float | None:
        """The share done on time in percent, None where nothing counts yet."""
        return 100 * self.on_time / self.denominator if self.denominator else None


def figure_of(duties: QuerySet[Duty]) -> Figure:
    """The figure of a set of duties, with one query."""
    rows = duties.order_by().values_list("state", "extended").annotate(n=Count("pk"))
    return figure_from((state, extended, n) for state, extended, n in rows)


def figure_from(rows: Iterable[tuple[str, bool, int]]) -> Figure:
    """A figure from rows of state, extended and number."""
    count = {
        "on_time": 0,
        "late": 0,
        "breached": 0,
        "extended": 0,
        "waived": 0,
        "void": 0,
        "not_applicable": 0,
        "running": 0,
    }
    for state, extended, n in rows:
        count[_COLUMN.get(state, "running") if not (extended and state == DutyState.DONE) else "extended"] += n
    return Figure(**count)


_COLUMN: dict[str, str] = {
    DutyState.DONE: "on_time",
    DutyState.DONE_LATE: "late",
    DutyState.BREACHED: "breached",
    DutyState.WAIVED: "waived",
    DutyState.VOID: "void",
    DutyState.NOT_APPLICABLE: "not_applicable",
}
