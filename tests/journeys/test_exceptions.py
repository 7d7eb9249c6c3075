"""Exceptions from a duty and from the record: asked for by one person, decided by another, and visible ever after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from aftersign.chapters.general.models import Request
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.clock import frozen
from aftersign.orders.acts import change_information
from aftersign.orders.models import Order
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import Duty
from aftersign.policy.rebuild import rebuild
from tests.firm import Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKING, DECIDING, WITHDRAWING = 5, 2, 4
"""Open the duty, ask, day, reason, send. Open the request, approve. Open the activity, the record, reason, send."""

TERM = "2.1.1.a"


@pytest.fixture
def order(house: Firm) -> Order:
    """An order of today, whose handover form is due."""
    with frozen(house.moment):
        return house.register("检测平台二期")


def duty_of(order: Order) -> Duty:
    return Duty.objects.get(order=order, term=TERM)


def test_an_extension_is_asked_for_granted_and_noted(house: Firm, order: Order, desk: Desk) -> None:
    day = timezone.localdate() + timedelta(days=14)
    old = duty_of(order).due_at
    owner, head = desk("wumin"), desk("lujian")
    owner.open(f"/orders/{order.number}/duties/")
    owner.press(f"main a[href='/duties/{duty_of(order).pk}/']")
    owner.press("main footer a[href$='/extension/']")
    owner.arrive("**/extension/")
    owner.see("陆建")
    owner.enter("#id_day", day.isoformat())
    owner.enter("#id_reason", "客户资料还没有到")
    owner.press("main .bar button.p")
    owner.arrive("**/requests/*/")
    assert owner.steps <= ASKING
    assert duty_of(order).due_at == old
    assert not owner.page.locator("#approve").count()

    head.open("/")
    head.press("#requests a.p")
    head.arrive("**/requests/*/")
    head.see("客户资料还没有到")
    head.press("#approve button")
    head.see("已批准")
    assert head.steps <= DECIDING
    duty = duty_of(order)
    assert duty.extended
    assert duty.due_at == midnight_after(day)

    owner.open(f"/duties/{duty.pk}/")
    for said in ("已延期", "客户资料还没有到", "陆建"):
        owner.see(said)
    with frozen(timezone.now()):
        house.send(order)
    assert duty_of(order).state == "done"
    for page in (f"/duties/{duty.pk}/", "/clauses/2.1.1/", f"/orders/{order.number}/duties/"):
        head.open(page)
        head.see("客户资料还没有到")
    assert rebuild().different == []
    assert owner.complaints == head.complaints == []


def test_a_mistaken_record_is_withdrawn_by_its_author(order: Order, desk: Desk) -> None:
    misname(order)
    walk = desk("wumin")
    walk.open(f"/orders/{order.number}/")
    walk.press("nav.tabs a[href$='/activity/']")
    walk.arrive("**/activity/")
    walk.press(".tl a[href$='/withdraw/'] >> nth=0")
    walk.arrive("**/withdraw/")
    walk.enter("#id_reason", "改错了订单")
    walk.press("main .bar button.d")
    walk.see("已撤销")
    assert walk.steps <= WITHDRAWING
    order.refresh_from_db()
    assert order.title == "检测平台二期"
    walk.open(f"/orders/{order.number}/activity/")
    gone = walk.page.locator(".tl li.gone").first.inner_text()
    for said in ("别的订单", "由 吴敏 撤销", "改错了订单"):
        assert said in gone
    assert rebuild().different == []


def test_the_record_of_another_is_withdrawn_by_two(order: Order, desk: Desk) -> None:
    misname(order)
    with frozen(timezone.now()):
        scenes.name_team(order)
    asker, head = desk("linxiaolan"), desk("lujian")
    asker.open(f"/orders/{order.number}/")
    asker.press("nav.tabs a[href$='/activity/']")
    asker.arrive("**/activity/")
    asker.press(".tl li:has-text('别的订单') a[href$='/withdraw/']")
    asker.arrive("**/withdraw/")
    asker.see("须有第二人同意：陆建")
    asker.enter("#id_reason", "改错了订单")
    asker.press("main .bar button.d")
    asker.arrive("**/requests/*/")
    assert asker.steps <= WITHDRAWING
    order.refresh_from_db()
    assert order.title == "别的订单"
    head.open("/")
    head.press("#requests a.p")
    head.arrive("**/requests/*/")
    head.press("#approve button")
    head.see("已批准")
    assert head.steps <= DECIDING
    order.refresh_from_db()
    assert order.title == "检测平台二期"
    assert Request.objects.get().state == "approved"
    head.open(f"/orders/{order.number}/activity/")
    head.see("经 陆建 同意撤销")
    assert asker.complaints == head.complaints == []


def test_what_was_built_on_a_record_stands_in_the_way(order: Order, desk: Desk) -> None:
    misname(order)
    misname(order, "又一个")
    walk = desk("wumin", java_script_enabled=False)
    page = walk.page
    page.goto(f"/orders/{order.number}/activity/")
    page.click(".tl li:has-text('别的订单') a[href$='/withdraw/'] >> nth=-1")
    page.wait_for_selector("text=以下后续记录以它为基础")
    assert not page.locator("main .bar button").count()


def misname(order: Order, title: str = "别的订单") -> None:
    """The salesperson gives the order another name by mistake."""
    with frozen(timezone.now()):
        change_information(order, entry=replace(particulars_of(order), title=title), by=actor("wumin"))
    order.refresh_from_db()


def midnight_after(day: date) -> datetime:
    """24:00 of a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
