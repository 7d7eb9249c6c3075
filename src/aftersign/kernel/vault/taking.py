"""Taking a file in: what it is, how large, whether it is clean, and then its bytes, once."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext as _

from aftersign.kernel.vault import places, scanning
from aftersign.kernel.vault.kinds import is_of_its_kind
from aftersign.kernel.vault.limits import limit
from aftersign.kernel.vault.names import harmless
from aftersign.kernel.vault.receiving import Arrived


class NotTaken(Exception):
    """A file that is not kept; the text is a sentence for whoever sent it, and nothing of the file is left."""


@dataclass(frozen=True)
class Kept:
    """A file that is kept: its name without harm, its place, its size in bytes and their SHA-256."""

    name: str
    file: str
    size: int
    sha256: str


def take(upload: File[bytes]) -> Kept:
    """Keep a file under the digest of its bytes; raises `NotTaken`."""
    name = harmless(upload.name or "")
    try:
        _look(name, upload)
        return _keep(name, upload)
    except OSError as fault:
        sentence = _("%(name)s could not be kept: the disk does not take it. Tell the administrator.")
        raise NotTaken(sentence % {"name": name}) from fault


def _look(name: str, upload: File[bytes]) -> None:
    """Refuse what is not taken in; what the disk did not take while it arrived is not looked at."""
    if isinstance(upload, Arrived) and upload.fault:
        raise upload.fault
    _refuse(name, upload)
    if scanning.is_wanted():
        _scan(name, upload)


def _refuse(name: str, upload: File[bytes]) -> None:
    most = min(limit(), upload.most) if isinstance(upload, Arrived) else limit()
    said = {"name": name, "limit": most >> 20}
    if upload.size > most:
        raise NotTaken(_("%(name)s is larger than %(limit)d MB; send a smaller file.") % said)
    if not upload.size:
        raise NotTaken(_("%(name)s is empty; choose the file again.") % said)
    if not is_of_its_kind(name, upload):
        raise NotTaken(
            _("%(name)s is no PDF, Word, Excel, PowerPoint, OFD or picture; save it as one of these.") % said
        )


def _scan(name: str, upload: File[bytes]) -> None:
    try:
        found = scanning.found_in(upload.chunks())
    except scanning.NoAnswer as silence:
        sentence = _("%(name)s was not taken in: the virus scanner does not answer. Try again in a few minutes.")
        raise NotTaken(sentence % {"name": name}) from silence
    if found:
        raise NotTaken(_("%(name)s is infected (%(found)s) and was not taken in.") % {"name": name, "found": found})


def _keep(name: str, upload: File[bytes]) -> Kept:
    return _kept(name, upload) if isinstance(upload, Arrived) else _copied(name, upload)


def _kept(name: str, upload: Arrived) -> Kept:
    """What lies in the folder already is only given its place."""
    os.fsync(upload.fileno())
    digest = upload.digest.hexdigest()
    return Kept(name, places.settle(upload.path, digest), upload.size or 0, digest)


def _copied(name: str, upload: File[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    with places.arriving() as (file, path):
        for chunk in upload.chunks():
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        place = places.settle(path, digest.hexdigest())
    return Kept(name, place, size, digest.hexdigest())
