"""Texts of files: read by a process of their own, found with their record, and never a reason to fail."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aftersign.demo.sheets import pdf
from aftersign.kernel.search import sources, texts
from aftersign.kernel.search.asking import found
from aftersign.kernel.search.content import Content
from aftersign.kernel.search.models import FileText
from aftersign.kernel.search.tests.index import CLOCK, Shelf
from aftersign.kernel.vault.taking import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A source of invented records, and an empty folder of files."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    made = Shelf()
    monkeypatch.setattr(sources, "_sources", {"thing": made.source})
    return made


def kept(name: str, body: bytes) -> Content:
    """A record with a file."""
    taken = take(SimpleUploadedFile(name, body))
    return Content(names=(taken.name,), file=(taken.name, taken.sha256))


def word(*paragraphs: str) -> bytes:
    """A Word file, its last paragraph in a table."""
    document, made = docx.Document(), io.BytesIO()
    for text in paragraphs[:-1]:
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = paragraphs[-1]
    document.save(made)
    return made.getvalue()


def test_a_paper_is_found_by_what_stands_in_it(shelf: Shelf):
    contract = shelf.put(kept("合同.pdf", pdf("合同", ["第一条 交货地点为苏州工业园"])))
    minutes = shelf.put(kept("纪要.docx", word("双方同意分三批交货", "尾款见附表")))
    assert found(shelf.source, CLOCK, "合同", 5) == [contract]
    assert found(shelf.source, CLOCK, "苏州", 5) == []
    assert [texts.read_next() for _ in range(3)] == [True, True, False]
    assert found(shelf.source, CLOCK, "苏州工业园", 5) == [contract]
    assert found(shelf.source, CLOCK, "三批", 5) == [minutes]
    assert found(shelf.source, CLOCK, "附表", 5) == [minutes]


def test_what_cannot_be_read_is_found_by_its_name_and_not_tried_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    broken = shelf.put(kept("坏合同.pdf", b"%PDF-1.7\nnothing more"))
    shelf.put(kept("扫描.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64))
    assert [texts.read_next() for _ in range(2)] == [True, False]
    monkeypatch.setattr(texts, "SECONDS", 0)
    slow = shelf.put(kept("慢合同.pdf", pdf("合同", ["第一条"])))
    assert [texts.read_next() for _ in range(2)] == [True, False]
    assert set(found(shelf.source, CLOCK, "合同", 5)) == {slow, broken}
    assert not FileText.objects.exclude(text="").exists()


def test_a_file_that_lies_everywhere_says_nothing_of_anything(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(texts, "MOST_ALIKE", 2)
    content = kept("通用条款.pdf", pdf("条款", ["第一条 不可抗力"]))
    first = [shelf.put(content) for _ in range(3)][:2]
    texts.read_next()
    assert set(found(shelf.source, CLOCK, "不可抗力", 5)) == set(first)
