"""Pictures of pages: made once, by a process of their own, and never of what cannot be read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from aftersign.demo.sheets import pdf
from aftersign.kernel.vault import places, previews
from aftersign.kernel.vault.taking import take

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """An empty folder of files."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path / "kept"


def kept(name: str, body: bytes) -> tuple[str, str]:
    taken = take(SimpleUploadedFile(name, body))
    return taken.name, taken.sha256


def picture(kind: str, *frames: tuple[int, int]) -> bytes:
    made = io.BytesIO()
    first, *others = (Image.new("RGB", size, "white") for size in frames)
    first.save(made, kind, **({"save_all": True, "append_images": others} if others else {}))
    return made.getvalue()


def test_a_page_of_a_document_is_made_into_a_picture_once(monkeypatch: pytest.MonkeyPatch) -> None:
    name, sha256 = kept("合同.pdf", pdf("合同", ["第一条"]))
    shown = previews.page(name, sha256)
    assert shown.path.read_bytes().startswith(PNG)
    assert shown.pages == 1
    monkeypatch.setattr(previews, "_make", lambda *made: pytest.fail("made twice"))
    assert previews.page(name, sha256) == shown


def test_pictures_are_made_smaller_and_have_as_many_pages_as_frames() -> None:
    name, sha256 = kept("扫描.tiff", picture("TIFF", (3000, 2000), (100, 100)))
    shown = previews.page(name, sha256, 2)
    assert shown.pages == 2
    assert Image.open(previews.page(name, sha256).path).size == (1240, 827)
    with pytest.raises(previews.NoPicture):
        previews.page(name, sha256, 3)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("坏.pdf", b"%PDF-1.7\nnothing follows"),
        ("坏.png", PNG + b"nothing follows"),
        ("炸弹.png", picture("PNG", (1, 1))[:16] + (60_000).to_bytes(4, "big") * 2 + picture("PNG", (1, 1))[24:]),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
    ],
)
def test_of_what_cannot_be_read_there_is_no_picture(folder: Path, name: str, body: bytes) -> None:
    known, sha256 = kept(name, body)
    with pytest.raises(previews.NoPicture):
        previews.page(known, sha256)
    assert [each for each in folder.rglob("*") if each.is_file()] == [places.path_of(places.place_of(sha256))]


@pytest.mark.parametrize("number", [0, -1, previews.MOST_PAGES + 1])
def test_no_page_beyond_what_can_be(number: int) -> None:
    name, sha256 = kept("合同.pdf", pdf("合同", []))
    with pytest.raises(previews.NoPicture):
        previews.page(name, sha256, number)
