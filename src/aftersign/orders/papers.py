"""Files of orders: taken in by their content, named harmlessly, kept once, and carried between two pages of a form."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import PurePath

from django.conf import settings
from django.core import signing
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.orders.entries import PaperEntry

DEFAULT_LIMIT = 100 * 1024 * 1024
NAME_LENGTH = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_TIFF = (b"II*\x00", b"MM\x00*")
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF",),
    ".ofd": (_ZIP,),
    ".docx": (_ZIP,),
    ".xlsx": (_ZIP,),
    ".pptx": (_ZIP,),
    ".doc": (_OLE,),
    ".xls": (_OLE,),
    ".ppt": (_OLE,),
    ".png": (b"\x89PNG",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".tif": _TIFF,
    ".tiff": _TIFF,
}
_SALT = "orders.papers"


@dataclass(frozen=True)
class StoredFile:
    """A file that has been taken in: `file` is its place in the storage, `sha256` the digest of its bytes."""

    name: str
    file: str
    size: int
    sha256: str

    def as_paper(self, kind: str) -> PaperEntry:
        """The file as a paper of an order."""
        return PaperEntry(kind=kind, name=self.name, file=self.file, size=self.size, sha256=self.sha256)

    def token(self, actor: Actor) -> str:
        """What a form carries, so that only whoever sent the file can put it to an order."""
        return signing.dumps(asdict(self), salt=f"{_SALT}.{actor.id}")


def from_token(token: str, actor: Actor) -> StoredFile | None:
    """The file behind a token of the same person; None for anything else."""
    try:
        return StoredFile(**signing.loads(token, salt=f"{_SALT}.{actor.id}"))
    except signing.BadSignature:
        return None


def limit() -> int:
    """How many bytes a file may have."""
    return int(getattr(settings, "PAPER_BYTES", DEFAULT_LIMIT))


def fault_of(upload: File[bytes]) -> str:
    """Why a file is not taken, in a sentence; empty when it is."""
    said = {"name": harmless(upload.name or "")}
    if upload.size > limit():
        return _("%(name)s is larger than %(limit)d MB; send a smaller file.") % (said | {"limit": limit() >> 20})
    if not upload.size:
        return _("%(name)s is empty; choose the file again.") % said
    beginnings = BEGINNINGS.get(PurePath(said["name"]).suffix.lower())
    upload.seek(0)
    if beginnings is None or not upload.read(16).startswith(beginnings):
        return _("%(name)s is no PDF, Word, Excel, PowerPoint, OFD or picture; save it as one of these.") % said
    return ""


def store(upload: File[bytes]) -> StoredFile:
    """Keep a file under the digest of its bytes; the same bytes are kept once. The file has no fault."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    place = f"papers/{sha256[:2]}/{sha256[2:]}"
    if not default_storage.exists(place):
        upload.seek(0)
        saved = default_storage.save(place, upload)
        if saved != place:
            default_storage.delete(saved)
    return StoredFile(harmless(upload.name or ""), place, upload.size, sha256)


def harmless(name: str) -> str:
    """A file name without folders, signs that steer a terminal or a reader's eye, and without excess."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, suffix = re.sub(r'[<>:"|?*\s]+', " ", seen).strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return f"{stem.strip()[:NAME_LENGTH] or _('file')}{dot}{suffix[:10]}"
