"""Files of several rooms as one: a page that asks for one thing is there sooner than one that asks for six."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage


class Joined(finders.BaseFinder):
    """Finds the files of `JOINED`: what each names, end to end."""

    def find(self, path: str, find_all: bool = False, **older: Any) -> Any:
        """Where the file lies once it is written; an empty list for every other path."""
        if path not in settings.JOINED:
            return []
        written = str(self._write(path))
        return [written] if find_all else written

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """What is collected."""
        for name in settings.JOINED:
            yield name, FileSystemStorage(location=self._write(name).parent)

    def _write(self, name: str) -> Path:
        """Write the file unless it is there already, in one stroke: several processes may do so at once."""
        path, whole = settings.HOME / "joined" / name, joined(name)
        if not path.exists() or path.read_text(encoding="utf-8") != whole:
            path.parent.mkdir(parents=True, exist_ok=True)
            mine = path.with_name(f"{name}.{secrets.token_hex(8)}")
            mine.write_text(whole, encoding="utf-8")
            mine.replace(path)
        return path


def joined(name: str) -> str:
    """The files one behind the other; one that is missing raises `FileNotFoundError`."""
    written = _as_module if name.endswith(".js") else _as_sheet
    return "".join(written(part, _read(name, part)) for part in settings.JOINED[name])


def _as_module(part: str, text: str) -> str:
    """In a block of its own: names of two scripts never meet."""
    return f"// {part}\n{{\n{text}\n}}\n"


def _as_sheet(part: str, text: str) -> str:
    return f"/* {part} */\n{text}\n"


def _read(name: str, part: str) -> str:
    found = finders.AppDirectoriesFinder().find(part)
    if not found:
        raise FileNotFoundError(f"{name} is joined of {part}, which no application has")
    return Path(str(found)).read_text(encoding="utf-8")
