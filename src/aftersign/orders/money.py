"""Money of an order: what a line, a payment and the whole come to, rounded half to even at two digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
_WIDE = Context(prec=60)


def rounded(value: Decimal) -> Decimal:
    """A sum of money with two digits."""
    return value.quantize(CENT, rounding=ROUND_HALF_EVEN, context=_WIDE)


def in_base(amount: Decimal | None, currency: str, base: str, rate: Decimal | None) -> Decimal | None:
    """An amount in the base currency; None when there is no amount, or no rate to turn it with."""
    if amount is None:
        return None
    if currency == base:
        return rounded(amount)
    return rounded(amount * rate) if rate is not None else None


def of_line(quantity: Decimal, unit_price: Decimal, discount: Decimal) -> Decimal:
    """What a line comes to; `discount` in percent."""
    return rounded(quantity * unit_price * (HUNDRED - discount) / HUNDRED)


def shares(total: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
    """A total divided by percents that add up to 100; the last share takes what rounding leaves over."""
    parts = [rounded(total * each / HUNDRED) for each in percents[:-1]]
    return [*parts, total - sum(parts, Decimal(0))] if percents else []
