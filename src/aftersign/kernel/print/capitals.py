"""Amounts in the characters that cannot be altered afterwards, as Chinese forms write them beside the figures."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", ("", "万", "亿", "万亿"), "负", "人民币")
_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", ("", "萬", "億", "萬億"), "負", "人民幣")
_PLACES = ("", "拾", "佰", "仟")
MOST = Decimal(10) ** 16


def capitals(amount: Decimal, *, traditional: bool = False) -> str:
    """`人民币捌拾陆万元整`; an amount that is too large for that gives nothing."""
    digits, groups, minus, money = _TRADITIONAL if traditional else _SIMPLIFIED
    rounded = abs(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if rounded >= MOST:
        return ""
    whole, cents = divmod(int(rounded * 100), 100)
    said = f"{_whole(whole, digits, groups)}元" if whole or not cents else ""
    return f"{money}{minus if amount < 0 and rounded else ''}{said}{_cents(cents, bool(whole), digits)}"


def _whole(number: int, digits: str, groups: tuple[str, ...]) -> str:
    if not number:
        return digits[0]
    said, gap = "", False
    for place in reversed(range(len(groups))):
        group = number // 10 ** (4 * place) % 10_000
        if not group:
            gap = bool(said)
            continue
        filler = digits[0] if said and (gap or group < 1000) else ""
        said, gap = said + filler + _group(group, digits) + groups[place], False
    return said


def _group(group: int, digits: str) -> str:
    """Up to four digits; zeros between others are said once, those at the end not at all."""
    said = ""
    for place in reversed(range(len(_PLACES))):
        digit = group // 10**place % 10
        if digit:
            said += digits[digit] + _PLACES[place]
        elif said and not said.endswith(digits[0]):
            said += digits[0]
    return said.rstrip(digits[0])


def _cents(cents: int, after_whole: bool, digits: str) -> str:
    tens, ones = divmod(cents, 10)
    if not cents:
        return "整"
    said = f"{digits[tens]}角" if tens else digits[0] if after_whole else ""
    return f"{said}{digits[ones]}分" if ones else f"{said}整"
