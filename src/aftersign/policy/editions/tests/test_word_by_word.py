"""Texts side by side: nothing is lost, and short leftovers do not tear a change apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aftersign.policy.editions.word_by_word import Piece, word_by_word
from aftersign.policy.rulebook import DEFAULT, Shown, clause_text, load

BOOK = load(DEFAULT)
TEXTS = st.text(alphabet="交接单签收后三个工作日内，。order 12\n", max_size=40)


def text_of(pieces: list[Piece], *how: str) -> str:
    return "".join(piece.text for piece in pieces if piece.how in how)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = word_by_word([old], [new])
    assert text_of(pieces, "same", "del") == old
    assert text_of(pieces, "same", "ins") == new


@given(TEXTS)
def test_equal_texts_are_one_piece_that_stayed(text: str) -> None:
    assert word_by_word([text], [text]) == ([Piece("same", text)] if text else [])


def test_chinese_is_compared_by_characters_and_english_by_words() -> None:
    assert word_by_word(["移交人先签字"], ["移交人先盖章"]) == [
        Piece("same", "移交人先"),
        Piece("del", "签字"),
        Piece("ins", "盖章"),
    ]
    pieces = word_by_word(["signed by the giver first"], ["signed by the giver last"])
    assert pieces[1:] == [Piece("del", "first"), Piece("ins", "last")]


def test_two_characters_between_changes_belong_to_the_change() -> None:
    pieces = word_by_word(["甲的乙管到底"], ["丙的丁管到底"])
    assert [piece.how for piece in pieces] == ["del", "ins", "same"]


def test_a_parameter_stays_the_same_whatever_its_value() -> None:
    clause = BOOK.clauses["2.1.1"]
    old = clause_text(BOOK, clause, "zh-hans")
    new = [Shown(each.param, "9 个工作日") if isinstance(each, Shown) else each for each in old]
    pieces = word_by_word(old, new)
    assert {piece.how for piece in pieces} == {"same"}
    assert [piece.text for piece in pieces if piece.is_value][:1] == ["9 个工作日"]
