"""Files that nothing names are swept after a day; whatever a fact or a row names in any way stays."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.core.files.base import ContentFile

from aftersign.kernel.clock import now
from aftersign.kernel.journal import canonical
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.proof.report import Report
from aftersign.kernel.org.models import Person
from aftersign.kernel.search.models import FileText
from aftersign.kernel.shell import drafts
from aftersign.kernel.vault import places, strays
from aftersign.kernel.vault.taking import take

DAY = places.A_DAY
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


def taken(content: bytes = b"%PDF-1.7 one", *, ago: float = DAY + 60) -> str:
    """A file that was taken in some time ago; its digest."""
    digest = take(ContentFile(content, "one.pdf")).sha256
    age(digest, ago)
    return digest


def age(digest: str, ago: float) -> None:
    """Let a file have been taken in some time ago."""
    at = time.time() - ago
    os.utime(places.path_of(places.place_of(digest)), (at, at))


def lies(digest: str) -> bool:
    """Whether a file is still there."""
    return places.path_of(places.place_of(digest)).exists()


def fact(**said: Any) -> None:
    """A row of the journal as this is about."""
    values = {"fact": "order.noted", "unit": "order", "unit_id": str(uuid4()), "units": "{}", "payload": "{}"}
    values |= {"files": "[]", "request_id": "", "actor_kind": "clock", "previous_hash": "0" * 64, "hash": "1" * 64}
    Entry.objects.create(sequence=1, id=uuid4(), at=now(), entered=now(), seen=0, **values | said)


def test_a_file_that_nothing_names_goes_with_its_pictures() -> None:
    digest = taken()
    pictures = places.shown_of(digest)
    pictures.mkdir(parents=True)
    (pictures / "1.png").write_bytes(b"picture")
    assert [each.sha256 for each in strays.found()] == [digest]
    assert strays.sweep() == 1
    assert not lies(digest)
    assert not pictures.exists()
    assert strays.sweep() == 0


def test_within_a_day_it_stays() -> None:
    digest = taken(ago=DAY - 60)
    assert strays.sweep() == 0
    assert lies(digest)


@pytest.mark.parametrize("where", ["files", "payload"])
def test_what_a_fact_names_stays(where: str) -> None:
    digest = taken()
    fact(**{where: canonical.text([digest] if where == "files" else {"acceptance": digest})})
    assert strays.sweep() == 0
    assert lies(digest)


def test_what_a_row_names_by_its_digest_stays() -> None:
    digest = taken()
    FileText.objects.create(sha256=digest, suffix=".pdf")
    assert strays.sweep() == 0


def test_a_digest_in_any_text_stays() -> None:
    digest, person = taken(), Person.objects.create(account="wang", name="王")
    assert strays.found()
    drafts.save(person, "note", "-", {"text": [f"see {digest}"]})
    assert strays.sweep() == 0


def test_a_file_that_a_draft_carries_in_a_token_stays() -> None:
    digest, person = taken(), Person.objects.create(account="wang", name="王")
    token = signing.dumps({"name": "one.pdf", "file": places.place_of(digest), "size": 9, "sha256": digest}, salt="x")
    assert digest not in token
    drafts.save(person, "order.register", "", {"papers-0-token": [token], "title": ["a:b", "=:="]})
    assert strays.sweep() == 0
    assert lies(digest)


def test_the_same_bytes_taken_in_again_begin_anew() -> None:
    """Somebody sends once more what was refused yesterday: the file must not go from under the act."""
    digest = taken()
    assert taken(ago=0) == digest
    assert strays.sweep() == 0
    assert lies(digest)


def test_a_file_taken_in_between_looking_and_sweeping_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = taken()
    looked = strays.found()
    monkeypatch.setattr(strays, "found", lambda: looked)
    assert places.hold(digest)
    assert strays.sweep() == 0
    assert lies(digest)


def test_what_is_gone_is_not_held() -> None:
    assert not places.hold("0" * 64)


def test_it_is_told_by_a_verification() -> None:
    taken()
    taken(b"%PDF-1.7 young", ago=60)
    report = Report()
    strays.look(report)
    assert [(each.kind, each.sequence) for each in report.notes] == [("files_unnamed", None)]
    assert "1 files of 12 bytes" in report.notes[0].what
    assert not report.problems


def test_it_is_due_at_once_and_then_after_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    due = strays.Due()
    assert [due(), due()] == [True, False]
    later = time.monotonic() + strays.SWEPT_EVERY + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert due()
