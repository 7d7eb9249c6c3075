"""A rulebook in one file: the folder as a zip, and what comes out of one that somebody sends."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

MOST_FILES = 200
MOST_BYTES = 8 * 1024 * 1024
SUFFIXES = (".md", ".toml")


class NoRulebook(ValueError):
    """What was sent cannot be taken for the files of a rulebook; says why in a sentence."""


def packed(files: Mapping[str, str]) -> bytes:
    """The files as a zip; the same files give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name].encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The files of a rulebook in a zip, or the one file that was sent; raises `NoRulebook`.

    Folders within the zip count for nothing, and what is neither Markdown nor TOML is left aside. No more is unpacked
    than a rulebook may hold.
    """
    if not name.lower().endswith(".zip"):
        return {_name(name): content}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise NoRulebook(_("%(name)s is no zip that can be opened.") % {"name": name}) from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [each for each in archive.infolist() if not each.is_dir() and each.filename.lower().endswith(SUFFIXES)]
    if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_BYTES:
        raise NoRulebook(_("The zip holds more than a rulebook may."))
    files: dict[str, bytes] = {}
    for entry in entries:
        name = _name(entry.filename)
        if name.startswith("."):
            continue
        if name in files:
            raise NoRulebook(_("%(name)s is there twice.") % {"name": name})
        with archive.open(entry) as opened:
            files[name] = opened.read(MOST_BYTES)
    if not files:
        raise NoRulebook(_("There is no file of a rulebook in it: only .md and .toml count."))
    return files


def _name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name
