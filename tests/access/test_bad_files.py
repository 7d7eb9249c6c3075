"""A file that is not taken in: at every door it is refused with a sentence, and neither a fact nor a file is left."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aftersign.chapters.handover.models import Original
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.vault import places, scanning
from aftersign.orders.models import Order, Paper
from tests.access.stage import Stage
from tests.access.test_routes import enter
from tests.access.visits import SENT, address

PDF = b"%PDF-1.7\n"
DOORS = {
    "orders:register": ("seller", "files"),
    "orders:complete": ("seller", "acceptance"),
    "handover:form": ("seller", "files"),
    "handover:original": ("records", "receipt"),
    "handover:paper": ("project_manager", "scan"),
}
"""Where files come in by a page: who sends them there, and in which field."""


def full(*_given: Any) -> str:
    """A disk that takes nothing more."""
    raise OSError(errno.ENOSPC, "No space left on device")


BAD: dict[str, tuple[str, bytes, str]] = {
    "a picture with scripts": (
        "图.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='1'/>",
        "图.svg(&quot;|”)? ?(不是|这种文件)",
    ),
    "a page": ("页.html", b"<html><script>1</script>", "页.html(&quot;|”)? ?(不是|这种文件)"),
    "a page that says it is a document": ("页.pdf", b"<html><script>1</script>%PDF", "页.pdf 不是"),
    "a program": ("程.pdf", b"MZ\x90\x00" + b"\0" * 200, "程.pdf 不是"),
    "an empty one": ("空.pdf", b"", "空.pdf 是空|所提交的是空文件"),
    "one too large": ("大.pdf", PDF + b"x" * (1 << 20), "大.pdf(&quot;|”)? ?超过 1 MB"),
    "an infected one": ("毒.pdf", PDF + b"EICAR", "毒.pdf"),
    "one that the disk does not take": ("满.pdf", PDF + b"disk", "磁盘"),
}


@pytest.fixture
def _faults(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A scanner that finds something, a disk that is full for one file, and a low limit."""
    settings.FILE_MEGABYTES = 1
    settle: Callable[[Path, str], str] = places.settle
    monkeypatch.setattr(scanning, "is_wanted", lambda: True)
    monkeypatch.setattr(scanning, "found_in", lambda chunks: "Eicar" if b"EICAR" in b"".join(chunks) else "")

    def settled(path: Path, sha256: str) -> str:
        return full() if path.read_bytes().endswith(b"disk") else settle(path, sha256)

    monkeypatch.setattr(places, "settle", settled)


def standing() -> tuple[int, int, int, set[str], list[Path]]:
    """What there is of facts, orders, papers and files."""
    arriving = list(places.arriving_folder().iterdir())
    kept = {each.sha256 for each in places.lying()}
    return Entry.objects.count(), Order.objects.count(), Paper.objects.count(), kept, arriving


@pytest.mark.usefixtures("_faults")
@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("route", DOORS)
def test_a_bad_file_is_refused_with_a_sentence_and_leaves_nothing(stage: Stage, route: str, kind: str) -> None:
    (role, field), (name, content, sentence) = DOORS[route], BAD[kind]
    said = SENT[route](stage.sides["own"]) | {field: SimpleUploadedFile(name, content)}
    before = standing()
    answer = enter(role).post(address(route, stage, "own"), said)
    assert answer.status_code == 422, answer.get("Location")
    assert re.search(sentence, answer.content.decode())
    answer.wsgi_request.close()
    assert standing() == before


@pytest.mark.usefixtures("_faults")
@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\x\\a.pdf", "a\u202efdp.exe.pdf", "b\x01\x07.pdf"])
def test_a_name_leads_nowhere_and_is_kept_without_its_signs(stage: Stage, name: str) -> None:
    order = stage.sides["own"].fresh
    said = SENT["handover:original"](stage.sides["own"]) | {"receipt": SimpleUploadedFile("x.pdf", PDF + b"of a name")}
    said["receipt"].name = name
    root = places.path_of("papers").parent
    outside = {each for each in root.parent.rglob("*") if root not in each.parents}
    answer = enter("records").post(reverse("handover:original", args=[order.number]), said)
    assert answer.status_code == 303
    assert {each for each in root.parent.rglob("*") if root not in each.parents} == outside
    kept = Original.objects.get(order=order).receipt_name
    assert kept.endswith(".pdf")
    assert not set(kept) & set("/\\\u202e\x01\x07")
