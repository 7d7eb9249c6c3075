"""On which line of a TOML text each key stands, for a text that `tomllib` has already accepted."""

from __future__ import annotations

import re
import tomllib

Keys = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''
      (?P<quoted> """(?:\\.|[^\\])*?"{3,5} | \'\'\'.*?\'{3,5} | "(?:\\.|[^"\\])*" | '[^']*' )
    | (?P<comment> \#[^\n]* )
    | (?P<mark> [\[\]{},=.\n] )
    | (?P<bare> [^\s\[\]{},=.\#"']+ )
    ''',
    re.VERBOSE | re.DOTALL,
)


class Positions:
    """The line of every table, key and element of an array, by the path of keys and indexes that leads to it."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Keys, int] = {}
        self._tokens = [*_tokens(text), ("\n", 0)]
        self._next = 0
        self._array_tables: dict[Keys, int] = {}
        self._read_statements()

    def line(self, path: Keys) -> int:
        """The line of the path, or of the nearest thing that holds it; 0 for the text as a whole."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    def _read_statements(self) -> None:
        base: Keys = ()
        while self._next < len(self._tokens):
            mark = self._tokens[self._next][0]
            if mark == "\n":
                self._next += 1
            elif mark == "[":
                base = self._read_header()
            else:
                self._read_pair(base)

    def _read_header(self) -> Keys:
        self._next += 1
        of_array = self._tokens[self._next][0] == "["
        self._next += of_array
        path: Keys = ()
        for name, line in self._read_key("]"):
            if path in self._array_tables:
                path = (*path, self._array_tables[path])
            path = (*path, name)
            self._lines.setdefault(path, line)
        self._next += of_array
        if of_array:
            self._array_tables[path] = self._array_tables.get(path, -1) + 1
            path = (*path, self._array_tables[path])
            self._lines[path] = line
        return path

    def _read_pair(self, base: Keys) -> None:
        path = base
        for name, line in self._read_key("="):
            path = (*path, name)
            self._lines.setdefault(path, line)
        self._read_value(path)

    def _read_key(self, end: str) -> list[tuple[str, int]]:
        """The parts of a dotted key with their lines, up to the mark that ends it."""
        parts = []
        while (token := self._tokens[self._next])[0] != end:
            if token[0] != ".":
                parts.append((_plain(token[0]), token[1]))
            self._next += 1
        self._next += 1
        return parts

    def _read_value(self, path: Keys) -> None:
        opening = self._tokens[self._next][0]
        if opening == "[":
            self._read_array(path)
        elif opening == "{":
            self._next += 1
            while self._tokens[self._next][0] != "}":
                if self._tokens[self._next][0] == ",":
                    self._next += 1
                else:
                    self._read_pair(path)
            self._next += 1
        else:
            while self._tokens[self._next][0] not in {",", "]", "}", "\n"}:
                self._next += 1

    def _read_array(self, path: Keys) -> None:
        self._next += 1
        index = 0
        while (token := self._tokens[self._next][0]) != "]":
            if token in {",", "\n"}:
                self._next += 1
                continue
            self._lines[(*path, index)] = self._tokens[self._next][1]
            self._read_value((*path, index))
            index += 1
        self._next += 1


def _tokens(text: str) -> list[tuple[str, int]]:
    found, line = [], 1
    for match in _TOKEN.finditer(text):
        token = match[0]
        if match.lastgroup != "comment":
            found.append((token, line))
        line += token.count("\n")
    return found


def _plain(token: str) -> str:
    if token.startswith("'"):
        return token[1:-1]
    if not token.startswith('"'):
        return token
    return str(tomllib.loads(f"key = {token}")["key"]) if "\\" in token else token[1:-1]
