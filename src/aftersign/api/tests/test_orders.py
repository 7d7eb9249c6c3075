"""Orders for programs: pages that stay, acts that are done once, and refusals that change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.api.tests.program import Program
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Customer, Order
from tests.firm import Firm


def signed(**other: Any) -> dict[str, Any]:
    """What a program sends for an order."""
    said = {"title": "海川三期", "contract_no": "HT-9", "kind": "sales", "signed_on": "2026-09-07", "currency": "CNY"}
    return said | {"customer": "北辰医疗科技股份有限公司", "amount": "120000.00"} | other


def test_pages_stay_while_orders_come_in(firm: Firm) -> None:
    known = {firm.register(f"订单{n}").number for n in range(5)}
    program = Program("wumin")
    first = program.get("/orders", limit=2).json()
    firm.register("后来的")
    seen, page = [each["number"] for each in first["items"]], first
    while page["next"]:
        answer = program.get(page["next"])
        page = answer.json()
        seen += [each["number"] for each in page["items"]]
        assert (answer.headers.get("Link") is None) == (page["next"] is None)
    assert len(seen) == len(set(seen))
    assert set(seen) == known


def test_filters_hold_together(firm: Firm) -> None:
    one, _other = firm.register("甲"), firm.register("乙")
    program = Program("wumin")
    found = program.get("/orders", stage="signed", contract_no=one.contract_no, owner="wumin").json()
    assert [each["number"] for each in found["items"]] == [one.number]
    assert program.get("/orders", signed_to="2026-09-06").json()["items"] == []
    for wrong in ({"limit": 201}, {"signed_to": "yesterday"}):
        assert program.get("/orders", **wrong).status_code == 422
    assert program.get("/orders", after="nonsense").status_code == 400


def test_an_order_is_registered_with_all_that_was_sent(firm: Firm) -> None:
    firm.register()
    lines = [{"name": "监测站", "quantity": "2", "unit_price": "60000.00"}]
    payments = [{"name": "预付款", "percent": "30"}, {"name": "尾款", "percent": "70"}]
    team = [{"post": "finance", "account": "hejing"}]
    answer = Program("wumin").post("/orders", signed(lines=lines, milestones=payments, team=team, tax_rate="13"))
    assert answer.status_code == 201, answer.content.decode()
    shown = answer.json()
    assert Program("wumin").get(answer.headers["Location"]).json() == shown
    assert (shown["stage"], shown["grade"], shown["sales_owner"]["account"]) == ("signed", "B", "wumin")
    assert [each["amount"] for each in shown["lines"] + shown["milestones"]] == ["120000.00", "36000.00", "84000.00"]
    assert shown["team"][0]["person"]["account"] == "hejing"
    order = Order.objects.get(number=shown["number"])
    assert {"order.signed", "order.registered"} <= set(
        Entry.objects.filter(order_id=order.pk).values_list("fact", flat=True)
    )


def test_the_same_key_registers_one_order(firm: Firm) -> None:
    firm.register()
    program, other = Program("wumin"), Program("wumin")
    one, two = (program.post("/orders", signed(), Idempotency_Key="7") for _ in range(2))
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.json() == two.json()
    assert Order.objects.count() == 2
    changed = program.post("/orders", signed(title="另一个"), Idempotency_Key="7")
    assert (changed.status_code, changed.json()["type"]) == (422, "urn:aftersign:problem:key")
    again = other.post("/orders", signed(), Idempotency_Key="7")
    assert again.json()["missing"] == ["repeat_reason"]
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"customer": "没有这家"}, "customer"),
        ({"sales_owner": "nobody"}, "sales_owner"),
        ({"kind": "unheard-of"}, "kind"),
        ({"currency": "ZZZ"}, "currency"),
        ({"tax_rate": "12"}, "tax_rate"),
        ({"secrecy": "unheard-of"}, "secrecy"),
        ({"signed_on": "2026-09-08"}, "signed_on"),
        ({"signed_on": "2026-08-01"}, "as_usual"),
        ({"team": [{"post": "finance", "account": "nobody"}]}, "team"),
        ({"title": ""}, "body.sent.title"),
        ({"amount": "1.234"}, "body.sent.amount"),
        ({"colour": "red"}, "body.sent.colour"),
        ({"title": "a\x00b"}, "body.sent.title"),
    ],
)
def test_what_does_not_hold_is_told_and_nothing_is_registered(firm: Firm, said: dict[str, Any], missing: str) -> None:
    firm.register()
    before = (Order.objects.count(), Customer.objects.count(), Entry.objects.count())
    answer = Program("wumin").post("/orders", signed(**said))
    assert (answer.status_code, answer.json()["missing"]) == (422, [missing]), answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (Order.objects.count(), Customer.objects.count(), Entry.objects.count()) == before


def test_a_change_compares_the_version_that_was_read(firm: Firm) -> None:
    order = firm.register()
    program, to = Program("wumin"), f"/orders/{order.number}/information"
    read = program.get(f"/orders/{order.number}").headers["ETag"]
    changed = program.post(to, {"title": "改名", "delivery_on": None}, If_Match=read)
    assert (changed.status_code, changed.json()["title"], changed.json()["delivery_on"]) == (200, "改名", None)
    facts = Entry.objects.count()
    stale = program.post(to, {"title": "再改"}, If_Match=read)
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:aftersign:problem:stale")
    assert (Order.objects.get().title, Entry.objects.count()) == ("改名", facts)
    assert program.post(to, {"title": "再改"}, If_Match=changed.headers["ETag"]).status_code == 200
    assert program.post(to, {"title": "再改"}, If_Match="latest").status_code == 400
    assert program.post(to, {"signed_on": None}).json()["missing"] == ["signed_on"]


def test_somebody_without_the_right_changes_nothing(firm: Firm) -> None:
    order = firm.register()
    answer = Program("sunqian").post(f"/orders/{order.number}/information", {"title": "改名"})
    assert (answer.status_code, answer.json()["check"]) == (403, "order.change_information")
    assert Order.objects.get().title == order.title
    assert RefusedAct.objects.get().act == "order.change_information"


def test_a_list_and_an_order_ask_the_database_a_constant_number_of_times(firm: Firm) -> None:
    order, program = firm.register(), Program("wumin")
    program.get("/token")
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            program.get("/orders")
        counted.append(len(queries))
        firm.register()
    with CaptureQueriesContext(connection) as queries:
        program.get(f"/orders/{order.number}")
    assert (counted, len(queries)) == ([5, 5], 9)
