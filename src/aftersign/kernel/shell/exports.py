"""Lists as files: CSV that spreadsheets open without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import Any, Protocol

from django.db.models import F, QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation

BOM = "\ufeff"
BATCH = 1000
"""Rows that a column is asked for together."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Exported(Protocol):
    """A column as an export sees it."""

    @property
    def label(self) -> Any:
        """The column's head."""

    def exported(self, rows: Sequence[Any]) -> Sequence[Any]:
        """The values of some rows, one for each."""


class _Line:
    """What a csv writer writes to: it hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_of(name: str, columns: Iterable[Exported], rows: QuerySet[Any]) -> StreamingHttpResponse:
    """Rows as a CSV file, in UTF-8 with the mark by which spreadsheets know it."""
    response = StreamingHttpResponse(_lines(list(columns), rows, _as_now()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def ordered(rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    """Rows in the order in which the pages of a list lead through them: those without a value stand at the end."""
    path = F(sort.removeprefix("-"))
    if sort.startswith("-"):
        return rows.order_by(path.desc(nulls_last=True), "-pk")
    return rows.order_by(path.asc(nulls_last=True), "pk")


def _as_now() -> Callable[[], AbstractContextManager[None]]:
    """The language and the zone of whoever asks, again: lines are written when their request is over already."""
    language, zone = translation.get_language(), timezone.get_current_timezone()

    @contextmanager
    def again() -> Iterator[None]:
        with translation.override(language), timezone.override(zone):
            yield

    return again


def _lines(
    columns: list[Exported], rows: QuerySet[Any], as_then: Callable[[], AbstractContextManager[None]]
) -> Iterator[str]:
    writer = csv.writer(_Line())
    with as_then():
        head = BOM + str(writer.writerow([plain(column.label) for column in columns]))
    yield head
    found = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        with as_then():
            cells = zip(*(column.exported(batch) for column in columns), strict=True)
            lines = [str(writer.writerow(map(plain, each))) for each in cells]
        yield from lines


def plain(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
