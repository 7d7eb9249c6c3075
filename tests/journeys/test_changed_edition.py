"""A changed edition in mid-quarter: two people, two pages each, and the next order stands under the new one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from aftersign.chapters.final.acts import bring_into_force
from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, Edition
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm
from tests.journeys.conftest import Desk
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAFTING, ISSUING = 6, 5


def test_a_parameter_is_changed_by_two_people_and_holds_from_a_day(house: Firm, desk: Desk) -> None:
    owner = desk("guting")
    owner.press("nav a:has-text('管理设置')")
    owner.press("main a:has-text('制度版本') >> nth=0")
    owner.press("main a.btn.p")
    owner.arrive("**/settings/editions/2/parameters/")
    owner.enter("#id_p-handover_form_days_0", "4")
    owner.enter("#id_reason", "一天填不完")
    owner.press("main button.p:visible")
    owner.arrive("**/settings/editions/3/")
    assert owner.steps <= DRAFTING
    owner.open("/settings/editions/3/compare/")
    assert "填写交接单的期限" in owner.page.inner_text("main")

    manager = desk("chenli")
    manager.open("/settings/editions/")
    manager.press("a:has-text('版本 3')")
    manager.press("main a.btn.p")
    manager.tick("#id_read")
    tomorrow = timezone.localdate() + timedelta(days=1)
    manager.enter("#id_effective_on", tomorrow.isoformat())
    manager.press("main button.p:visible")
    manager.arrive("**/settings/editions/3/")
    assert manager.steps <= ISSUING
    assert "已发布，待施行" in manager.page.inner_text("main")

    with frozen(house.moment + timedelta(days=1)):
        bring_into_force(company(), by=CLOCK)
        run_due()
        store.forget()
        after = Firm(house.moment + timedelta(days=1)).register("换版以后")
        assert rebuild().different == []
    before = Order.objects.exclude(pk=after.pk).get()
    said = {order.title: Duty.objects.get(order=order, term="2.1.1.a").edition.version for order in (before, after)}
    assert said == {"去年的检测平台": "2", "换版以后": "3"}
    assert (clause_of(before, manager), clause_of(after, manager)) == ("1 个工作日内", "4 个工作日内")
    manager.open("/settings/editions/")
    assert Edition.objects.get(version="3").first_day == tomorrow
    assert "已被取代" in manager.page.inner_text("main")
    assert owner.complaints == manager.complaints == []


def clause_of(order: Order, walk: Walk) -> str:
    """The time limit in the clause as the page of the order's duty says it."""
    duty = Duty.objects.get(order=order, term="2.1.1.a")
    walk.open(f"/duties/{duty.pk}/")
    said = re.search(r"\d 个工作日内", walk.page.inner_text("main dd .t2"))
    assert said is not None
    return said[0]
