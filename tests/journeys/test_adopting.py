"""A journey of the salesperson: an order that was running before the rules is adopted, and nobody is alarmed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from aftersign.orders.models import Order
from aftersign.policy.models import Duty, ToldStep
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm
from tests.journeys.conftest import Desk
from tests.journeys.test_handing_over import CUSTOMER, PAPERS, in_half_a_year, papers

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = 10
"""N, the papers, the customer (two), amount, day of signing, delivery, adopt instead, the stage, do."""


def before_the_rules() -> date:
    return timezone.localdate() - timedelta(days=90)


def test_an_order_from_before_the_rules_is_adopted(house: Firm, desk: Desk, tmp_path: Path) -> None:
    told = ToldStep.objects.count()
    walk = desk("wumin")
    walk.key("n")
    walk.arrive("**/orders/register/")
    walk.drop("#files", papers(tmp_path))
    walk.see(PAPERS[2])
    walk.choose("#id_customer", CUSTOMER)
    walk.page.wait_for_selector("input[name=kind]:checked")
    walk.enter("#id_amount", "1,260,000")
    walk.enter("#id_delivery_on", in_half_a_year())
    walk.enter("#id_signed_on", before_the_rules().isoformat())
    walk.press("#beside-reg button[value=adopt]")
    walk.arrive("**/orders/adopt/")
    assert walk.page.input_value("#id_amount") == "1,260,000"
    assert walk.page.locator("#papers tbody tr").count() == len(PAPERS)
    walk.tick("input[name=stage][value=executing]")
    walk.press("form#reg .bar button.p")
    walk.arrive("**/orders/SO-*/")
    assert walk.steps <= STEPS
    walk.see("由此纳入")
    order = Order.objects.get(contract_no="HT-2026-0236")
    assert (order.stage, order.signed_on) == ("executing", before_the_rules())
    run_due()
    assert not Duty.objects.filter(order=order, state__in=("breached", "done_late")).exists()
    assert ToldStep.objects.filter(order=order).count() == 0
    assert ToldStep.objects.count() == told
    walk.open(f"/orders/{order.number}/activity/")
    walk.see("执行中")
    assert rebuild().different == []
    assert walk.complaints == []
