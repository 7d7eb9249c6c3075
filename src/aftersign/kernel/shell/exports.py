"""Lists as files: CSV that spreadsheets open without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

BOM = "\ufeff"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Exported(Protocol):
    """A column as an export sees it."""

    @property
    def label(self) -> Any:
        """The column's head."""

    def exported(self, row: Any) -> Any:
        """The value of a row."""


class _Line:
    """What a csv writer writes to: it hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_of(name: str, columns: Iterable[Exported], rows: QuerySet[Any]) -> StreamingHttpResponse:
    """Rows as a CSV file, in UTF-8 with the mark by which spreadsheets know it."""
    response = StreamingHttpResponse(_lines(list(columns), rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _lines(columns: list[Exported], rows: QuerySet[Any]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + str(writer.writerow([plain(column.label) for column in columns]))
    for row in rows.iterator(chunk_size=1000):
        yield str(writer.writerow([plain(column.exported(row)) for column in columns]))


def plain(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text
