"""Editions as the program reads them: loaded once per process from the texts that the database keeps."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from aftersign.policy.engine import Program
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import Rulebook, load

LABELS_LAST = 30.0
"""Seconds after which a process looks for other labels by itself; a process that reads the journal looks at once."""
_shown: tuple[float, Rulebook | None] | None = None


def rulebook_of(edition_id: UUID | str) -> Rulebook:
    """The rulebook of an edition; raises `Edition.DoesNotExist` for an unknown id."""
    return _loaded(str(edition_id))[0]


def program_of(edition_id: UUID | str) -> Program:
    """The compiled program of an edition."""
    return _loaded(str(edition_id))[1]


def programs() -> dict[str, Program]:
    """The programs of all editions that came into force, by id."""
    ids = Edition.objects.filter(in_force_from__isnull=False).values_list("id", flat=True)
    return {str(each): program_of(each) for each in ids}


def current() -> Edition | None:
    """The edition in force, None before there is one."""
    return Edition.objects.filter(in_force_from__isnull=False, replaced_at=None).defer("files").first()


def shown() -> Rulebook | None:
    """The rulebook in force as pages call things by it: looked up now and then, so that labels cost no query."""
    global _shown  # noqa: PLW0603 (one memory a process)
    at = time.monotonic()
    if _shown is None or at - _shown[0] > LABELS_LAST:
        edition = current()
        _shown = (at, rulebook_of(edition.pk) if edition else None)
    return _shown[1]


def forget() -> None:
    """Look up the edition in force at the next label; called when another came into force."""
    global _shown  # noqa: PLW0603 (one memory a process)
    _shown = None


def read_files(files: Mapping[str, str | bytes]) -> Rulebook:
    """A rulebook from texts, or what may be texts, by file name; raises `BrokenRulebook`."""
    with tempfile.TemporaryDirectory(prefix="rulebook-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / Path(file).name).write_bytes(content.encode() if isinstance(content, str) else content)
        return load(folder)


@lru_cache(maxsize=16)
def _loaded(edition_id: str) -> tuple[Rulebook, Program]:
    rulebook = read_files(Edition.objects.get(pk=edition_id).files)
    return rulebook, Program.compile(rulebook)
