"""What was found in a table, as its page shows it: counts, what would be late, and what is wrong row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from aftersign.desk.adopting import telling
from aftersign.desk.adopting.keeping import chart_of, sheet_in
from aftersign.desk.adopting.values import label_of
from aftersign.desk.models import AT_WORK, LOOKED, SENT, TAKEN, TAKING, OrderTable
from aftersign.kernel.shell.exports import BOM, plain
from aftersign.kernel.units import words

MOST_FAULTS = 100
ROWS_A_SECOND = 50
"""Orders that come in a second, as measured on a small machine; to say how long it takes."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, with which of its values, and the numbers of the clauses that demand it."""

    row: int
    value: str
    sentence: str
    clauses: list[str]


@dataclass(frozen=True)
class First:
    """One of the first rows, as it was understood."""

    row: str
    contract_no: str
    title: str
    customer: str
    kind: str
    signed_on: str
    amount: str
    seller: str
    stage: str


class Way:
    """A table before whoever sent it."""

    def __init__(self, table: OrderTable) -> None:
        self.table = table
        self.found: dict[str, Any] = table.found
        self.is_at_work = table.state in AT_WORK
        self.is_taking = table.state == TAKING
        self.is_looked = table.state == LOOKED
        self.is_taken = table.state == TAKEN
        self.is_sent = table.state == SENT

    @property
    def behind(self) -> int:
        """How many rows are behind, while somebody is at work."""
        return min(telling.told(self.table.pk), self.table.rows)

    @property
    def bad(self) -> int:
        """How many rows are wrong."""
        return len(self.found.get("bad", ()))

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the first of them."""
        return [each for row, whys in self.found.get("bad", ())[:MOST_FAULTS] for each in _faults(row, whys)]

    @property
    def more_bad(self) -> int:
        """How many wrong rows there are beside those."""
        return max(0, self.bad - MOST_FAULTS)

    @property
    def comes_in(self) -> int:
        """How many orders would come in, or be changed."""
        return int(self.found.get("created", 0)) + int(self.found.get("updated", 0))

    @property
    def may_be_taken(self) -> bool:
        """Whether there is something that may come in."""
        return self.is_looked and bool(self.comes_in) and (self.table.is_partly or not self.bad)

    @property
    def minutes(self) -> int:
        """Minutes during which nothing else is written, when all come in at once; 0 for a moment."""
        return 0 if self.table.is_partly else self.table.rows // (60 * ROWS_A_SECOND)

    @property
    def first(self) -> list[First]:
        """The first rows, with words of the policy in the reader's language."""
        return [self._first(*each) for each in self.found.get("first", ())]

    def _first(self, *said: str) -> First:
        row, contract_no, title, customer, kind, signed_on, amount, seller, stage = said
        language = get_language() or "zh-hans"
        kind, stage = (
            words.label(sort, name, language) if name else ""
            for sort, name in (("word", kind), ("stage", stage or self.table.stage))
        )
        return First(row, contract_no, title, customer, kind, signed_on, amount, seller, stage)


def as_file(table: OrderTable) -> str:
    """The wrong rows as they were sent, each with its number and what is wrong; raises `BadMap` and `Unreadable`."""
    bad = {row: list(_faults(row, whys)) for row, whys in table.found.get("bad", ())}
    sheet = sheet_in(table, table.name, chart_of(table).loose)
    target = io.StringIO()
    writer = csv.writer(target)
    columns = [column for column in sheet.columns if column]
    writer.writerow([_("Row"), pgettext("in a row", "What is wrong"), *map(plain, columns)])
    for number, cells in sheet.rows:
        if number in bad:
            said = "; ".join(": ".join(filter(None, (each.value, each.sentence))) for each in bad[number])
            writer.writerow([number, plain(said), *(plain(cells[column]) for column in columns)])
    return BOM + target.getvalue()


def _faults(row: int, whys: list[tuple[str, str, list[str]]]) -> Iterator[Fault]:
    for value, sentence, clauses in whys:
        label = ", ".join(label_of(each) for each in value.split(", ")) if value else ""
        yield Fault(row, label, sentence, clauses)
