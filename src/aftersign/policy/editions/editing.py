"""Other values for the parameters of a rulebook, written into its texts where they stand; everything else stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import tomlkit

from aftersign.policy.rulebook import Param, Rulebook, Value

_FENCE = "```"
EDITION = "edition.toml"


@dataclass(frozen=True)
class NewValue:
    """What a parameter says from now on; `by` gives the values for some orders that change, by key and word."""

    value: Value
    by: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)


def with_values(rulebook: Rulebook, values: Mapping[str, NewValue]) -> dict[str, str]:
    """The files of a rulebook with other values; a value that the source policy gave becomes the company's own."""
    files = dict(rulebook.files)
    for name, new in values.items():
        param = rulebook.params[name]
        files[param.place.file] = _written(files[param.place.file], param, new)
    return files


def with_grades(
    files: Mapping[str, str], conditions: Mapping[int, Mapping[str, str | Sequence[str]]]
) -> dict[str, str]:
    """The same files with other conditions for grades, by the place of the grade; raises `ValueError` as well."""
    document = tomlkit.parse(files.get(EDITION, ""))
    grades = cast(list[dict[str, Any]], document["grades"])
    for place, said in conditions.items():
        for key, wanted in said.items():
            grades[place]["when"][key] = wanted if isinstance(wanted, str) else list(wanted)
    return {**files, EDITION: tomlkit.dumps(document)}


def with_version(files: Mapping[str, str], version: str) -> dict[str, str]:
    """The same files under another version; raises `ValueError` when `edition.toml` cannot be read."""
    document = tomlkit.parse(files.get(EDITION, ""))
    document["version"] = version
    return {**files, EDITION: tomlkit.dumps(document)}


def _written(text: str, param: Param, new: NewValue) -> str:
    """A sheet with the value of one parameter; its lines stay where they were."""
    lines = text.split("\n")
    begin = next(at for at in range(param.place.line - 1, -1, -1) if lines[at].startswith(_FENCE)) + 1
    end = next(at for at in range(begin, len(lines)) if lines[at].startswith(_FENCE))
    document = tomlkit.parse("\n".join(lines[begin:end]))
    table = cast(dict[str, Any], document[param.name])
    table["value"] = _plain(new.value)
    for key, words in new.by.items():
        for word, value in words.items():
            table["by"][key][word] = _plain(value)
    if param.basis != "ours":
        table["basis"] = "ours"
    return "\n".join([*lines[:begin], *tomlkit.dumps(document).split("\n"), *lines[end:]])


def _plain(value: Value) -> str | int | float | bool | list[str]:
    return list(value) if isinstance(value, tuple) else value
