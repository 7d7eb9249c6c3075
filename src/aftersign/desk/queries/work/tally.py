"""How many duties stand in each list, by term and by when they are due, and how past ones were met: one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, QuerySet, Value

from aftersign.desk.queries.work.days import GROUPS, Ends
from aftersign.policy.figures import Figure, figure_from
from aftersign.policy.models import UNFINISHED, Duty

MOST = 10_000
"""Lists that are not somebody's own are counted up to here and one more."""
_KEYS = ("list", "edition_id", "term", "state", "extended", "when", "quarter")
_PLACES = ", ".join(map(str, range(1, len(_KEYS) + 1)))


class Line(NamedTuple):
    """So many duties of a list have the same term, state, group and quarter."""

    list: str
    edition: UUID
    term: str
    state: str
    extended: bool
    when: str
    quarter: str
    number: int


@dataclass(frozen=True)
class Tally:
    """What was counted of all lists of a desk."""

    lines: Sequence[Line]

    def of(self, name: str) -> list[Line]:
        """The lines of one list that are unfinished."""
        return [line for line in self.lines if line.list == name and line.state in UNFINISHED]

    def total(self, name: str) -> int:
        """How many duties stand in a list."""
        return sum(line.number for line in self.of(name))

    def groups(self, name: str) -> dict[str, int]:
        """How many duties of a list are due when."""
        return grouped(self.of(name))

    def figure(self, name: str, quarter: str) -> Figure:
        """How the duties of a list that came due in a quarter were met."""
        lines = (line for line in self.lines if line.list == name and line.quarter == quarter)
        return figure_from((line.state, line.extended, line.number) for line in lines)


def grouped(lines: Iterable[Line]) -> dict[str, int]:
    """How many duties are due when."""
    found = dict.fromkeys(GROUPS, 0)
    for line in lines:
        found[line.when] += line.number
    return found


def tally_of(lists: Mapping[str, QuerySet[Duty]], ends: Ends) -> Tally:
    """Count lists of duties, each as far as it is cut, with one query."""
    counted: list[str] = []
    given: list[Any] = []
    for name, rows in lists.items():
        labels = {"list": Value(name, output_field=CharField()), "when": ends.when(), "quarter": ends.in_quarter()}
        try:
            sql, params = rows.annotate(**labels).values_list(*_KEYS).query.sql_with_params()
        except EmptyResultSet:  # known to be empty without asking
            continue
        # A list is cut before it is counted, which the ORM can only say by looking every row up once more.
        counted.append(f"SELECT found.*, COUNT(*) FROM ({sql}) found GROUP BY {_PLACES}")  # noqa: S608 (compiled)
        given += params
    if not counted:
        return Tally([])
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counted), given)
        return Tally([_line(*row) for row in cursor.fetchall()])


def some(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """The duties that are due first, at most one more than `MOST`."""
    return rows.order_by("due_at")[: MOST + 1]


def _line(name: str, edition: UUID | str, term: str, state: str, extended: object, *rest: Any) -> Line:
    """A row as databases of both kinds give it."""
    when, quarter, number = rest
    edition = edition if isinstance(edition, UUID) else UUID(edition)
    return Line(name, edition, term, state, bool(extended), when, quarter, number)
