"""Every key of a TOML text is found on the line where it is written."""

import tomllib

import pytest

from aftersign.policy.rulebook import DEFAULT
from aftersign.policy.rulebook.positions import Keys, Positions

TEXT = '''# a comment = "with [brackets]"
title = "a = [b"
"quoted.key" = 1
dotted.key = { one = 1, two = { three = [1, 2] } }
list = [
  "first", # comment, ]
  { name = "second" },

  ["third"],
]
long = """
not_a_key = 1
"""

[table]
key = 'literal = "x"'

[table."in.side"]
key = 1.5
date = 2026-01-01 10:00:00

[[array]]
key = 1

[array.under]
key = 1

[[array]]
"esc\\u0061ped" = -1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted.key",), 3),
        (("dotted", "key", "two", "three", 1), 4),
        (("list", 0), 6),
        (("list", 1, "name"), 7),
        (("list", 2, 0), 9),
        (("long",), 11),
        (("table",), 15),
        (("table", "key"), 16),
        (("table", "in.side"), 18),
        (("table", "in.side", "date"), 20),
        (("array", 0), 22),
        (("array", 0, "under", "key"), 26),
        (("array", 1), 28),
        (("array", 1, "escaped"), 29),
        (("table", "missing", "key"), 15),
        (("missing",), 0),
    ],
)
def test_lines(path: Keys, line: int) -> None:
    assert Positions(TEXT).line(path) == line


def test_every_key_of_the_shipped_edition_is_on_its_line() -> None:
    for file in DEFAULT.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        lines, positions = text.splitlines(), Positions(text)
        for path in _paths(tomllib.loads(text)):
            assert str(path[-1]) in lines[positions.line(path) - 1], (file.name, path)


def _paths(value: object, path: Keys = ()) -> list[Keys]:
    """All paths that end in a key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [found for key, one in pairs for found in _paths(one, (*path, key))]
    return [path, *inner] if path and isinstance(path[-1], str) else inner
