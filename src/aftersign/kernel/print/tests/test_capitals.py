"""Amounts in Chinese capitals."""

from decimal import Decimal

import pytest

from aftersign.kernel.print.capitals import capitals


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("860000.00", "捌拾陆万元整"),
        ("1980000", "壹佰玖拾捌万元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("-12.30", "负壹拾贰元叁角整"),
        ("0.004", "零元整"),
    ],
)
def test_are_written_as_banks_write_them(amount: str, said: str) -> None:
    assert capitals(Decimal(amount)) == f"人民币{said}"


def test_are_written_in_traditional_characters() -> None:
    assert capitals(Decimal("1250000.6"), traditional=True) == "人民幣壹佰貳拾伍萬元陸角整"


def test_are_left_out_where_no_words_reach() -> None:
    assert capitals(Decimal(10) ** 16) == ""
