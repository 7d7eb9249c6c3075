"""The index on both databases: what is written is found, by the parts that people type, in the order they expect."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersign.kernel.search import filling
from aftersign.kernel.search.asking import found, hits, units_found
from aftersign.kernel.search.content import Content
from aftersign.kernel.search.models import Entry
from aftersign.kernel.search.tests.index import CLOCK, Shelf, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf() -> Shelf:
    """Nothing yet."""
    return Shelf()


def ask(shelf: Shelf, typed: str, limit: int = 20) -> list[UUID]:
    return found(shelf.source, CLOCK, typed, limit)


@pytest.mark.parametrize(
    "typed",
    [
        "华东", "東智", "造", "华东智造", "SO-2026-0187", "so-2026-01", "0187", "187", "2026-01", "26-018", "mes", "ES",
        "hdzz", "huadong", "华东 0187", "\uff12\uff10\uff12\uff16 华", "ht/77", "MES二期", "ES二",
    ],
)  # fmt: skip
def test_a_record_is_found_by_its_parts(shelf: Shelf, typed: str):
    other = shelf.put(Content(numbers=("SO-2026-0311", "HT/88"), names=("北辰检测平台",), sounds=("北辰医疗",)))
    mine = shelf.put(
        Content(numbers=("SO-2026-0187", "HT/77"), names=("华东智造MES二期",), sounds=("江苏华东智造有限公司",))
    )
    assert ask(shelf, typed) == [mine]
    assert other not in ask(shelf, typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "东华", "智MES", "0188", "'", '"', "\x00", "a'b:*", "🙂", "NEAR(", "*", "造" * 300]
)
def test_what_is_not_there_is_not_found_and_nothing_breaks(shelf: Shelf, typed: str):
    shelf.put(Content(numbers=("SO-2026-0187",), names=("华东智造MES二期",)))
    assert ask(shelf, typed) == []
    assert list(units_found("thing", typed)) == []


def test_what_begins_so_comes_first_and_then_the_latest(shelf: Shelf):
    begins = shelf.put(Content(names=("检测平台",)))
    early = shelf.put(Content(names=("第一检测平台",)))
    late = shelf.put(Content(names=("第二检测平台",)))
    assert ask(shelf, "检测") == [begins, late, early]
    assert ask(shelf, "检测", 2) == [begins, late]


def test_the_last_piece_of_a_number_is_a_beginning(shelf: Shelf):
    short = shelf.put(Content(numbers=("SO-2026-0187",)))
    shelf.put(Content(numbers=("HT-90187",)))
    assert ask(shelf, "0187")[0] == short


def test_words_of_long_texts_are_found_once_a_record(shelf: Shelf):
    text = "甲方应在验收后三十日内付款。" * 1500
    pk = shelf.put(Content(names=("合同",), long=(text,)))
    assert entries() > 3
    assert ask(shelf, "三十日内付款") == [pk]
    assert len(hits(shelf.source, CLOCK, "甲方", 20)) == 1


def test_a_changed_record_is_found_by_what_it_says_now(shelf: Shelf):
    pk = shelf.put(Content(names=("旧名称",), long=("很长" * 9000,)))
    shelf.contents[pk] = Content(names=("新名称",))
    filling.write(shelf.source, [pk])
    assert (ask(shelf, "旧名"), ask(shelf, "很长"), ask(shelf, "新名")) == ([], [], [pk])
    assert entries() == 1
    del shelf.contents[pk]
    filling.write(shelf.source, [pk])
    assert (ask(shelf, "新名"), entries()) == ([], 0)


def test_all_of_it_can_be_built_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(filling, "BATCH", 3)
    kept = [shelf.put(Content(names=(f"记录{number}",))) for number in range(8)]
    gone = kept.pop()
    del shelf.contents[gone]
    Entry.objects.filter(unit_id=kept[0]).delete()
    assert filling.rebuild(shelf.source) == 7
    assert sorted(ask(shelf, "记录")) == sorted(kept)
    assert entries() == 7


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text("华东智造項後乾AB01-／𠀀", min_size=2, max_size=10), min_size=1, max_size=4))
def test_whatever_is_indexed_is_found_by_each_two_of_its_characters(db: None, texts: list[str]):
    shelf = Shelf()
    ids = {shelf.put(Content(names=(text,))): text for text in texts}
    for pk, text in ids.items():
        for at in range(len(text) - 1):
            typed = text[at : at + 2]
            if typed.strip("-／"):
                assert pk in ask(shelf, typed, 200), (text, typed)
    Entry.objects.all().delete()
