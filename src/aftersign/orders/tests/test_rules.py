"""Money and payments: nothing is lost by rounding, and sums are asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from aftersign.orders import money, rules
from aftersign.orders.entries import MilestoneEntry, Particulars

amounts = some.decimals(min_value=0, max_value=10**12, places=2)
weights = some.lists(some.integers(min_value=1, max_value=10**6), min_size=1, max_size=12)


def percents(parts: list[int]) -> list[Decimal]:
    """Weights as percents with two digits that add up to 100."""
    shares = [money.rounded(Decimal(each) * 100 / sum(parts)) for each in parts]
    return [*shares[:-1], Decimal(100) - sum(shares[:-1], Decimal(0))]


def particulars(**other) -> Particulars:
    """Particulars without fault, with some things said otherwise."""
    said: dict[str, Any] = {
        "title": "三期",
        "contract_no": "HT-1",
        "kind": "project",
        "signed_on": date(2026, 1, 5),
        "currency": "CNY",
    }
    return Particulars(**(said | other))


def fields(entry: Particulars) -> list[str]:
    """The fields at which an entry is at fault."""
    found = rules.faults(entry, today=date(2026, 11, 24), kinds=("project",))
    return [field for each in found for field in each.missing]


@given(amounts, weights)
def test_shares_add_up_to_the_total(total: Decimal, parts: list[int]):
    shares = money.shares(total, percents(parts))
    assert sum(shares) == total
    assert all(each == money.rounded(each) for each in shares)


@given(amounts, some.decimals(min_value="0.000001", max_value=1000, places=6))
def test_the_base_amount_is_within_half_a_cent(amount: Decimal, rate: Decimal):
    base = money.in_base(amount, "USD", "CNY", rate)
    assert base is not None
    assert abs(base - amount * rate) <= Decimal("0.005")
    assert money.in_base(amount, "CNY", "CNY", rate) == amount
    assert money.in_base(amount, "USD", "CNY", None) is None


def test_halves_are_rounded_to_even():
    assert money.in_base(Decimal("0.25"), "USD", "CNY", Decimal("0.1")) == Decimal("0.02")
    assert money.in_base(Decimal("0.75"), "USD", "CNY", Decimal("0.1")) == Decimal("0.08")


@given(some.decimals(0, 10**6, places=3), some.decimals(0, 10**6, places=4), some.decimals(0, 100, places=2))
def test_a_line_never_exceeds_its_undiscounted_price(quantity: Decimal, price: Decimal, discount: Decimal):
    assert Decimal(0) <= money.of_line(quantity, price, discount) <= money.rounded(quantity * price) + money.CENT


@given(weights, amounts)
def test_payments_that_add_up_are_taken(parts: list[int], total: Decimal):
    shares = percents(parts)
    if min(shares) <= 0:
        return
    milestones = tuple(MilestoneEntry(name="款", percent=each) for each in shares)
    assert fields(particulars(amount=total, milestones=milestones)) == []


@given(weights, some.decimals(min_value="0.01", max_value=50, places=2))
def test_payments_that_do_not_add_up_are_refused(parts: list[int], more: Decimal):
    shares = percents(parts)
    shares[0] += more
    milestones = tuple(MilestoneEntry(name="款", percent=each) for each in shares)
    assert fields(particulars(milestones=milestones)) == ["milestones"]


def test_shares_of_some_payments_only_are_refused():
    some_only = (MilestoneEntry(name="一", percent=Decimal(100)), MilestoneEntry(name="二"))
    assert fields(particulars(milestones=some_only)) == ["milestones"]
    without = (MilestoneEntry(name="一"), MilestoneEntry(name="二"))
    assert fields(particulars(milestones=without)) == []
