"""A withdrawal that is withdrawn itself: what stands by then is asked again, at asking and at deciding."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.tests.exceptions import duty_of, fact_of, unchanged
from aftersign.demo import scenes
from aftersign.demo.scenes import actor, copy_of
from aftersign.desk.tests.desks import browser, read
from aftersign.kernel.journal.corrections import WITHDRAWN
from aftersign.kernel.org.models import Person
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import StatedFact
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
CHANGED, FIRST, BELOW = "order.information_changed", r"1 条.*订单信息已变化", "先恢复"
ITSELF = "1.3.3.e"


@pytest.fixture
def order(firm: Firm) -> Order:
    return firm.register()


def change(order: Order, **said: Any) -> StatedFact:
    """The salesperson changes what the order says."""
    orders.change_information(order, entry=replace(particulars_of(order), **said), by=actor("wumin"))
    order.refresh_from_db()
    return fact_of(order, CHANGED)


def withdrawn(fact: StatedFact, account: str = "wumin") -> StatedFact:
    """Somebody withdraws a fact of their own; answers with the withdrawal."""
    request = acts.withdraw_fact(fact, reason="记错了", by=actor(account))
    return StatedFact.objects.get(pk=str(request.ruling))


def test_what_was_said_since_is_withdrawn_before_the_old_comes_back(order: Order) -> None:
    withdrawal = withdrawn(change(order, title="检测平台二期"))
    since = change(order, title="检测平台三期")
    with unchanged(FIRST, ITSELF):
        acts.withdraw_fact(withdrawal, reason="没有记错", by=actor("wumin"))
    with unchanged(FIRST, ITSELF):
        acts.request_withdrawal(withdrawal, reason="没有记错", by=actor("lujian"))
    withdrawn(since)
    withdrawn(withdrawal)
    order.refresh_from_db()
    assert order.title == "检测平台二期"
    assert rebuild().different == []


def test_what_came_between_asking_and_deciding_stands_in_the_way(order: Order, later: Later) -> None:
    withdrawal = withdrawn(change(order, title="检测平台二期"))
    with later("2026-09-09 09:00"):
        request = acts.request_withdrawal(withdrawal, reason="没有记错", by=actor("wumin"))
        since = change(order, title="检测平台三期")
        with unchanged(FIRST, ITSELF):
            acts.withdraw_fact(withdrawal, reason=request.reason, request=request, by=actor("lujian"))
        assert Request.objects.get(pk=request.pk).state == "open"
        withdrawn(since)
        acts.withdraw_fact(withdrawal, reason=request.reason, request=request, by=actor("lujian"))
        order.refresh_from_db()
        assert order.title == "检测平台二期"
        run_due()
        assert rebuild().different == []


def test_what_was_built_on_a_fact_put_back_keeps_it(firm: Firm, order: Order) -> None:
    firm.send(order)
    copy = duty_of(order, "2.1.3.b", "project")
    acts.take_duty(copy, by=actor("dengkai"))
    again = withdrawn(withdrawn(fact_of(order, "general.duty_taken"), "dengkai"), "dengkai")
    acts.hand_on_duty(copy, to=Person.objects.get(account="linxiaolan"), reason="我休假", by=actor("dengkai"))
    with unchanged("义务已转交", ITSELF):
        acts.withdraw_fact(again, reason="确实点错", by=actor("dengkai"))
    with unchanged("义务已转交", ITSELF):
        acts.request_withdrawal(again, reason="确实点错", by=actor("wumin"))
    withdrawn(fact_of(order, "general.duty_handed_on"), "dengkai")
    withdrawn(again, "dengkai")
    copy.refresh_from_db()
    assert copy.owner is None
    assert rebuild().different == []


def test_what_comes_back_needs_what_it_was_built_on(firm: Firm, order: Order, later: Later) -> None:
    firm.send(order)
    copy = duty_of(order, "2.1.3.b", "project")
    acts.take_duty(copy, by=actor("dengkai"))
    acts.hand_on_duty(copy, to=Person.objects.get(account="linxiaolan"), reason="我休假", by=actor("dengkai"))
    handed_on = withdrawn(fact_of(order, "general.duty_handed_on"), "dengkai")
    with later("2026-09-07 11:00"):
        taken = withdrawn(fact_of(order, "general.duty_taken"), "dengkai")
    with unchanged(f"{BELOW}.*义务已认领", ITSELF):
        acts.withdraw_fact(handed_on, reason="没有记错", by=actor("dengkai"))
    with unchanged(BELOW, ITSELF):
        acts.request_withdrawal(handed_on, reason="没有记错", by=actor("wumin"))
    with later("2026-09-07 12:00"):
        withdrawn(taken, "dengkai")
        withdrawn(handed_on, "dengkai")
        assert rebuild().different == []
    copy.refresh_from_db()
    assert copy.owner == actor("linxiaolan").person


def test_a_signature_does_not_come_back_without_its_points(firm: Firm, later: Later) -> None:
    order = firm.register(points=1)
    firm.send(order, points=1)
    scenes.accept(order, "finance")
    accepted = withdrawn(fact_of(order, "handover.copy_accepted"), "hejing")
    with later("2026-09-07 11:00"):
        confirmed = withdrawn(fact_of(order, "handover.key_points_confirmed"), "hejing")
    with unchanged(BELOW, ITSELF):
        acts.withdraw_fact(accepted, reason="没有签错", by=actor("hejing"))
    assert copy_of(order, "finance").state == "sent"
    with later("2026-09-07 12:00"):
        withdrawn(confirmed, "hejing")
        withdrawn(accepted, "hejing")
        assert rebuild().different == []
    assert copy_of(order, "finance").state == "accepted"


def test_what_rested_on_a_completion_is_asked_for_after_it_came_back(firm: Firm, order: Order) -> None:
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    last = fact_of(order, "handover.copy_accepted")
    account = Person.objects.get(pk=str(last.actor_id)).account
    again = withdrawn(withdrawn(last, account), account)
    scenes.complete(order)
    with unchanged("订单已完成", ITSELF):
        acts.withdraw_fact(again, reason="确实签错", by=actor(account))
    order.refresh_from_db()
    assert order.stage == "completed"


def test_the_completion_alone_is_not_put_back(firm: Firm, order: Order) -> None:
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    last = fact_of(order, "handover.copy_accepted")
    account = Person.objects.get(pk=str(last.actor_id)).account
    withdrawn(last, account)
    with unchanged("接收部门已签收", "1.3.3.e"):
        acts.withdraw_fact(fact_of(order, WITHDRAWN), reason="没有签错", by=actor(account))


def test_a_later_fact_that_was_stated_without_it_needs_nothing(firm: Firm, order: Order) -> None:
    """Only what stood when a fact was stated is asked for: the first taking had been withdrawn before the second."""
    firm.send(order)
    copy = duty_of(order, "2.1.3.b", "project")
    acts.take_duty(copy, by=actor("dengkai"))
    withdrawn(fact_of(order, "general.duty_taken"), "dengkai")
    acts.take_duty(copy, by=actor("linxiaolan"))
    withdrawn(withdrawn(fact_of(order, "general.duty_taken"), "linxiaolan"), "linxiaolan")
    copy.refresh_from_db()
    assert copy.owner == actor("linxiaolan").person


def test_the_page_lists_what_is_put_back_first(firm: Firm, order: Order, client: Client, later: Later) -> None:
    firm.send(order)
    copy = duty_of(order, "2.1.3.b", "project")
    acts.take_duty(copy, by=actor("dengkai"))
    acts.hand_on_duty(copy, to=Person.objects.get(account="linxiaolan"), reason="我休假", by=actor("dengkai"))
    handed_on = withdrawn(fact_of(order, "general.duty_handed_on"), "dengkai")
    with later("2026-09-07 11:00"):
        withdrawn(fact_of(order, "general.duty_taken"), "dengkai")
    client.force_login(Person.objects.get(account="dengkai"))
    page = client.get(f"/facts/{handed_on.pk}/withdraw/").content.decode()
    assert "请先恢复" in page
    assert "义务已认领" in page
    assert 'type="submit" form="ask"' not in page


def test_the_page_says_what_comes_back_and_who_would_owe_it(firm: Firm, order: Order) -> None:
    firm.send(order)
    acts.take_duty(duty_of(order, "2.1.3.b", "project"), by=actor("dengkai"))
    taken = withdrawn(fact_of(order, "general.duty_taken"), "dengkai")
    page = read(browser("dengkai"), f"/facts/{taken.pk}/withdraw/")
    assert "恢复" in page
    assert "义务已认领" in page
    assert "待认领 → 邓凯" in page
    again = withdrawn(taken, "dengkai")
    page = read(browser("dengkai"), f"/facts/{again.pk}/withdraw/")
    assert "再次撤销" in page
    assert "邓凯 → 待认领" in page
