"""Texts of a table as values: days and numbers as people and their programs write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from aftersign.kernel.clock.days import is_within

_DAY = re.compile(r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?(?:[T ].*)?")
_MONEY_SIGNS = re.compile(r"[\s,\uff0c\u00a5\uffe5$\u20ac]")


DIGITS = 15
"""Before the point and behind it a number of an order has fewer."""


class BadValue(Exception):
    """A text that is not what its column should hold."""


def day(text: str, shift: int = 0) -> date | None:
    """A day such as 1996-07-04, 1996/7/4 or 1996-07-04 00:00, moved by whole days; None for an empty text."""
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            named = date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=shift)
            if is_within(named):
                return named
    except (ValueError, OverflowError):
        pass
    raise BadValue(_("%(text)s is no day") % {"text": text})


def number(text: str) -> Decimal | None:
    """A number of a size to be reckoned with, with thousands separators and a sign of money or without; None for an
    empty text.
    """
    if not text:
        return None
    try:
        value = Decimal(_MONEY_SIGNS.sub("", text))
    except InvalidOperation:
        raise BadValue(_("%(text)s is no number") % {"text": text}) from None
    if not value.is_finite() or abs(value.adjusted()) > DIGITS:
        raise BadValue(_("%(text)s is no number") % {"text": text})
    return value
