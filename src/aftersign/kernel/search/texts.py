"""Texts read out of files, one at a time and by another process, for the worker to do between its duties."""

from __future__ import annotations

import logging
import subprocess
import sys
from uuid import UUID

from aftersign.kernel.search.filling import write
from aftersign.kernel.search.models import Entry, FileText
from aftersign.kernel.search.sources import source
from aftersign.kernel.vault import places

SECONDS = 20
MOST_ALIKE = 200
"""A file that lies with more records than this says nothing of any of them: the first ones carry its text."""
_log = logging.getLogger(__name__)


def read_next() -> bool:
    """Read the text of one file that waits for it and let it be found; answers whether there was one.

    What cannot be read within the limits has no text: it is found by its name, and not tried again. Stopped half way,
    it begins with the same file again.
    """
    waiting = FileText.objects.filter(is_read=False).first()
    if waiting is None:
        return False
    waiting.text = _text_of(waiting)
    waiting.save(update_fields=["text"])
    if waiting.text:
        _let_be_found(waiting.sha256)
    waiting.is_read = True
    waiting.save(update_fields=["is_read"])
    return True


def _let_be_found(sha256: str) -> None:
    entries = Entry.objects.filter(sha256=sha256, part=0).order_by("pk").values_list("kind", "unit_id")
    found: dict[str, list[UUID]] = {}
    for kind, pk in entries[:MOST_ALIKE]:
        found.setdefault(kind, []).append(pk)
    for kind, ids in found.items():
        write(source(kind), ids)


def _text_of(file: FileText) -> str:
    path = places.path_of(places.place_of(file.sha256))
    command = [sys.executable, "-m", "aftersign.kernel.search.extracting", str(path), file.suffix]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as fault:
        _log.warning("no text could be read out of the file %s: %s", file.sha256, type(fault).__name__)
        return ""
    return done.stdout.decode("utf-8", "replace").replace("\0", "")
