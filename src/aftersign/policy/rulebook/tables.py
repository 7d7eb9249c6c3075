"""Tables of TOML read key by key: what is missing, unknown or of the wrong type becomes a fault at its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from functools import cached_property

from aftersign.policy.rulebook.model import Fault, Labels, Place, Value
from aftersign.policy.rulebook.positions import Keys, Positions

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LINE_OF_ERROR = re.compile(r"at line (\d+)")


def holds_chinese(text: str) -> bool:
    """Whether a text that should be English holds Chinese characters."""
    return _HAN.search(text) is not None


class TomlText:
    """A TOML text with its place in a file; `before` lines of the file stand above it."""

    def __init__(self, file: str, text: str, before: int = 0) -> None:
        self.file = file
        self.before = before
        self._text = text

    def read(self) -> dict[str, object] | Fault:
        """What the text says, or why it is no TOML."""
        try:
            return tomllib.loads(self._text)
        except (ValueError, RecursionError) as error:
            reason = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
            return Fault(self.file, self.before + self._line_of(reason), f"not valid TOML: {reason}")

    def place(self, path: Keys) -> Place:
        """Where the path of keys stands, or the nearest table that holds it."""
        return Place(self.file, max(1, self.before + self._positions.line(path)))

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self._text)

    def _line_of(self, reason: str) -> int:
        if found := _LINE_OF_ERROR.search(reason):
            return int(found[1])
        return self._text.rstrip("\n").count("\n") + 1 if "end of document" in reason else 1


class Table:
    """One table of a TOML text.

    `what` names it in reasons ("fact order.signed"); `home` is the key at whose line a missing key is reported,
    else the line where the table itself begins.
    """

    def __init__(
        self,
        source: TomlText,
        values: dict[str, object],
        faults: list[Fault],
        *,
        what: str = "",
        path: Keys = (),
        home: Keys = (),
    ) -> None:
        self._source = source
        self._values = values
        self._faults = faults
        self._path = path
        self._home = home
        self.what = what

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def written(self) -> tuple[str, ...]:
        """The keys that are written, in their order."""
        return tuple(self._values)

    def place(self, *keys: str | int) -> Place:
        """Where a key stands; of a key that is missing, and without one, the table's home."""
        if keys and keys[0] in self._values:
            return self._source.place((*self._path, *keys))
        return self._source.place((*self._path, *self._home))

    def top(self) -> Place:
        """Where the table begins."""
        return self._source.place(self._path)

    def refuse(self, reason: str, *keys: str | int) -> None:
        """Record a fault at the line of a key."""
        self._faults.append(self.fault(reason, *keys))

    def fault(self, reason: str, *keys: str | int) -> Fault:
        """A fault at the line of a key, its reason opened by what this table is."""
        place = self.place(*keys)
        return Fault(place.file, place.line, f"{self.what}: {reason}" if self.what else reason)

    def allow(self, keys: Collection[str]) -> None:
        """Every other key is a fault."""
        for key in self._values.keys() - set(keys):
            self.refuse(f"unknown key {key}", key)

    def text(self, key: str, *, needed: bool = True) -> str:
        """A text that is not blank; "" when it is missing or something else."""
        value = self._values.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None or needed:
            self._refuse_value(key, "a text")
        return ""

    def names(self, key: str, *, needed: bool = False, filled: bool = True, single: bool = True) -> tuple[str, ...]:
        """A list of names, not empty when it must be `filled`; where a `single` name may stand for it, also that."""
        value = self._values.get(key)
        if single and isinstance(value, str) and value:
            return (value,)
        if isinstance(value, list) and (value or not filled) and all(isinstance(one, str) and one for one in value):
            return tuple(value)
        if value is not None or needed:
            self._refuse_value(key, "a name or a list of names" if single else "a list of names")
        return ()

    def flag(self, key: str) -> bool:
        """True or false; false when it is missing."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self._refuse_value(key, "true or false")
        return value is True

    def value(self, key: str, *, needed: bool = False) -> Value | None:
        """A text, number, truth value or list of texts; None when it is missing or something else."""
        read = plain_value(self._values.get(key))
        if read is None and (key in self._values or needed):
            self._refuse_value(key, "a text, a number, true, false or a list of words")
        return read

    def values(self, key: str) -> dict[str, Value]:
        """A table of plain values; empty when it is missing or something else."""
        inner = self.table(key, needed=False)
        read = {name: inner.value(name) for name in inner.written()}
        return {name: value for name, value in read.items() if value is not None}

    def texts(self, key: str) -> dict[str, str]:
        """A table of texts; empty when it is missing or something else."""
        inner = self.table(key, needed=False)
        return {name: inner.text(name) for name in inner.written()}

    def table(self, key: str, *, needed: bool = True) -> Table:
        """An inner table; an empty one when it is missing or something else."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            if value is not None or needed:
                self._refuse_value(key, "a table")
            value = {}
        return self._inner(value, f"{self.what}: {key}" if self.what else key, key)

    def tables(self, key: str) -> Iterator[Table]:
        """The inner tables of a list; none when it is missing or something else."""
        value = self._values.get(key)
        if not isinstance(value, list):
            self._refuse_value(key, "a list of tables")
            return
        for index, one in enumerate(value):
            if isinstance(one, dict):
                yield self._inner(one, key, key, index)
            else:
                self.refuse(f"{key} holds tables only, not {_shown(one)}", key, index)

    def entries(self, noun: str) -> Iterator[tuple[str, Table]]:
        """The tables in this table by their names; `noun` says what each of them is."""
        for name, value in self._values.items():
            if isinstance(value, dict):
                yield name, self._inner(value, f"{noun} {name}", name)
            else:
                self.refuse(f"{name} is {_shown(value)}, not a table", name)

    def labels(self, hans: str = "zh_hans", hant: str = "zh_hant") -> Labels:
        """Names in the three languages, the English one without Chinese characters."""
        labels = Labels(*(self._label(key) for key in (hans, hant, "en")))
        if holds_chinese(labels.en):
            self.refuse("label en holds Chinese characters", "en")
        return labels

    def _label(self, key: str) -> str:
        value = self._values.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.refuse(f"label {key} is missing" if value is None or value == "" else f"label {key} is no text", key)
        return ""

    def _inner(self, values: dict[str, object], what: str, *keys: str | int) -> Table:
        return Table(self._source, values, self._faults, what=what, path=(*self._path, *keys))

    def _refuse_value(self, key: str, wanted: str) -> None:
        if key in self._values:
            self.refuse(f"{key} is {_shown(self._values[key])}, not {wanted}", key)
        else:
            self.refuse(f"{key} is missing")


def plain_value(value: object) -> Value | None:
    """A value of TOML as one of a rulebook; None for a table, a date or a list of anything but texts."""
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
