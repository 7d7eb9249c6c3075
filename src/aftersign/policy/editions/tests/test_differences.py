"""In what two rulebooks differ: clauses new, gone, renumbered and changed, terms, parameters, and the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aftersign.policy.editions.differences import differences, terms_ended
from aftersign.policy.editions.store import read_files
from aftersign.policy.rulebook import DEFAULT, Rulebook, load

BOOK = load(DEFAULT)
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def edited(*edits: tuple[str, str, str]) -> Rulebook:
    """The default rulebook with replacements, given as file, old and new; `*` stands for the three languages."""
    files = dict(BOOK.files)
    for file, old, new in edits:
        for name in [file.replace("*", each) for each in LANGUAGES] if "*" in file else [file]:
            assert old in files[name], (name, old)
            files[name] = files[name].replace(old, new, 1)
    return read_files(files)


def test_a_rulebook_does_not_differ_from_itself_nor_by_its_version_alone() -> None:
    assert not differences(BOOK, BOOK)
    assert not differences(BOOK, edited(("edition.toml", 'version = "2"', 'version = "3"')))


def test_a_parameter() -> None:
    name = "[handover_form_days]\nvalue = "
    found = differences(BOOK, edited(("handover.zh-Hans.md", f'{name}"1bd"', f'{name}"3bd"')))
    (change,) = found.clauses
    assert (change.kind, change.clause.number, change.has_other_words) == ("changed", "2.1.1", False)
    assert found.rows == [
        {"what": "parameter", "name": "handover_form_days", "change": "changed", "old": "1bd", "new": "3bd"}
    ]


def test_a_term_and_a_text() -> None:
    changed = edited(
        ("handover.zh-Hans.md", 'evidence  = ["keeper", "place", "receipt"]', 'evidence  = ["keeper", "place"]'),
        ("handover.zh-Hans.md", "随交接单送达", "随交接单一并送达"),
    )
    (change,) = differences(BOOK, changed).clauses
    assert change.has_other_words
    assert [(term.new.id if term.new else "") for term in change.terms] == ["2.2.1.a"]
    assert [row["what"] for row in differences(BOOK, changed).rows] == ["text", "term"]


def test_a_number_that_changed_is_told_from_one_clause_gone_and_another_new() -> None:
    found = differences(BOOK, edited(("handover.*.md", "## 2.2.3 ", "## 2.2.9 ")))
    assert [(each.kind, each.old and each.old.number, each.clause.number) for each in found.clauses] == [
        ("renumbered", "2.2.3", "2.2.9")
    ]
    assert not found.clauses[0].terms
    assert found.rows[0] == {"what": "clause", "name": "2.2.9", "change": "renumbered", "old": "2.2.3"}


@pytest.mark.parametrize("kind", ["added", "dropped"])
def test_a_clause_that_is_new_or_gone(kind: str) -> None:
    without = replace(BOOK, clauses={name: each for name, each in BOOK.clauses.items() if name != "2.2.3"})
    one, other = (without, BOOK) if kind == "added" else (BOOK, without)
    (change,) = differences(one, other).clauses
    assert (change.kind, change.clause.number) == (kind, "2.2.3")


def test_what_else_is_declared() -> None:
    changed = edited(
        ("edition.toml", 'waiver = ["head_of_owner"]', 'waiver = ["head_of_owner", "general_manager"]'),
        ("acts.toml", '"order.register" = { zh_hans = "登记订单"', '"order.register" = { zh_hans = "登记签单"'),
        ("edition.toml", 'amount_base = ">= 500000"', 'amount_base = ">= 800000"'),
    )
    found = {each.sort: each.changed for each in differences(BOOK, changed).others}
    assert found == {"grade": ("1 A",), "approvers": ("waiver",), "act": ("order.register",)}


def test_cycles_that_are_gone_end_and_duties_do_not() -> None:
    cycle = next(name for name, term in BOOK.terms.items() if term.kind == "cycle")
    without = replace(BOOK, terms={name: term for name, term in BOOK.terms.items() if name not in (cycle, "2.1.1.a")})
    assert terms_ended(BOOK, without) == [cycle]
    assert terms_ended(without, BOOK) == []
