"""The access table as the guide prints it: circles of roles, and a row for each route, act and kind of fact."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "access.toml"
SIDES = ("own", "foreign")


@dataclass(frozen=True)
class Route:
    """Who may send which method, and how everybody else is answered: `hides` them the page or forbids it."""

    name: str
    group: str
    methods: dict[str, str]


@dataclass(frozen=True)
class Operation:
    """Who may send an operation of the interface for programs, and the scope that its token needs (empty: none)."""

    name: str
    group: str
    method: str
    may: str
    scope: str


@dataclass(frozen=True)
class Act:
    """Who may do an act on which kind of unit, and the predicate in the code that says so."""

    name: str
    on: str
    may: str
    because: str


class Table:
    """The file, read once; unknown circles and roles raise `KeyError`."""

    def __init__(self, text: str) -> None:
        read: dict[str, Any] = tomllib.loads(text)
        self.roles: dict[str, str] = read["roles"]
        self.circles = {name: self._sides(said) for name, said in read["circles"].items()}
        self.routes = {
            name: Route(name, group, methods)
            for group, rows in read["routes"].items()
            for name, methods in rows.items()
        }
        self.operations = {
            name: _operation(name, group, dict(said))
            for group, rows in read["api"].items()
            for name, said in rows.items()
        }
        self.acts = {name: Act(name, **said) for name, said in read["acts"].items()}
        self.facts: dict[str, str] = {name: circle for circle, names in read["facts"].items() for name in names}

    def may(self, circle: str, role: str, side: str) -> bool:
        """Whether a role belongs to a circle, of its own order or of a foreign one."""
        return role in self.circles[circle][side]

    def _sides(self, said: Any) -> dict[str, frozenset[str]]:
        sides = said if isinstance(said, dict) else dict.fromkeys(SIDES, said)
        unknown = {role for roles in sides.values() for role in roles} - self.roles.keys()
        if unknown or set(sides) != set(SIDES):
            raise KeyError(f"circles name known roles for {SIDES}, not {sorted(unknown)}")
        return {side: frozenset(sides[side]) for side in SIDES}


def _operation(name: str, group: str, said: dict[str, str]) -> Operation:
    scope = said.pop("scope", "")
    [(method, may)] = said.items()
    return Operation(name, group, method, may, scope)


TABLE = Table(FILE.read_text(encoding="utf-8"))
