"""Somebody leaves five hundred open duties on two hundred and fifty orders: one act, within seconds."""

from __future__ import annotations

from time import process_time

import pytest

from aftersign.kernel.access.actor import Actor
from aftersign.orders.models import Order
from aftersign.policy.models import UNFINISHED, Duty
from tests.company.leavers import administrator, leave, rebuilt_alike, who
from tests.firm import Firm

ORDERS, SECONDS = 250, 5.0


@pytest.mark.load
def test_five_hundred_duties_in_one_act(firm: Firm) -> None:
    for number in range(ORDERS):
        firm.register(f"订单{number}")
    by, began = Actor("person", person=administrator()), process_time()
    leave("wumin", by, to="lujian")
    took = process_time() - began
    assert Duty.objects.filter(owner=who("lujian"), state__in=UNFINISHED).count() == 2 * ORDERS
    assert not Order.objects.filter(sales_owner=who("wumin")).exists()
    assert took < SECONDS, f"{took:.2f} s of CPU for {2 * ORDERS} duties on {ORDERS} orders"
    rebuilt_alike()
