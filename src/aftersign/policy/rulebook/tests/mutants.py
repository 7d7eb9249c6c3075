"""Copies of the default edition with one mistake each, and the second opinion on them."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

from aftersign.policy.rulebook import DEFAULT

REFERENCE = Path(__file__).resolve().parents[5] / "tests" / "rulebook" / "check_edition.py"


@dataclass(frozen=True)
class Mutant:
    """One mistake: the first `old` in a file becomes `new`.

    The fault is expected where `new` begins, or at the line of `at`: a part of `new`, or a (file, text) elsewhere, its
    first line when the text is empty. `alone` says that only our checks find the mistake and the reference does not.
    """

    file: str
    old: str
    new: str
    reason: str
    at: str | tuple[str, str] = ""
    alone: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"

    def write(self, folder: Path) -> tuple[str, int]:
        """Write the edition with the mistake into a folder; returns the file and line where it must be found.

        The edition gets another id, so that the reference asks for no clause numbers of the source policy.
        """
        copy_edition(folder)
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        start = text.index(self.old)
        path.write_text(text[:start] + self.new + text[start + len(self.old) :], encoding="utf-8")
        if isinstance(self.at, tuple):
            file, mark = self.at
            return file, line_of((folder / file).read_text(encoding="utf-8"), mark) if mark else 1
        return self.file, path.read_text(encoding="utf-8").count("\n", 0, start + self.new.index(self.at)) + 1


def copy_edition(folder: Path) -> None:
    """The default edition under another id."""
    shutil.copytree(DEFAULT, folder, dirs_exist_ok=True)
    edition = folder / "edition.toml"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text.replace('id = "default"', 'id = "trial"'), encoding="utf-8")


def line_of(text: str, mark: str) -> int:
    """The line on which a part of a text first stands."""
    return text.count("\n", 0, text.index(mark)) + 1


def reference_refuses(folder: Path) -> bool:
    """Whether the reference checker refuses the edition in a folder; stumbling over it counts as refusing."""
    return bool(reference_says(folder)[0])


def reference_says(folder: Path) -> tuple[int, str]:
    """The exit code of the reference checker and what it prints."""
    printed, arguments = io.StringIO(), sys.argv
    sys.argv = [str(REFERENCE), str(folder)]
    try:
        with contextlib.redirect_stdout(printed):
            # a new module for each run, since it keeps its errors in a list of its own
            space: dict[str, object] = {"__name__": "check_edition", "__file__": str(REFERENCE)}
            exec(_reference_code(), space)
            main = space["main"]
            assert callable(main)
            return int(main()), printed.getvalue()
    except Exception as stumble:  # noqa: BLE001 -- a traceback is the reference's way to refuse a wrong type
        return 1, repr(stumble)
    finally:
        sys.argv = arguments


@cache
def _reference_code() -> CodeType:
    return compile(REFERENCE.read_text(encoding="utf-8"), str(REFERENCE), "exec")
