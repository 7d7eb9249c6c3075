"""The code on a printed form: typed by hand, or as a picture that leads to the record, and read back from a scan."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

import segno

from aftersign.kernel.vault import places

LENGTH, GROUP = 16, 4
_SECONDS = 30
_NOT_HEX = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True)
class Found:
    """What could be read from a scan: verification codes in its text, and what its QR codes say."""

    codes: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def verification_code(check_value: str) -> str:
    """The beginning of a check value in groups: with it a paper is matched with the record that it shows."""
    short = check_value[:LENGTH].upper()
    return "-".join(short[at : at + GROUP] for at in range(0, len(short), GROUP))


def bare(code: str) -> str:
    """A code as it was typed, without what only parts it: the beginning of a check value."""
    return _NOT_HEX.sub("", unicodedata.normalize("NFKC", code).lower())


def picture(address: str) -> str:
    """An address as a QR code, in SVG."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", xmldecl=False, border=0)
    return written.getvalue().decode()


def read(name: str, sha256: str) -> Found:
    """What codes a file that is kept shows, looked for by another process; nothing where it cannot be read."""
    source = places.path_of(places.place_of(sha256))
    command = [sys.executable, "-m", "aftersign.kernel.print.scans", str(source), PurePath(name).suffix.lower()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return Found()
    return Found(tuple(told["codes"]), tuple(told["pictures"]))
