"""The house as the rules see it: its modules, its templates, its units and which of them may use which."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGE = "aftersign"
# Floors of one number may use each other; a higher one may use a lower one.
FLOORS = {
    "kernel": 0,
    "orders": 1,
    "policy": 2,
    "chapters": 3,
    "desk": 4,
    "portal": 4,
    "api": 4,
    "demo": 5,
    "cli": 5,
    "project": 6,
}
KERNEL = (
    *("clock", "org", "units", "access", "journal", "acts", "numbers"),
    *("vault", "search", "print", "seal", "flow", "notices", "shell"),
)
DIVIDED = ("kernel", "chapters")  # floors whose packages are units of their own
# What git would leave out, where there is no git to ask.
UNTRACKED = {".git", ".venv", ".hypothesis", "var", "dist", "build", "node_modules", "__pycache__"}
UNTRACKED_SUFFIXES = {".pyc", ".mo"}


def unit_of(parts: tuple[str, ...]) -> str:
    """The unit of a module name, as `kernel.org`, `chapters.handover` or `policy`; of the package itself ""."""
    inner = parts[1:]
    if not inner:
        return ""
    return ".".join(inner[:2]) if inner[0] in DIVIDED else inner[0]


def objection(user: str, used: str) -> str:
    """Why one unit may not use another; an empty text when it may."""
    user_floor, _, user_part = user.partition(".")
    used_floor, _, used_part = used.partition(".")
    if user == used or user_floor not in FLOORS or used_floor not in FLOORS:
        return ""
    if FLOORS[used_floor] > FLOORS[user_floor]:
        return f"{user} stands below {used}"
    if user_floor == used_floor == "chapters" and user_part and used_part:
        return f"{user} and {used} are rooms, and rooms do not know each other"
    if user_floor == used_floor == "kernel" and user_part in KERNEL and used_part in KERNEL:
        return f"{user} comes before {used} in the kernel" if KERNEL.index(used_part) > KERNEL.index(user_part) else ""
    return ""


@dataclass(frozen=True)
class File:
    """A text file of the repository with its path relative to the root."""

    path: Path
    text: str

    @cached_property
    def lines(self) -> int:
        """Number of lines."""
        return self.text.count("\n")

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """For a file below the package, the dotted name of its folder; of others nothing."""
        if self.path.parts[:2] != ("src", PACKAGE):
            return ()
        return self.path.parts[1:-1]

    @cached_property
    def unit(self) -> str:
        """The unit in whose folder the file lies."""
        return unit_of(self.parts)

    def at(self, offset: int) -> str:
        """Path and line of an offset in the text."""
        return f"{self.path}:{self.text.count(chr(10), 0, offset) + 1}"


@dataclass(frozen=True)
class Module(File):
    """A Python file, parsed."""

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, str(self.path))

    @cached_property
    def name(self) -> tuple[str, ...]:
        """Its dotted name in parts; that of a package for an `__init__.py`."""
        return self.parts if self.path.name == "__init__.py" else (*self.parts, self.path.stem)

    @property
    def unit(self) -> str:
        """The unit that it belongs to; `kernel/clock.py` would be `kernel.clock` like the package."""
        return unit_of(self.name)

    @property
    def is_test(self) -> bool:
        """Whether it is there for tests only."""
        return "tests" in self.path.parts or self.path.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote it."""
        return "migrations" in self.path.parts

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions and methods in it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


class House:
    """A checkout, read once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def tracked(self) -> list[Path]:
        """Files that git keeps or would keep, relative to the root; without git all that lie here."""
        listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        answer = subprocess.run(listing, cwd=self.root, capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            paths = (Path(name) for name in answer.stdout.split("\0") if name)
        else:
            paths = (path.relative_to(self.root) for path in self.root.rglob("*"))
        return sorted(path for path in paths if (self.root / path).is_file() and not is_left_over(path))

    @cached_property
    def files(self) -> list[File]:
        """All tracked text files."""
        return [File(path, text) for path in self.tracked if (text := self.read(path)) is not None]

    @cached_property
    def modules(self) -> list[Module]:
        """All Python files, those of the package first."""
        found = [Module(file.path, file.text) for file in self.files if file.path.suffix == ".py"]
        return sorted(found, key=lambda module: (not module.parts, module.path))

    @cached_property
    def code(self) -> list[Module]:
        """What people wrote to run: the package without tests and migrations."""
        return [module for module in self.modules if module.parts and not module.is_test and not module.is_migration]

    @cached_property
    def templates(self) -> list[File]:
        """The page templates of the package."""
        return [file for file in self.files if file.parts and file.path.suffix == ".html"]

    def read(self, path: Path) -> str | None:
        """The text of a file; None when it holds no text."""
        try:
            return (self.root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return None


def is_left_over(path: Path) -> bool:
    """Whether a path is something that tools leave behind."""
    return bool(UNTRACKED.intersection(path.parts)) or path.suffix in UNTRACKED_SUFFIXES
