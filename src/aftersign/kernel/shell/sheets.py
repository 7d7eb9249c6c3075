"""Tables in files, CSV or XLSX, read as rows of text under the names of their columns."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, load_workbook

EMPTY = ("", "NULL")
MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes to which a workbook may unpack; more is no table that a person has made."""
_ENCODINGS = ("utf-8-sig", "gb18030")


class Unreadable(Exception):
    """A file that holds no table."""


@dataclass(frozen=True)
class Sheet:
    """A table: its columns, and its rows with the line or row number that each has in the file.

    `overlong` are the numbers of rows with more cells than there are columns, so that nobody knows which is which.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    overlong: frozenset[int]


def read_sheet(path: Path, loose: str = "") -> Sheet:
    """The table in a file on the disk, as `sheet_of` reads it; raises `Unreadable` also when there is no such file."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error}") from None
    return sheet_of(path.name, content, loose)


def sheet_of(name: str, content: bytes, loose: str = "") -> Sheet:
    """The table in a file; the first row names the columns, and empty rows are left out.

    `loose` is a column whose texts hold separators without being quoted: an overlong row is put together there.
    Raises `Unreadable` when there is no table in it.
    """
    is_workbook = name.lower().endswith((".xlsx", ".xls", ".ods"))
    try:
        rows = list(_workbook_rows(content) if is_workbook else _csv_rows(content))
    except (OSError, CalamineError, zipfile.BadZipFile, csv.Error, UnicodeDecodeError) as error:
        raise Unreadable(f"{name} cannot be read: {error}") from None
    if not rows:
        raise Unreadable(f"{name} is empty")
    columns = tuple(cell.strip() for cell in rows[0][1])
    if len(set(filter(None, columns))) < len([each for each in columns if each]):
        raise Unreadable(f"{name} has two columns of one name")
    filled = [(number, _mended(cells, columns, loose)) for number, cells in rows[1:] if any(map(_text, cells))]
    overlong = frozenset(number for number, cells in filled if any(map(_text, cells[len(columns) :])))
    return Sheet(name, columns, tuple((number, _row(columns, cells)) for number, cells in filled), overlong)


def _mended(cells: list[str], columns: Sequence[str], loose: str) -> list[str]:
    """The cells of a row, those together again that a separator within the loose column has torn apart."""
    too_many = len(cells) - len(columns)
    if too_many <= 0 or loose not in columns:
        return cells
    place = columns.index(loose)
    return [*cells[:place], ",".join(cells[place : place + too_many + 1]), *cells[place + too_many + 1 :]]


def _row(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    filled = [*map(_text, cells), *[""] * len(columns)]
    return {column: cell for column, cell in zip(columns, filled, strict=False) if column}


def _text(cell: str) -> str:
    return "" if cell.strip() in EMPTY else cell.strip()


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS[:-1]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(_ENCODINGS[-1])


def _workbook_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _refuse_bomb(content)
    sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [_of_cell(cell) for cell in cells]


def _refuse_bomb(content: bytes) -> None:
    """Raise `Unreadable` for a packed workbook that would fill the memory."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("it unpacks to more than 200 MB")


def _of_cell(cell: Any) -> str:
    """A cell as it would stand in a CSV: whole numbers without a point, days as ISO dates."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)
