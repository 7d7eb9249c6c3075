"""Maps of an import: which column, constant or joined file gives each value of an order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from aftersign.kernel.shell.sheets import Sheet, Unreadable, read_sheet

SHIPPED = Path(__file__).parent / "maps"
_PART = re.compile(r"\{([^{}]+)\}")
_KEYS = {
    "order": {
        "contract_no",
        "title",
        "kind",
        "signed_on",
        "delivery_on",
        "currency",
        "amount",
        "rate",
        "rate_on",
        "tax_rate",
        "secrecy",
        "stage",
        "accepted_on",
    },
    "customer": {"code", "name", "credit_code", "address", "channel", "contacts"},
    "sales_owner": {"account", "name", "title"},
    "lines": {"from", "name", "specification", "quantity", "measure", "unit_price", "discount", "discount_fraction"},
    "file": {"loose"},
    "joined": None,
}
_CONTACT = {"name", "role", "phone", "email"}
_NEEDED = (
    ("order", "contract_no"),
    ("order", "kind"),
    ("order", "signed_on"),
    ("customer", "name"),
    ("sales_owner", "name"),
)


class BadMap(Exception):
    """A map that cannot be used, and why."""


class Unmatched(Exception):
    """A row that points at nothing in a joined file."""


@dataclass(frozen=True)
class Join:
    """A file beside the one that is imported; a row belongs to it where `key`, its column, equals what `by` gives.

    `loose` is a column of it whose texts hold commas without being quoted.
    """

    file: str
    key: str
    by: str
    loose: str = ""


@dataclass(frozen=True)
class ImportMap:
    """A map; every value is a text in which `{column}` and `{joined.column}` stand for what the row has there."""

    order: Mapping[str, str]
    customer: Mapping[str, str]
    contacts: tuple[Mapping[str, str], ...]
    sales_owner: Mapping[str, str]
    lines: Mapping[str, str]
    joined: Mapping[str, Join]
    loose: str = ""


class Shelf(Protocol):
    """Where the files of an import lie."""

    def __call__(self, name: str, loose: str, /) -> Sheet:
        """The table in the file of a name; raises `Unreadable` when there is none."""


def in_folder(folder: Path) -> Shelf:
    """The files that lie in a folder of the disk."""
    return lambda name, loose: read_sheet(folder / name, loose)


@dataclass
class Files:
    """The joined files of an import, read once, and their rows by what they are joined on."""

    shelf: Shelf
    joined: Mapping[str, Join]
    _rows: dict[str, dict[str, list[dict[str, str]]]] = field(default_factory=dict)

    def rows(self, name: str, key: str) -> list[dict[str, str]]:
        """The rows of a joined file under a key; raises `Unreadable` and `BadMap` for a file that does not serve."""
        if name not in self._rows:
            self._rows[name] = self._indexed(self.joined[name])
        return self._rows[name].get(key, [])

    def _indexed(self, join: Join) -> dict[str, list[dict[str, str]]]:
        sheet = self.shelf(join.file, join.loose)
        _ask_column(sheet, join.key)
        if sheet.overlong:
            raise Unreadable(f"{join.file}: row {min(sheet.overlong)} has more cells than there are columns")
        found: dict[str, list[dict[str, str]]] = {}
        for _number, row in sheet.rows:
            found.setdefault(row[join.key], []).append(row)
        return found


@dataclass(frozen=True)
class Reading:
    """One row of the imported file, with what is joined to it."""

    row: Mapping[str, str]
    files: Files
    beside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def fill(self, template: str) -> str:
        """The text of a template; empty when it names values and all of them are."""
        values = [self.value(name) for name in _PART.findall(template)]
        if values and not any(values):
            return ""
        return _PART.sub(lambda part: self.value(part[1]), template).strip()

    def value(self, name: str) -> str:
        """What stands in a column, or in a column of a joined file; raises `Unmatched` and `BadMap`."""
        if name in self.row:
            return self.row[name]
        join, dot, column = name.partition(".")
        row = self._joined(join) if dot else self.row
        column = column if dot else name
        if row and column not in row:
            raise BadMap(f"there is no column {column}{f' in {self.files.joined[join].file}' if dot else ''}")
        return row.get(column, "")

    def among(self, name: str) -> Iterator[Reading]:
        """This row once with each row of a joined file that belongs to it."""
        key = self.fill(self.files.joined[name].by)
        for row in self.files.rows(name, key):
            yield Reading(self.row, self.files, {**self.beside, name: row})

    def _joined(self, name: str) -> Mapping[str, str]:
        if name in self.beside:
            return self.beside[name]
        if name not in self.files.joined:
            raise BadMap(f"the map joins no {name}")
        join = self.files.joined[name]
        key = self.fill(join.by)
        rows = self.files.rows(name, key)
        if key and not rows:
            said = {"file": join.file, "column": join.key, "text": key}
            raise Unmatched(_("%(file)s has no %(column)s %(text)s") % said)
        return rows[0] if rows else {}


def shipped() -> dict[str, ImportMap]:
    """All maps that are shipped, by name."""
    return {path.stem: load_map(path.stem) for path in sorted(SHIPPED.glob("*.toml"))}


def load_map(name: str) -> ImportMap:
    """The map of that name that is shipped, or the one in a file; raises `BadMap`."""
    path = Path(name) if name.endswith(".toml") else SHIPPED / f"{name}.toml"
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(each.stem for each in SHIPPED.glob("*.toml")))
        raise BadMap(f"there is no map {name}; shipped are: {known}; or name a .toml file") from None
    except (OSError, ValueError) as error:
        raise BadMap(f"{path.name} cannot be read: {error}") from None
    return as_map(read, path.name)


def as_map(read: Mapping[str, Any], name: str) -> ImportMap:
    """The map that tables of texts make, under a name for what is wrong with them; raises `BadMap`."""
    _ask(read, name)
    customer = dict(read["customer"])
    contacts = tuple(customer.pop("contacts", ()))
    joined = {name: Join(**join) for name, join in read.get("joined", {}).items()}
    loose = read.get("file", {}).get("loose", "")
    return ImportMap(read["order"], customer, contacts, read["sales_owner"], read.get("lines", {}), joined, loose)


def _ask(read: Mapping[str, Any], file: str) -> None:
    """Refuse what a map may not say, or must say and does not."""
    for section, key in _NEEDED:
        if not isinstance(read.get(section), dict) or not read[section].get(key):
            raise BadMap(f"{file}: [{section}] lacks {key}")
    for section, entries in read.items():
        allowed = _KEYS.get(section, set())
        _ask_keys(entries, allowed, f"{file}: [{section}]") if allowed is not None else None
    for contact in read["customer"].get("contacts", ()):
        _ask_keys(contact, _CONTACT, f"{file}: a contact")
    for name, join in read.get("joined", {}).items():
        _ask_keys(join, {"file", "key", "by", "loose"}, f"{file}: [joined.{name}]")
        if not {"file", "key", "by"} <= join.keys():
            raise BadMap(f"{file}: [joined.{name}] needs file, key and by")
    if read.get("lines") and read["lines"].get("from") not in read.get("joined", {}):
        raise BadMap(f"{file}: [lines] comes from a joined file")


def _ask_keys(entries: Any, allowed: set[str], what: str) -> None:
    if not isinstance(entries, dict):
        raise BadMap(f"{what} is no table")
    if strange := sorted(entries.keys() - allowed):
        raise BadMap(f"{what} does not know {strange[0]}")
    texts = (value for key, value in entries.items() if key != "contacts")
    if not all(isinstance(value, str) for value in texts):
        raise BadMap(f"{what} holds texts only, in quotation marks")


def _ask_column(sheet: Sheet, column: str) -> None:
    if column not in sheet.columns:
        raise BadMap(f"{sheet.name} has no column {column}")
