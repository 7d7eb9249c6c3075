"""Amounts as people write and read them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "HKD": "HK$", "TWD": "NT$", "GBP": "£", "JPY": "JP¥"}
_DIGITS = 24
"""Beyond so many digits before or behind the point it is no amount, and not to be reckoned with exactly."""
WITHOUT_CENTS = frozenset({"JPY", "KRW", "VND"})


def formatted(amount: Decimal, currency: str = "CNY") -> str:
    """`¥1,980,000.00`; a currency without a known sign stands before the amount by its code."""
    places = 0 if currency in WITHOUT_CENTS else 2
    sign = SIGNS.get(currency, f"{currency} ")
    return f"{'-' if amount < 0 else ''}{sign}{abs(amount):,.{places}f}"


def parsed(text: str) -> Decimal:
    """The amount that somebody typed, with thousands separators or full-width digits; raises `ValueError`."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").lstrip("¥")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None
    if not amount.is_finite() or abs(amount.adjusted()) > _DIGITS:
        raise ValueError(text)
    return amount
