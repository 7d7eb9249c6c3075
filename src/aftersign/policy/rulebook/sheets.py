"""The Markdown files of a rulebook: a room's chapter heading, its clauses, and the fences that stand under each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from aftersign.policy.rulebook.model import Fault, Place
from aftersign.policy.rulebook.tables import TomlText

LANGUAGES = ("zh-Hans", "zh-Hant", "en")

_CHAPTER = re.compile(r"# +(\S.*)")
_CLAUSE = re.compile(r"## +([0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}) +(\S.*)")
_ROOM = re.compile(r"room: (\w+)\s*")
_OURS = "completed_by_us: true"
_FENCE = "```"


class Fence(NamedTuple):
    """What stands between two fence lines, as TOML and as read."""

    source: TomlText
    values: dict[str, object]


@dataclass(slots=True)
class WrittenClause:
    """A clause as one file writes it; `text` are its lines with their numbers."""

    number: str
    title: str
    place: Place
    ours: bool = False
    text: list[tuple[int, str]] = field(default_factory=list)
    terms: list[Fence] = field(default_factory=list)
    params: list[Fence] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The whole text of the clause."""
        return "\n".join(line for _, line in self.text)

    def place_of_text(self, part: str = "") -> Place:
        """The first line of the text that holds a part, or its first line, or the heading when there is no text."""
        numbers = [number for number, line in self.text if part in line] or [number for number, _ in self.text]
        return Place(self.place.file, numbers[0]) if numbers else self.place


@dataclass(slots=True)
class Sheet:
    """One Markdown file: a room in one language; not `whole` when clauses, terms or parameters could not be read."""

    file: str
    room: str
    title: str = ""
    title_line: int = 1
    clauses: list[WrittenClause] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True


def read_sheet(file: str, room: str, text: str) -> Sheet:
    """The sheet that a text says, with all that is wrong in its form."""
    return _SheetReader(file, room).read(text)


class _SheetReader:
    """Goes through the lines of one file, remembering the clause and the fence it stands in."""

    def __init__(self, file: str, room: str) -> None:
        self.sheet = Sheet(file, room)
        self.room_line = 0
        self.clause: WrittenClause | None = None
        self.fence = ""
        self.fence_line = 0
        self.block: list[str] = []

    def read(self, text: str) -> Sheet:
        for number, line in enumerate(text.split("\n"), 1):
            if self.fence and not line.startswith(_FENCE) and not _CLAUSE.match(line):
                self.block.append(line)
            elif self.fence and line.rstrip() == _FENCE:
                self._end_fence()
            else:
                if self.fence:
                    self._lose_fence()
                self._read_line(number, line.rstrip())
        if self.fence:
            self._lose_fence()
        if not self.sheet.title:
            self._refuse(1, "chapter heading '# title' is missing")
        if not self.room_line:
            self._refuse(min(2, len(text.split("\n"))), f"line 'room: {self.sheet.room}' is missing")
        return self.sheet

    def _read_line(self, number: int, line: str) -> None:
        if line == _FENCE:
            self._lose(number, "a fence ends here that has not begun")
        elif line.startswith(_FENCE):
            self._begin_fence(number, line[len(_FENCE) :].strip())
        elif line.startswith("#"):
            self._read_heading(number, line)
        elif line.startswith("room:") and self.clause is None:
            self._read_room(number, line)
        elif line.startswith("completed_by_us"):
            self._read_ours(number, line)
        elif line and self.clause is None:
            self._refuse(number, "only the title and the room's name may stand before the first clause")
        elif line and self.clause is not None:
            self.clause.text.append((number, line))

    def _read_heading(self, number: int, line: str) -> None:
        if clause := _CLAUSE.fullmatch(line):
            self.clause = WrittenClause(clause[1], clause[2], Place(self.sheet.file, number))
            self.sheet.clauses.append(self.clause)
        elif (chapter := _CHAPTER.fullmatch(line)) and not self.sheet.title:
            self.sheet.title, self.sheet.title_line = chapter[1], number
        elif chapter:
            self._refuse(number, "second chapter heading")
        else:
            self._lose(number, "heading is neither a chapter '# title' nor a clause '## N.N.N title'")

    def _read_room(self, number: int, line: str) -> None:
        named = _ROOM.fullmatch(line)
        if self.room_line:
            self._refuse(number, "the room is named twice")
        elif named is None or named[1] != self.sheet.room:
            self._refuse(number, f"'{line}' does not match the file name, write 'room: {self.sheet.room}'")
        self.room_line = number

    def _read_ours(self, number: int, line: str) -> None:
        if line != _OURS or self.clause is None:
            self._refuse(number, f"write '{_OURS}' on its own line under a clause")
        else:
            self.clause.ours = True

    def _begin_fence(self, number: int, kind: str) -> None:
        self.fence, self.fence_line, self.block = kind, number, []
        if kind not in ("terms", "params"):
            self._lose(number, f"unknown fence '{kind}'; there are terms and params")
        elif self.clause is None:
            self._lose(number, "fence before the first clause")

    def _end_fence(self) -> None:
        if self.fence in ("terms", "params"):
            self._keep_fence()
        self.fence = ""

    def _keep_fence(self) -> None:
        source = TomlText(self.sheet.file, "\n".join(self.block), before=self.fence_line)
        values = source.read()
        if isinstance(values, Fault):
            self._lose(values.line, values.reason)
        elif self.clause is not None:
            (self.clause.terms if self.fence == "terms" else self.clause.params).append(Fence(source, values))

    def _lose_fence(self) -> None:
        self._lose(self.fence_line, "fence is not closed")
        self.fence = ""

    def _lose(self, line: int, reason: str) -> None:
        self._refuse(line, reason)
        self.sheet.whole = False

    def _refuse(self, line: int, reason: str) -> None:
        self.sheet.faults.append(Fault(self.sheet.file, line, reason))
