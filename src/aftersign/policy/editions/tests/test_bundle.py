"""Rulebooks in one file: what was packed comes out again, and nothing else is taken for a rulebook."""

from __future__ import annotations

import io
import zipfile

import pytest

from aftersign.policy.editions import bundle
from aftersign.policy.editions.bundle import NoRulebook, packed, unpacked
from aftersign.policy.editions.store import read_files
from aftersign.policy.rulebook import DEFAULT, load


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_what_was_packed_comes_out_again_and_is_the_same_rulebook() -> None:
    book = load(DEFAULT)
    content = packed(book.files)
    assert content == packed(dict(reversed(list(book.files.items()))))
    assert read_files({**unpacked("rulebook.zip", content)}).digest == book.digest


def test_folders_within_count_for_nothing_and_other_files_are_left_aside() -> None:
    content = zipped(**{"ours/edition.toml": b"a", "ours\\acts.toml": b"b", "__MACOSX/._x.md": b"", "logo.png": b"c"})
    assert unpacked("ours.zip", content) == {"edition.toml": b"a", "acts.toml": b"b"}
    assert unpacked("../../handover.en.md", b"text") == {"handover.en.md": b"text"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", b"no zip"),
        ("a.zip", zipped(**{"readme.txt": b"x"})),
        ("a.zip", zipped(**{"one/acts.toml": b"a", "two/acts.toml": b"b"})),
        ("a.zip", zipped(**{"acts.toml": b"a" * 100})[:60]),
    ],
    ids=["no zip", "nothing of a rulebook", "twice", "cut off"],
)
def test_what_is_no_rulebook_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(NoRulebook, match=r".+"):
        unpacked(name, content)


def test_no_more_is_unpacked_than_a_rulebook_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)
    with pytest.raises(NoRulebook):
        unpacked("bomb.zip", zipped(**{"a.md": b"0" * 1001}))
    monkeypatch.setattr(bundle, "MOST_FILES", 2)
    with pytest.raises(NoRulebook):
        unpacked("many.zip", zipped(**{f"{place}.md": b"0" for place in range(3)}))
