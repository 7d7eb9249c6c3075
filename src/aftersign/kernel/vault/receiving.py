"""How files arrive: into the folder of files, hashed on the way, no further than the limit, and never in memory."""

from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from aftersign.kernel.vault import places
from aftersign.kernel.vault.limits import limit

OF_STRANGERS = 10 << 20
"""How many bytes of a file are taken from somebody who has not signed in: as much as a door without a sign-in needs."""
_CHUNK = 256 * 1024


class Arrived(UploadedFile):  # type: ignore[type-arg]
    """A file that was sent: it lies outside all places until it is taken in, and goes when nobody does.

    `size` is how much was sent; no more than `most` bytes of it were kept, and nothing behind a `fault` of the disk.
    """

    def __init__(self, name: str, content_type: str | None, most: int) -> None:
        self.most, self.digest = most, hashlib.sha256()
        self.fault: OSError | None = None
        self.path = places.sent_path()
        self.lies = self._opened()
        super().__init__(self.lies, name, content_type, 0)
        self._gone = finalize(self, _remove, self.path)

    def _opened(self) -> Any:
        """A file without a buffer: what the disk does not take is known at once."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self.path.open("x+b", buffering=0)
        except OSError as fault:
            self.fault = fault
            return io.BytesIO()

    def receive(self, chunk: bytes) -> None:
        """The next bytes; those beyond the limit are counted and let go."""
        self.size = (self.size or 0) + len(chunk)
        if self.size > self.most or self.fault:
            return
        self.digest.update(chunk)
        rest = memoryview(chunk)
        try:
            while rest:
                rest = rest[self.lies.write(rest) :]
        except OSError as fault:
            self.fault = fault

    def close(self) -> None:
        """Let the file go; what has been taken in lies in another place by now."""
        super().close()
        self._gone()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


class Receiver(FileUploadHandler):
    """Receives the files of a request."""

    chunk_size = _CHUNK
    arrived: Arrived | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        known = getattr(self.request, "actor", None) is not None
        most = limit() if known else min(limit(), OF_STRANGERS)
        self.arrived = Arrived(self.file_name or "", self.content_type, most)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next bytes of it; no other handler gets them."""
        if self.arrived is not None:
            self.arrived.receive(raw_data)

    def file_complete(self, file_size: int) -> Arrived | None:
        """It has come to its end."""
        arrived, self.arrived = self.arrived, None
        if arrived is not None:
            arrived.seek(0)
        return arrived

    def upload_interrupted(self) -> None:
        """Nothing more will come: what has not come to its end goes."""
        if self.arrived is not None:
            self.arrived.close()
            self.arrived = None
