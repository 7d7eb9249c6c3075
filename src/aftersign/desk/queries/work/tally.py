"""How many duties stand in each list, by term and by when they are due, and how past ones were met: one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, QuerySet, Value

from aftersign.desk.queries.work.days import GROUPS, Ends
from aftersign.policy.figures import Figure, figure_from
from aftersign.policy.models import Duty

MOST = 10_000
"""Lists are counted exactly up to here."""
_KEYS = ("list", "edition_id", "term", "state", "extended", "when")


class Line(NamedTuple):
    """So many duties of a list have the same term, state and group."""

    list: str
    edition: UUID
    term: str
    state: str
    extended: bool
    when: str
    number: int


@dataclass(frozen=True)
class Tally:
    """What was counted of all lists of a desk."""

    lines: Sequence[Line]

    def of(self, name: str) -> list[Line]:
        """The lines of one list."""
        return [line for line in self.lines if line.list == name]

    def total(self, name: str) -> int:
        """How many duties stand in a list, at most one more than `MOST`."""
        return sum(line.number for line in self.of(name))

    def groups(self, name: str) -> dict[str, int]:
        """How many duties of a list are due when."""
        return grouped(self.of(name))

    def figure(self, name: str) -> Figure:
        """How the duties of a list were met."""
        return figure_from((line.state, line.extended, line.number) for line in self.of(name))


def grouped(lines: Iterable[Line]) -> dict[str, int]:
    """How many duties are due when."""
    found = dict.fromkeys(GROUPS, 0)
    for line in lines:
        found[line.when] += line.number
    return found


def tally_of(lists: Mapping[str, QuerySet[Duty]], ends: Ends) -> Tally:
    """Count lists of duties with one query, of each at most the `MOST` first due and one more."""
    first, *rest = [_counted(name, rows, ends) for name, rows in lists.items()]
    return Tally([Line(*row) for row in first.union(*rest, all=True)])


def _counted(name: str, rows: QuerySet[Duty], ends: Ends) -> QuerySet[Duty, Any]:
    some = Duty.objects.filter(pk__in=rows.order_by("due_at").values("pk")[: MOST + 1]).order_by()
    labelled: QuerySet[Duty, Any] = some.annotate(list=Value(name, output_field=CharField()), when=ends.when())
    counted: QuerySet[Duty, Any] = labelled.values(*_KEYS).annotate(number=Count("pk")).values_list(*_KEYS, "number")
    return counted
