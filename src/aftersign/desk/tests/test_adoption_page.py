"""A running order is adopted on a page of its own, reached from the register page; what is refused leaves nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, person, read
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Duty
from tests.firm import Firm

MOST_QUERIES = 25
NO_ROWS = {f"{name}-rows": "0" for name in ("papers", "lines", "milestones", "criteria", "contacts")}


def typed(**other: Any) -> dict[str, Any]:
    """What a browser sends for an order that was signed in March; the rules took effect in September."""
    said = {
        "customer": "海川水务集团有限公司",
        "is_new": "on",
        "contract_no": "HT-2025-0099",
        "title": "老订单",
        "kind": "project",
        "amount": "100,000",
        "currency": "CNY",
        "tax_rate": "",
        "signed_on": "2026-03-02",
        "delivery_on": "2026-12-31",
        "sales_owner": str(person("wumin").pk),
        "_key": "adopt",
    }
    return said | NO_ROWS | other


def snapshot() -> tuple[int, int, int]:
    return Entry.objects.count(), Order.objects.count(), Customer.objects.count()


def post(client: Client, page: str, **said: Any) -> Any:
    return client.post(f"/orders/{page}/", typed(**said))


def test_a_registration_before_the_rules_offers_the_adoption(firm: Firm) -> None:
    before, seller = snapshot(), browser("wumin")
    answer = post(seller, "register")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "签订日早于本制度首次施行日 2026-09-01" in page
    assert 'formaction="/orders/adopt/"' in page
    assert snapshot() == before
    page = post(seller, "adopt", _add_row="adopt").content.decode()
    assert 'value="HT-2025-0099"' in page, "what was typed has come along"
    assert snapshot() == before


def test_whoever_insists_registers_in_the_usual_way(firm: Firm) -> None:
    assert post(browser("wumin"), "register", as_usual="on").status_code == 303
    order = Order.objects.get()
    assert Duty.objects.filter(order=order, state="breached").count() == 2


def test_a_registration_since_the_rules_asks_nothing(firm: Firm) -> None:
    assert post(browser("wumin"), "register", signed_on="2026-09-02").status_code == 303


def test_an_order_is_adopted(firm: Firm) -> None:
    seller = browser("wumin")
    assert post(seller, "adopt", stage="executing", reason="原有纸质交接单").status_code == 303
    order = Order.objects.get()
    assert order.stage == "executing"
    assert not Duty.objects.filter(order=order, state__in=("breached", "done_late")).exists()
    page = read(seller, f"/orders/{order.number}/activity/")
    assert "按“执行中”阶段 · 原有纸质交接单" in page
    page = read(seller, f"/orders/{order.number}/handover/")
    assert "交接视为已办" in page
    assert "客户要求" in read(seller, f"/orders/{order.number}/handover/?fill=1")
    assert "由此纳入" in read(seller, f"/orders/{order.number}/")


def test_each_stage_says_what_it_stands_for_and_what_opens(firm: Firm) -> None:
    page = read(browser("wumin"), "/orders/adopt/")
    signed, handed_over, planned = (page.index(name) for name in ("已签订", "已交接", "已计划"))
    assert "提交交接单" in page[signed:handed_over]
    assert "自今日起开立 2 项义务" in page[signed:handed_over]
    assert "视为此前各步已办，另有：订单已登记、交接单已提交" in page[handed_over:planned]
    assert "指定订单责任人" in page[handed_over:planned]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "选择"),
        ({"stage": "terminated"}, "terminated"),
        ({"stage": "completed"}, "填写客户验收的日期"),
        ({"stage": "completed", "accepted_on": "2026-02-01"}, "早于签订日期"),
        ({"stage": "executing", "accepted_on": "2026-05-01"}, "不要填验收日期"),
        ({"stage": "executing", "signed_on": "2026-09-02"}, "只有本制度首次施行以前已签的订单可以纳入"),
        ({"stage": "executing", "signed_on": ""}, "填写"),
        ({"stage": "executing", "title": ""}, "填写"),
    ],
)
def test_what_is_refused_changes_nothing(firm: Firm, said: dict[str, str], sentence: str) -> None:
    before = snapshot()
    answer = post(browser("wumin"), "adopt", **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert snapshot() == before


def test_sent_twice_it_is_adopted_once(firm: Firm) -> None:
    known = firm.register().customer.name
    for _time in range(2):
        assert post(browser("wumin"), "adopt", customer=known, is_new="", stage="executing").status_code == 303
    assert Order.objects.count() == 2


def test_whoever_does_not_sell_is_told_who_does(firm: Firm) -> None:
    answer = browser("linxiaolan").get("/orders/adopt/")
    assert answer.status_code == 403
    assert "销售部门" in answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_asks_little_in_every_language(firm: Firm, language: str) -> None:
    firm.register()
    lengthen_names()
    seller = person("wumin")
    seller.language = language
    seller.save()
    queries, size = cost(browser("wumin"), "/orders/adopt/")
    assert queries <= MOST_QUERIES
    assert size <= MOST_BYTES
    assert LONG in browser("wumin").get("/orders/adopt/").content.decode()
