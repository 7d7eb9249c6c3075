"""Requests to suspend or terminate an order stand among those that wait, were asked for and were answered."""

from __future__ import annotations

import pytest

from aftersign.demo.scenes import actor
from aftersign.desk.tests.desks import browser, cost, read
from aftersign.orders import acts
from aftersign.orders.models import HaltRequest, Order
from tests.firm import Firm

WAITING, MINE, ANSWERED = "/requests/", "/requests/?tab=mine", "/requests/?tab=answered"


@pytest.fixture
def order(firm: Firm) -> Order:
    return firm.register()


def ask(order: Order, account: str = "wumin") -> HaltRequest:
    """Somebody asks that an order stand still."""
    acts.request_suspension(order, reason="客户停产", by=actor(account))
    return HaltRequest.objects.get(order=order, state="asked")


def link_of(order: Order, page: str) -> str:
    return f'href="/orders/{order.number}/{page}/"'


def test_it_waits_for_those_who_may_decide_and_for_nobody_else(order: Order) -> None:
    ask(order)
    for account in ("lujian", "chenli"):
        client = browser(account)
        row = read(client, WAITING).partition("等待答复")[0]
        for said in ("申请暂停", order.title, order.number, "吴敏"):
            assert said in row, (account, said)
        assert link_of(order, "suspend") in client.get(WAITING).content.decode()
        assert "等我审批 1 项" in read(client, "/")
    for account in ("wumin", "linxiaolan", "hejing"):
        assert "没有等您审批的申请" in read(browser(account), WAITING)


def test_whoever_asked_sees_it_among_their_own_and_does_not_decide(order: Order) -> None:
    request = ask(order, "lujian")
    assert order.title in read(browser("lujian"), MINE)
    assert order.title not in read(browser("lujian"), WAITING)
    acts.reject_request(order, request=request, reason="照常", by=actor("chenli"))
    assert "已退回" in read(browser("lujian"), MINE)
    assert "已退回" in read(browser("chenli"), ANSWERED)
    assert order.title not in read(browser("chenli"), WAITING)


def test_a_termination_leads_to_its_own_page(order: Order) -> None:
    acts.request_termination(order, reason="客户取消", settled_how="退款", by=actor("wumin"))
    assert link_of(order, "terminate") in browser("lujian").get(WAITING).content.decode()
    assert "申请终止" in read(browser("wumin"), MINE)


@pytest.mark.parametrize("page", [WAITING, MINE, "/"])
def test_many_cost_no_more(order: Order, firm: Firm, page: str) -> None:
    account = "wumin" if page == MINE else "lujian"
    ask(order)
    few, _size = cost(browser(account), page)
    for number in range(4):
        ask(firm.register(f"第 {number} 单"))
    many, _size = cost(browser(account), page)
    assert many == few
