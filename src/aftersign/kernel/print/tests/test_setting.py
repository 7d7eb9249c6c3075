"""Forms set as PDF: what stands on them, what the font lacks, and that the same data gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from aftersign.kernel.print import fonts as found
from aftersign.kernel.print.setting import Sheet, typeset
from aftersign.kernel.print.tests.pages import pages_of, plain

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
CHECK_VALUE = "0123456789abcdef" * 4
SHEET = Sheet(
    template="kernel/print/tests/plain.typ",
    title="交接单 HO-1",
    running="交接单 HO-1 · 第 2 版",
    check_value=CHECK_VALUE,
    address="https://orders.example.com/orders/SO-1/",
    foot=[("校验值", CHECK_VALUE)],
    body={"above": "恒信科技", "fields": [{"label": "客户", "value": "北辰医疗"}], "rows": [["甲", "乙"]]},
)


def with_value(value: str, **more: Any) -> Sheet:
    """The sheet with something else in its one field."""
    return replace(SHEET, body={**SHEET.body, "fields": [{"label": "客户", "value": value}], **more})


@pytest.fixture
def without_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation without the package of fonts; the folder where they are all the same."""
    folder = found._packaged()
    assert folder is not None
    monkeypatch.setattr(found, "PACKAGE", "no_such_package")
    found._read.cache_clear()
    yield folder
    found._read.cache_clear()


def test_says_what_it_was_given_with_code_and_foot() -> None:
    printed = typeset(SHEET, at=AT)
    (page,) = pages_of(printed.pdf)
    assert "交接单HO-1" in plain(printed.pdf)
    for said in ("恒信科技", "客户", "北辰医疗", "验证码", "0123-4567-89AB-CDEF", CHECK_VALUE):
        assert said in page
    assert "第 1 页，共 1 页" in page
    assert (printed.lacking, printed.warning) == ((), "")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "第 1 页，共 1 页"), ("zh-hant", "第 1 頁，共 1 頁"), ("en", "Page 1 of 1")]
)
def test_speaks_the_language_of_the_reader(language: str, said: str) -> None:
    with translation.override(language):
        assert said in pages_of(typeset(SHEET, at=AT).pdf)[0]


def test_is_fit_for_archives() -> None:
    printed = typeset(SHEET, at=AT)
    assert printed.is_archival
    assert b"<pdfaid:part>2" in printed.pdf
    assert b"<pdfaid:conformance>B" in printed.pdf


def test_the_same_data_at_the_same_time_gives_the_same_bytes() -> None:
    first = typeset(SHEET, at=AT).pdf
    assert typeset(SHEET, at=AT).pdf == first
    assert typeset(with_value("北辰"), at=AT).pdf != first


def test_what_the_font_lacks_is_marked_and_named() -> None:
    printed = typeset(with_value("先生😀𐀀ก各 1"), at=AT)
    assert printed.lacking == ("😀", "𐀀", "ก")
    assert printed.warning == "本单字体缺 3 个字符，以〓代替：U+1F600 U+10000 U+0E01"
    page = pages_of(printed.pdf)[0]
    assert "先生〓〓〓各 1" in page
    assert "U+1F600 U+10000 U+0E01" in page
    assert printed.is_archival


def test_markup_is_text() -> None:
    wild = '#panic("x") *b* _i_ $x$ `c` <a> @a \\ [ ] // = - #read("/etc/passwd")'
    assert wild.replace(" ", "") in plain(typeset(with_value(wild), at=AT).pdf)


def test_invisible_signs_are_left_out() -> None:
    printed = typeset(with_value("甲\x00\u200b\u202e乙\ufe0f\r\n丙\u2028丁\t戊"), at=AT)
    assert "甲乙丙丁戊" in plain(printed.pdf)
    assert printed.lacking == ()


def test_long_words_stay_inside_their_cell() -> None:
    name = "specification_of_the_laboratory_platform_final_2.pdf" * 5
    printed = typeset(with_value("文", rows=[[name, "乙"]]), at=AT)
    assert name in plain(printed.pdf)


def test_many_rows_go_on_over_pages_with_their_heads() -> None:
    printed = typeset(with_value("文", rows=[[f"甲 {number}", "乙"] for number in range(120)]), at=AT)
    pages = pages_of(printed.pdf)
    assert len(pages) == 4
    assert all("Rows" in page and f"第 {at} 页，共 4 页" in page for at, page in enumerate(pages, start=1))
    assert all("第 2 版" in page for page in pages[1:])
    assert "甲119" in plain(printed.pdf)


def test_fonts_of_the_installation_serve_where_the_package_is_missing(without_package: Path, settings: Any) -> None:
    settings.PRINT_FONTS = [str(without_package)]
    assert "北辰医疗" in pages_of(typeset(SHEET, at=AT).pdf)[0]


def test_fonts_of_the_system_serve_where_nothing_else_is(without_package: Path) -> None:
    fonts = found.fonts()
    if ord("签") not in fonts.shows:
        pytest.skip("the system has no font with Chinese")
    assert "北辰医疗" in pages_of(typeset(SHEET, at=AT).pdf)[0]
