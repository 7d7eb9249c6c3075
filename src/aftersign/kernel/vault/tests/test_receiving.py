"""Files on their way in: into the folder and no further than the limit, whole or not at all, nothing left behind."""

from __future__ import annotations

import errno
import io
import os
import time
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadhandler import load_handler
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from django.test import RequestFactory
from django.utils.translation import override

from aftersign.kernel.vault import places, receiving
from aftersign.kernel.vault.kinds import is_of_its_kind
from aftersign.kernel.vault.receiving import OF_STRANGERS, Arrived
from aftersign.kernel.vault.taking import NotTaken, take
from aftersign.kernel.vault.whole import whole

PDF = b"%PDF-1.7\n" + b"x" * 100_000
EDGE = "edge"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An empty folder of files, spoken of in English."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    with override("en"):
        yield tmp_path / "kept"


def left(folder: Path) -> list[Path]:
    """Every file in the folder."""
    return [each for each in folder.rglob("*") if each.is_file()]


def form(*files: tuple[str, bytes]) -> bytes:
    """A form with files, as a browser sends it."""
    head = '--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    parts = (head.format(edge=EDGE, name=name).encode() + body + b"\r\n" for name, body in files)
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


def sent(body: bytes, length: int | None = None, actor: object = "somebody") -> WSGIRequest:
    """A request with that body, which may announce more than it brings."""
    found: list[WSGIRequest] = []

    def application(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        found.append(WSGIRequest(environ))
        return iter(())

    said = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body) if length is None else length)}
    kind = {"CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}"}
    environ = RequestFactory().post("/").environ | said | kind
    whole(application)(environ, None)
    found[0].actor = actor  # type: ignore[attr-defined]
    return found[0]


def arrived(request: WSGIRequest) -> list[Any]:
    """The files of a request."""
    return request.FILES.getlist("file")


def test_a_file_is_written_once_and_only_given_its_place(folder: Path) -> None:
    request = sent(form(("合同.pdf", PDF), ("又一份.pdf", PDF)))
    first, second = arrived(request)
    before = {each.stat().st_ino for each in left(folder)}
    kept = [take(each) for each in (first, second)]
    assert {each.sha256 for each in kept} == {sha256(PDF).hexdigest()}
    assert places.path_of(kept[0].file).stat().st_ino in before
    request.close()
    assert [each.read_bytes() for each in left(folder)] == [PDF]


def test_what_nobody_takes_goes_with_its_request(folder: Path) -> None:
    request = sent(form(("a.pdf", PDF)))
    assert len(arrived(request)) == len(left(folder)) == 1
    request.close()
    assert left(folder) == []


def test_half_a_file_is_no_file(folder: Path) -> None:
    body = form(("a.pdf", PDF))
    request = sent(body[: len(body) // 2], len(body))
    with pytest.raises(UnreadablePostError):
        arrived(request)
    for handler in request.upload_handlers:  # as the middleware does at the end of every request
        handler.upload_interrupted()
    assert left(folder) == []


def test_no_more_is_written_than_a_file_may_have_and_the_others_come_in(folder: Path, settings: Any) -> None:
    settings.FILE_MEGABYTES = 1
    large, small = arrived(sent(form(("大.pdf", PDF * 30), ("小.pdf", PDF))))
    assert max(each.stat().st_size for each in left(folder)) <= 1 << 20
    with pytest.raises(NotTaken, match="larger than 1 MB"):
        take(large)
    assert take(small).size == len(PDF)


def test_a_stranger_fills_no_disk(folder: Path) -> None:
    (file,) = arrived(sent(form(("a.pdf", PDF * 150)), actor=None))
    assert max(each.stat().st_size for each in left(folder)) <= OF_STRANGERS
    with pytest.raises(NotTaken, match="larger than 10 MB"):
        take(file)


def test_a_full_disk_is_said_and_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Arrived) -> Any:
        return Full()

    class Full(io.BytesIO):
        name = "nowhere"

        def write(self, said: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Arrived, "_opened", full)
    (file,) = arrived(sent(form(("a.pdf", PDF))))
    with pytest.raises(NotTaken, match="the disk does not take it"):
        take(file)
    assert left(folder) == []


def test_a_folder_that_cannot_be_written_is_said(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_bytes(b"where the folder should be")
    (file,) = arrived(sent(form(("a.pdf", PDF))))
    with pytest.raises(NotTaken, match="the disk does not take it"):
        take(file)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "C:\\\\x\\\\a.pdf", "a\u202efdp.exe.pdf", "a\tb.pdf", "-rf.pdf"]
)
def test_names_with_paths_and_signs_lead_nowhere(folder: Path, name: str) -> None:
    (file,) = arrived(sent(form((name, PDF))))
    kept = take(file)
    assert not set(kept.name) & set("/\\\u202e\t")
    assert kept.file.startswith("papers/")


def test_a_large_file_stays_out_of_the_memory(folder: Path) -> None:
    body = form(("a.pdf", PDF * 400))
    tracemalloc.start()
    (file,) = arrived(sent(body))
    take(file)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20


def test_a_container_with_an_endless_list_is_not_read(folder: Path) -> None:
    end = b"PK\5\6" + bytes(8) + (1 << 31).to_bytes(4, "little") + bytes(6)
    assert not is_of_its_kind("a.docx", io.BytesIO(b"PK\3\4" + bytes(100) + end))


def test_what_a_killed_process_left_is_swept_after_a_day(folder: Path) -> None:
    old, new = (places.arriving_folder() / name for name in ("sent-old", "sent-new"))
    for each in (old, new):
        each.write_bytes(PDF)
    os.utime(old, (time.time() - 25 * 3600,) * 2)
    assert places.sweep() == 1
    assert left(folder) == [new]


def test_it_is_the_handler_of_all_uploads(settings: Any) -> None:
    handlers = [load_handler(each, None) for each in settings.FILE_UPLOAD_HANDLERS]
    assert [type(each) for each in handlers] == [receiving.Receiver]
