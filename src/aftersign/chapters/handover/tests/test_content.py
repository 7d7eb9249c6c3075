"""The text that is signed: canonical, its parts answered or not, and what differs between two of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersign.chapters.handover.content import (
    BASIC,
    MATTERS,
    REQUIREMENTS,
    Content,
    Difference,
    Document,
    Section,
    check_value_of,
    differences,
    parse,
)

ROW = {"no": "R1", "statement": "Reports in three minutes", "source": "p. 9", "priority": "must", "criterion": ""}
FILE = Document("quotation", name="Q-1152.pdf", sha256="a" * 64, version="3")


def form(**sections: Section) -> Content:
    return Content(sections=sections, documents=(FILE,), head={"number": "HO-2026-0001"})


@pytest.mark.parametrize(
    ("section", "answered"),
    [
        (Section({}), False),
        (Section({"contact": ""}), False),
        (Section({"contact": "Gao"}), True),
        (Section(()), False),
        (Section((), none_by="Wu Min"), True),
        (Section((ROW,)), True),
        (Section(""), False),
        (Section("By ship only"), True),
    ],
)
def test_a_part_is_answered_when_filled_or_signed_as_none(section: Section, answered: bool) -> None:
    assert section.is_answered is answered
    assert form(part=section).answers("part") is answered


@pytest.mark.parametrize(
    ("document", "answered"),
    [
        (Document("quotation"), False),
        (Document("quotation", none_reason="by word of mouth"), False),
        (Document("quotation", none_by="Wu Min"), False),
        (Document("quotation", none_reason="by word of mouth", none_by="Wu Min"), True),
        (FILE, True),
    ],
)
def test_a_kind_of_paper_is_answered_by_a_file_or_a_signed_none(document: Document, answered: bool) -> None:
    assert Content(sections={}, documents=(document,)).answers("quotation") is answered


def test_a_word_that_the_form_does_not_have_is_not_answered() -> None:
    assert not form().answers("delivery_terms")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_form_survives_its_own_text(statement: str, contact: str) -> None:
    said = form(**{BASIC: Section({"contact": contact}), REQUIREMENTS: Section(({**ROW, "statement": statement},))})

    assert parse(said.text) == said
    assert parse(said.text).check_value == check_value_of(said.text) == said.check_value


def test_the_order_in_which_a_form_was_filled_in_does_not_matter() -> None:
    one = form(a=Section("first"), b=Section("second"))
    other = form(b=Section("second"), a=Section("first"))

    assert one.check_value == other.check_value


def test_one_changed_letter_changes_the_check_value() -> None:
    assert form(a=Section("first")).check_value != form(a=Section("First")).check_value


def test_key_points_are_the_marked_special_matters() -> None:
    marked = {"no": "S2", "text": "No data leaves the site", "nature": "confidentiality", "key": True}
    plain = {"no": "S1", "text": "Two days of training", "nature": "concession", "key": False}

    assert form(**{MATTERS: Section((plain, marked))}).key_points == (marked,)
    assert form().key_points == ()


CHANGED = {**ROW, "statement": "Reports in two minutes", "criterion": "50 timed"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (form(), form(), ()),
        (
            form(**{BASIC: Section({"acceptance": "as specified", "contact": "Gao"})}),
            form(**{BASIC: Section({"acceptance": "32 figures met", "contact": "Gao"})}),
            (Difference("basic_information.acceptance", "acceptance", "as specified", "32 figures met"),),
        ),
        (
            form(**{REQUIREMENTS: Section((ROW,))}),
            form(**{REQUIREMENTS: Section((CHANGED,))}),
            (
                Difference("customer_requirements.R1", "statement", ROW["statement"], CHANGED["statement"]),
                Difference("customer_requirements.R1", "criterion", "", "50 timed"),
            ),
        ),
        (
            form(**{REQUIREMENTS: Section(())}),
            form(**{REQUIREMENTS: Section((ROW,))}),
            (Difference("customer_requirements.R1", "statement", "", ROW["statement"]),),
        ),
        (
            form(**{MATTERS: Section((), none_by="Wu Min")}),
            form(**{MATTERS: Section(())}),
            (Difference("special_matters", "none", "Wu Min", ""),),
        ),
        (
            form(),
            replace(form(), documents=(replace(FILE, version="4"),)),
            (Difference("documents.quotation.1", "version", "3", "4"),),
        ),
    ],
)
def test_differences_go_field_by_field(old: Content, new: Content, expected: tuple[Difference, ...]) -> None:
    assert differences(old, new) == expected


def test_a_paper_taken_off_the_list_is_one_difference() -> None:
    gone = differences(form(), replace(form(), documents=()))

    assert [(each.item, each.new) for each in gone] == [("documents.quotation.1", "")]
