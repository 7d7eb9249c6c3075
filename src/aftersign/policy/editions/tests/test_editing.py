"""Other values are written where the parameters stand, and nothing else in the files changes."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from aftersign.policy.editions.editing import NewValue, with_values, with_version
from aftersign.policy.rulebook import DEFAULT, Rulebook, load

BOOK = load(DEFAULT)


def written(folder: Path, files: dict[str, str]) -> Rulebook:
    """The rulebook of these files."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def touched(files: dict[str, str]) -> dict[str, list[str]]:
    """The lines that are other than before, by file."""
    found = {}
    for name, text in files.items():
        lines = difflib.unified_diff(BOOK.files[name].split("\n"), text.split("\n"), lineterm="", n=0)
        if changed := [line for line in lines if line[:1] == "+" and not line.startswith("+++")]:
            found[name] = changed
    return found


def test_one_value_changes_one_line(tmp_path: Path) -> None:
    files = with_version(with_values(BOOK, {"handover_form_days": NewValue("3bd")}), "3")
    assert touched(files) == {"edition.toml": ['+version = "3"'], "handover.zh-Hans.md": ['+value = "3bd"']}
    book = written(tmp_path, files)
    assert (book.version, book.params["handover_form_days"].value) == ("3", "3bd")


def test_the_values_of_some_orders_change_beside_the_others(tmp_path: Path) -> None:
    files = with_values(BOOK, {"plan_draft_days": NewValue("7bd", {"grade": {"C": "4bd"}})})
    assert touched(files)["planning.zh-Hans.md"] == ['+value = "7bd"', '+by = { grade = { C = "4bd" } }']
    assert written(tmp_path, files).params["plan_draft_days"].by == {"grade": {"C": "4bd"}}


def test_a_value_that_the_source_gave_becomes_the_companys_own(tmp_path: Path) -> None:
    before = BOOK.params["order_kinds"]
    turned = tuple(reversed(before.value)) if isinstance(before.value, tuple) else ()
    after = written(tmp_path, with_values(BOOK, {"order_kinds": NewValue(turned)})).params["order_kinds"]
    assert (before.basis, after.basis, after.value) == ("stated_partly", "ours", turned)


@pytest.mark.parametrize("name", list(BOOK.params))
def test_a_parameter_that_is_written_as_it_is_changes_no_value(name: str, tmp_path: Path) -> None:
    param = BOOK.params[name]
    files = with_values(BOOK, {name: NewValue(param.value, param.by)})
    expected = {param.place.file: ['+basis = "ours"']} if param.basis != "ours" else {}
    assert touched(files) == expected


def test_an_edition_that_is_no_toml_cannot_be_given_a_version() -> None:
    with pytest.raises(ValueError, match="line"):
        with_version({"edition.toml": "version = "}, "3")
