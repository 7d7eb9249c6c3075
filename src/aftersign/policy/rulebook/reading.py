"""Reads a folder into a rulebook, or says with file, line and reason why it cannot stand."""

from __future__ import annotations

from pathlib import Path

from aftersign.policy.rulebook import soundness
from aftersign.policy.rulebook.clauses import ClauseReader
from aftersign.policy.rulebook.declarations import Shelf, read_checks, read_facts, read_labels, read_roles, read_units
from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.edition import read_edition, read_rooms
from aftersign.policy.rulebook.folder import TOML_FILES, Folder, digest_of, print_of_files
from aftersign.policy.rulebook.model import BrokenRulebook, Fault, Rulebook
from aftersign.policy.rulebook.sheets import LANGUAGES, Sheet, read_sheet
from aftersign.policy.rulebook.tables import Table, TomlText

DEFAULT = Path(__file__).resolve().parent.parent / "editions" / "default"


KEPT = 8
_kept: dict[str, Rulebook] = {}


def load(folder: Path) -> Rulebook:
    """The rulebook in a folder; the same files are read once a process.

    Raises BrokenRulebook with all faults when it is not sound.
    """
    print_of = print_of_files(folder)
    if print_of not in _kept:
        rulebook, faults = examine(folder)
        if rulebook is None or faults:
            raise BrokenRulebook(folder, faults)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[print_of] = rulebook
    return _kept[print_of]


def check(folder: Path) -> tuple[Fault, ...]:
    """What is wrong with the rulebook in a folder, by file and line; empty when it is sound."""
    return examine(folder)[1]


def examine(folder: Path) -> tuple[Rulebook | None, tuple[Fault, ...]]:
    """The rulebook as far as it could be read, None when too little could, and all its faults in order of place."""
    reader = _Reader(folder)
    rulebook = reader.read()
    return rulebook, tuple(sorted(set(reader.faults), key=lambda fault: (fault.file, fault.line, fault.reason)))


class _Reader:
    """One reading of a folder. Whether the parts fit together is asked only when all files could be read."""

    def __init__(self, path: Path) -> None:
        self.folder = Folder(path)
        self.faults = self.folder.faults
        self.shelf: Shelf = {}

    def read(self) -> Rulebook | None:
        tables = {file: self._table(file) for file in TOML_FILES}
        edition = tables["edition.toml"]
        if edition is None:
            return None
        rooms = read_rooms(edition)
        sheets = {(language, room): self._sheet(language, room) for language in LANGUAGES for room in rooms}
        self._refuse_strangers(rooms)
        readable = {file: table for file, table in tables.items() if table is not None}
        whole = {key: sheet for key, sheet in sheets.items() if sheet is not None and sheet.whole}
        if len(readable) < len(tables) or len(whole) < len(sheets) or not rooms:
            return None
        draft = self._draft(readable, rooms, whole)
        self.faults += soundness.judge(draft)
        return draft.rulebook

    def _table(self, file: str) -> Table | None:
        text = self.folder.text(file)
        if text is None:
            return None
        source = TomlText(file, text)
        values = source.read()
        if isinstance(values, Fault):
            self.faults.append(values)
            return None
        return Table(source, values, self.faults)

    def _sheet(self, language: str, room: str) -> Sheet | None:
        file = f"{room}.{language}.md"
        text = self.folder.text(file)
        if text is None:
            return None
        sheet = read_sheet(file, room, text)
        self.faults += sheet.faults
        return sheet

    def _refuse_strangers(self, rooms: tuple[str, ...]) -> None:
        for file in self.folder.sheet_files():
            if file.split(".")[0] not in rooms:
                self.faults.append(Fault(file, 1, "its room is not listed in edition.toml"))

    def _section(self, table: Table, key: str, *others: str) -> Table:
        table.allow((key, *others))
        return table.table(key)

    def _draft(self, tables: dict[str, Table], rooms: tuple[str, ...], sheets: dict[tuple[str, str], Sheet]) -> Draft:
        edition = read_edition(tables["edition.toml"])
        units = read_units(self._section(tables["facts.toml"], "units", "facts"), self.shelf)
        reader = ClauseReader(rooms, sheets, self.shelf, self.faults)
        clauses = reader.clauses()
        rulebook = Rulebook(
            **edition._asdict(),
            rooms=rooms,
            chapters=reader.chapters(),
            units=units,
            facts=read_facts(tables["facts.toml"].table("facts"), units, self.shelf),
            acts=read_labels(self._section(tables["acts.toml"], "acts"), "act", self.shelf),
            roles=read_roles(self._section(tables["roles.toml"], "roles"), self.shelf),
            checks=read_checks(self._section(tables["checks.toml"], "checks"), self.shelf),
            words=read_labels(self._section(tables["words.toml"], "words"), "word", self.shelf),
            clauses=clauses,
            terms={term.id: term for clause in clauses.values() for term in clause.terms},
            params={param.name: param for clause in clauses.values() for param in clause.params},
            digest=digest_of(self.folder.texts),
            files=dict(self.folder.texts),
        )
        return Draft(rulebook, tables, self.shelf, sheets)
