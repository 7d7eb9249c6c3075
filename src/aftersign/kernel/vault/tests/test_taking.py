"""What is taken in, what is refused with a sentence, and that nothing of what is refused is left behind."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from aftersign.kernel.vault import places
from aftersign.kernel.vault.names import LENGTH, harmless
from aftersign.kernel.vault.taking import NotTaken, take

PDF = b"%PDF-1.7\n1 0 obj\n"


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


def container(*members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each in members:
            archive.writestr(each, "x")
    return made.getvalue()


def test_a_file_lies_once_under_the_digest_of_its_bytes(folder: Path) -> None:
    first, second = (take(SimpleUploadedFile(name, PDF * 100_000)) for name in ("合同.pdf", "又一份.pdf"))
    assert first.sha256 == second.sha256 == sha256(PDF * 100_000).hexdigest()
    assert (first.name, second.name, first.size) == ("合同.pdf", "又一份.pdf", len(PDF) * 100_000)
    assert left(folder) == [places.path_of(first.file)]
    assert places.path_of(first.file).read_bytes() == PDF * 100_000


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("空.pdf", b"", "empty"),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 100, "is no PDF"),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 100, "is no PDF"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PDF"),
        ("a.html", b"<html><script>1</script>", "is no PDF"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PDF"),
        ("a.pdf", b"<html>%PDF", "is no PDF"),
        ("a.docx", container("xl/workbook.xml"), "is no PDF"),
        ("a.docx", b"PK\x03\x04 broken", "is no PDF"),
        ("a.zip", container("word/document.xml"), "is no PDF"),
        ("none", PDF, "is no PDF"),
    ],
)
def test_what_is_not_what_it_says_is_refused(folder: Path, name: str, body: bytes, said: str) -> None:
    with pytest.raises(NotTaken, match=said):
        take(SimpleUploadedFile(name, body))
    assert left(folder) == []


@pytest.mark.parametrize(
    ("name", "member"), [("a.docx", "word/document.xml"), ("b.XLSX", "xl/workbook.xml"), ("c.ofd", "OFD.xml")]
)
def test_containers_are_told_by_what_they_hold(name: str, member: str) -> None:
    assert take(SimpleUploadedFile(name, container("[Content_Types].xml", member))).name == name


def test_a_file_that_is_too_large_is_refused(folder: Path, settings: Any) -> None:
    settings.FILE_MEGABYTES = 1
    with pytest.raises(NotTaken, match="larger than 1 MB"):
        take(SimpleUploadedFile("大.pdf", PDF + b"x" * (1 << 20)))
    assert left(folder) == []


class Broken(ContentFile):
    """A file whose sender stops in the middle."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield PDF
        raise OSError(28, "No space left on device")


def test_nothing_is_left_of_what_breaks_off(folder: Path) -> None:
    with pytest.raises(NotTaken, match="the disk does not take it"):
        take(Broken(PDF, name="a.pdf"))
    assert left(folder) == []


@given(st.text(max_size=300))
def test_names_lead_nowhere(name: str) -> None:
    kept = harmless(name)
    assert kept
    assert not set(kept) & set('/\\<>:"|?*\n\r\t\0\u202e')
    assert kept not in (".", "..")
    assert len(kept) <= LENGTH + 11


class Scanner(socketserver.BaseRequestHandler):
    """Reads what a scanner is sent, and answers as one."""

    def handle(self) -> None:
        assert self.request.recv(10) == b"zINSTREAM\0"
        body = b""
        while size := struct.unpack("!I", self._exactly(4))[0]:
            body += self._exactly(size)
        answer = b"stream: Eicar-Signature FOUND\0" if b"EICAR" in body else self.server.clean  # type: ignore[attr-defined]
        self.request.sendall(answer)

    def _exactly(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            read += self.request.recv(size - len(read))
        return read


@pytest.fixture
def scanner(settings: Any) -> Iterator[Callable[[bytes], None]]:
    """A scanner that answers to a clean file with what is given."""
    with socketserver.TCPServer(("127.0.0.1", 0), Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"

        def answers(clean: bytes) -> None:
            server.clean = clean  # type: ignore[attr-defined]

        answers(b"stream: OK\0")
        yield answers
        server.shutdown()


def test_a_clean_file_passes_the_scanner(scanner: Callable[[bytes], None]) -> None:
    assert take(SimpleUploadedFile("a.pdf", PDF * 50_000)).size == len(PDF) * 50_000


def test_an_infected_file_is_refused(folder: Path, scanner: Callable[[bytes], None]) -> None:
    with pytest.raises(NotTaken, match="infected"):
        take(SimpleUploadedFile("a.pdf", PDF + b"EICAR"))
    assert left(folder) == []


def test_no_file_passes_a_scanner_that_does_not_answer(
    folder: Path, scanner: Callable[[bytes], None], settings: Any
) -> None:
    scanner(b"INSTREAM size limit exceeded. ERROR\0")
    with pytest.raises(NotTaken, match="does not answer"):
        take(SimpleUploadedFile("a.pdf", PDF))
    settings.CLAMD = "127.0.0.1:1"
    with pytest.raises(NotTaken, match="does not answer"):
        take(SimpleUploadedFile("a.pdf", PDF))
    assert left(folder) == []
