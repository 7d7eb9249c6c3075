"""Dates and due times in words, with the clock held still on Monday 2026-11-23, 10:46 in Shanghai."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from aftersign.kernel.clock import eras, frozen
from aftersign.kernel.shell import dates
from aftersign.kernel.shell.templatetags import shell

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _held() -> Iterator[None]:
    with frozen(at("2026-11-23 10:46")), translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("value", "words", "tone"),
    [
        ("2026-11-23 00:00", "逾期 1 天", "bad"),  # 24:00 of Sunday
        ("2026-11-20 00:00", "逾期 4 天", "bad"),
        ("2026-11-23 10:46", "逾期 1 分钟", "bad"),
        ("2026-11-23 10:26", "逾期 20 分钟", "bad"),
        ("2026-11-23 07:40", "逾期 3 小时", "bad"),
        ("2026-11-22 10:46", "逾期 1 天", "bad"),
        ("2026-11-22 10:47", "逾期 23 小时", "bad"),
        ("2026-11-24 00:00", "今天", "warn"),  # 24:00 of this Monday
        ("2026-11-23 17:00", "今天 17:00", "warn"),
        ("2026-11-24 10:46", "明天 10:46", "warn"),
        ("2026-11-24 10:47", "明天 10:47", ""),
        ("2026-11-25 00:00", "明天", ""),
        ("2026-11-26 00:00", "周三 11-25", ""),
        ("2026-11-25 14:00", "周三 11-25 14:00", ""),
        ("2026-12-01 00:00", "周一 11-30", ""),
        ("2026-12-02 00:00", "12-01", ""),
        ("2027-01-06 00:00", "2027-01-05", ""),
    ],
)
def test_due_times_as_pages_say_them(value: str, words: str, tone: str):
    said = dates.due(at(value))
    assert (said.words, said.tone) == (words, tone)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 22), "逾期 1 天"),
        (date(2026, 11, 23), "今天"),
        (date(2026, 11, 24), "明天"),
        (date(2026, 11, 27), "周五 11-27"),
    ],
)
def test_a_bare_day_is_due_at_its_end(value: date, words: str):
    assert dates.due(value).words == words


def test_the_same_words_in_english_and_traditional_chinese():
    with translation.override("en"):
        assert dates.due(at("2026-11-22 00:00")).words == "Overdue by 2 days"
        assert dates.due(at("2026-11-23 09:46")).words == "Overdue by 1 hour"
        assert dates.due(at("2026-11-26 00:00")).words == "Wed 11-25"
    with translation.override("zh-hant"):
        assert dates.due(at("2026-11-23 07:40")).words == "逾期 3 小時"
        assert dates.due(at("2026-11-26 00:00")).words == "週三 11-25"


def test_years_of_the_republic_stand_where_a_year_stands():
    with translation.override("zh-hant"), eras.counting(eras.ROC):
        assert dates.due(at("2027-01-06 00:00")).words == "民國116-01-05"
        assert dates.due(at("2026-11-26 00:00")).words == "週三 11-25"
        assert dates.exact(at("2026-11-25 14:00")) == "民國115-11-25 14:00"
        assert dates.short_moment(at("2025-11-20 14:00")) == "民國114-11-20 14:00"
        assert shell.full_day(date(2026, 11, 25)) == "民國115-11-25"
        assert 'datetime="2025-11-25" title="民國114-11-25">民國114-11-25<' in shell.day(date(2025, 11, 25))
    assert shell.full_day(date(2026, 11, 25)) == "2026-11-25"
    assert shell.full_day(None) == ""


def test_the_end_of_a_day_belongs_to_the_day():
    assert dates.day_of(at("2026-11-25 00:00")) == date(2026, 11, 24)
    assert dates.exact_day(at("2026-11-25 00:00")) == "2026-11-24"
    assert dates.exact_day(at("2026-11-25 00:01")) == "2026-11-25 00:01"


def test_filters_carry_the_exact_time():
    html = shell.due(at("2026-11-22 10:46"))
    assert 'title="2026-11-22 10:46"' in html
    assert 'datetime="2026-11-22T10:46:00+08:00"' in html
    assert "bad" in html
    assert 'title="2026-11-25"' in shell.day(date(2026, 11, 25))
    assert ">11-25<" in shell.day(date(2026, 11, 25))
    assert ">2025-11-25<" in shell.day(date(2025, 11, 25))
    assert ">今天 10:40<" in shell.moment(at("2026-11-23 10:40"))
    assert ">11-20 14:00<" in shell.moment(at("2026-11-20 14:00"))


@pytest.mark.parametrize("filtered", [shell.day, shell.due, shell.moment])
def test_nothing_gives_nothing(filtered):
    assert filtered(None) == ""
