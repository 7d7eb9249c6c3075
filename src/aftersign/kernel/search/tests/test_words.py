"""Cutting texts: every part of two characters is found, whatever stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aftersign.kernel.search import words
from aftersign.kernel.search.sounds import sounds
from aftersign.kernel.search.words import Phrase, Question, Stream, question

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=8)
MIXED = st.text("华东智造項目檢測乾坤后後ABCxyz0189-_/（）\uff2d\uff25\uff33.·\U00020000", min_size=1, max_size=20)


def answers(streams: list[Stream], asked: Question) -> bool:
    """Whether streams answer a question, worked out as plainly as can be."""
    return all(any(_holds(stream, phrase) for stream in streams) for phrase in asked.phrases)


def _holds(stream: Stream, phrase: Phrase) -> bool:
    size = len(phrase.tokens)
    for at in range(len(stream) - size + 1):
        part = stream[at : at + size]
        last = part[-1].startswith(phrase.tokens[-1]) if phrase.is_open else part[-1] == phrase.tokens[-1]
        if part[:-1] == phrase.tokens[:-1] and last:
            return True
    return False


@given(MIXED, HAN, MIXED)
def test_each_two_characters_of_chinese_are_found_in_whatever_stands_around_them(before: str, run: str, after: str):
    for streams in (words.short(f"{before}{run}{after}"), words.parts(f"{before}{run}{after}")):
        for at in range(len(run) - 1):
            asked = question(run[at : at + 2])
            assert asked is not None
            assert answers([tuple(each) for each in streams], asked), run[at : at + 2]


@given(st.from_regex(r"[A-Z]{1,3}-20[0-9]{2}-[0-9]{4,5}(/[A-Z][0-9])?", fullmatch=True), st.data())
def test_each_part_of_a_number_is_found(number: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(number) - 1))
    part = number[start : data.draw(st.integers(start + 1, len(number)))]
    asked = question(part)
    assert asked is None or answers(words.short(number), asked), part


@given(HAN, HAN)
def test_what_is_not_there_is_not_found(text: str, other: str):
    asked = question(other)
    assert asked is not None
    assert answers(words.short(text), asked) == (words.normal(other) in words.normal(text))


def test_traditional_full_width_and_capitals_are_read_as_one():
    assert words.tokens(words.normal("華東智造\uff2d\uff25\uff33")) == ("华东", "东智", "智造", "造", "mes")
    assert question("東") == Question((Phrase(("东",), is_open=True),))
    assert question("so-2026-01") == Question((Phrase(("so", "2026", "01"), is_open=True),))
    assert question(" -/· ") is None


def test_a_line_may_break_between_two_characters():
    assert words.parts("华东\n智造") == [("华东", "东智", "智造", "造")]


def test_a_part_goes_on_where_the_next_has_begun(monkeypatch):
    monkeypatch.setattr(words, "PART", 10)
    text = "".join(chr(0x4E00 + each) for each in range(40))
    asked = question(text[8:14])
    assert asked is not None
    assert answers(words.parts(text), asked)


def test_names_are_heard_in_each_of_their_readings():
    assert {"linxiaolan", "lxl", "xiaolan"} <= set(sounds("林晓岚"))
    assert {"dan", "shan"} <= set(sounds("单"))
    assert "hdzz" in {each[:4] for each in sounds("江苏华东智造有限公司")}
    assert sounds("Alfreds Futterkiste") == ()
