"""The lists of orders and customers: with nothing, with ten thousand rows, narrowed, and to whom they show what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from aftersign.kernel.access.actor import Actor
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import Customer, Order, TeamMember
from aftersign.orders.queries.columns import Column, _columns, offer_column
from aftersign.orders.tests.desk import BUDGET, signed_in, size
from aftersign.orders.tests.rig import Firm


def test_the_list_is_empty_and_says_what_will_come(firm: Firm, wumin: Client):
    page = wumin.get(reverse("orders:list"))
    assert "还没有订单" in page.content.decode()
    assert reverse("orders:register") in page.content.decode()
    assert reverse("orders:register") not in signed_in(firm, "hejing").get(reverse("orders:list")).content.decode()


def test_strangers_sign_in_first(firm: Firm):
    order = firm.order()
    names: list[tuple[str, list[str]]] = [("orders:list", []), ("orders:register", []), ("orders:customers", [])]
    names += [(f"orders:{each}", [order.number]) for each in ("order", "activity", "edit", "team", "complete")]
    for name, args in names:
        answer = Client().get(reverse(name, args=args))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login")), name


def many(firm: Firm, number: int) -> None:
    customers = Customer.objects.bulk_create(Customer(number=f"C-{n}", name=f"客户{'长' * 50}{n}") for n in range(20))
    orders = Order.objects.bulk_create(
        [
            Order(
                number=f"SO-2025-{place:05d}",
                title=f"{'长' * 54}{place:06d}",
                customer=customers[place % 20],
                contract_no=f"HT-{place}",
                kind=("project", "service")[place % 2],
                stage=("signed", "executing", "closed")[place % 3],
                grade="ABC"[place % 3],
                signed_on=date(2025, 1 + place % 12, 1 + place % 28),
                delivery_on=date(2026, 1 + place % 12, 1 + place % 28),
                amount=Decimal(place * 100),
                amount_base=Decimal(place * 100),
                currency="CNY",
                sales_owner=firm.people["wumin"],
            )
            for place in range(number)
        ],
        batch_size=1000,
    )
    TeamMember.objects.bulk_create(
        [TeamMember(order=order, post="finance", person=firm.people["hejing"]) for order in orders], batch_size=2000
    )


def test_ten_thousand_orders_make_one_page(firm: Firm, wumin: Client, django_assert_max_num_queries):
    many(firm, 10_000)
    offer_column(Column("owed", "欠", 1, values=lambda ids, actor: dict.fromkeys(ids, "三项")))
    try:
        wumin.get(reverse("orders:list"))
        with django_assert_max_num_queries(12):
            page = wumin.get(reverse("orders:list"))
    finally:
        del _columns["owed"]
    text = page.content.decode()
    assert text.count("三项") == 50
    assert "SO-2025-" in text
    assert size(page) <= BUDGET


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    """The list as a file, row by row."""
    answer = client.get(f"{reverse('orders:list')}?format=csv{query}")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]


def test_an_export_asks_offered_columns_for_many_orders_at_once(firm: Firm, wumin: Client):
    many(firm, 30)
    asked: list[int] = []

    def values(ids: Sequence[UUID], actor: Actor) -> dict[UUID, str]:
        asked.append(len(ids))
        return dict.fromkeys(ids, SafeString("<b>三项</b>"))

    offer_column(Column("owed", "欠", 1, values=values))
    offer_column(Column("due", "到期", 2, values=values, texts=lambda ids, actor: {ids[0]: "2026-01-31"}))
    try:
        rows = exported(wumin)
    finally:
        del _columns["owed"], _columns["due"]
    assert [row["欠"] for row in rows] == ["三项"] * 30
    assert [row["到期"] for row in rows] == ["2026-01-31"] + [""] * 29
    assert asked == [30]


def test_an_export_stands_in_the_order_of_the_list_and_in_its_language(firm: Firm, wumin: Client):
    many(firm, 30)
    Order.objects.filter(number__in=("SO-2025-00003", "SO-2025-00020")).update(amount_base=None)
    Order.objects.exclude(number="SO-2025-00007").update(signed_on=date(2025, 1, 1))
    for query in ("", "&sort=amount", "&sort=-amount", "&sort=signed_on"):
        page = wumin.get(f"{reverse('orders:list')}?size=50{query}").content.decode()
        assert [row["订单"][:13] for row in exported(wumin, query)] == re.findall(r'n">(SO-2025-\d{5})', page), query
    firm.people["wumin"].language = "en"
    firm.people["wumin"].save()
    with translation.override("zh-hans"):  # the lines are written when the request is over
        assert "Customer" in exported(wumin)[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage=closed", 3), ("kind=service", 5), ("grade=A", 4), ("owner=wumin", 10), ("owner=lujian", 0),
        ("customer=C-3", 1), ("q=SO-2025-00007", 1), ("q=HT-4", 1), ("signed_from=2025-06-01", 5),
        ("signed_to=2025-03-31&stage=signed", 1), ("signed_from=nonsense", 10),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(firm: Firm, wumin: Client, query: str, found: int):
    many(firm, 10)
    page = wumin.get(f"{reverse('orders:list')}?{query}")
    assert page.content.decode().count('id="row-orders-') == found


def test_people_see_their_orders_and_heads_those_below(firm: Firm):
    order = firm.order(team=(MemberEntry(post="finance", person=firm.people["zhengkai"].pk),))
    firm.order(contract_no="HT-2", sales_owner=firm.people["lujian"].pk)
    seen = {"wumin": 1, "zhengkai": 1, "lujian": 2, "hejing": 2, "sunhao": 0, "gaoyuan": 2}
    for account, number in seen.items():
        page = signed_in(firm, account).get(reverse("orders:list")).content.decode()
        assert page.count('id="row-orders-') == number, account
    assert signed_in(firm, "sunhao").get(reverse("orders:order", args=[order.number])).status_code == 404


def test_customers_are_listed_and_changed(firm: Firm, wumin: Client):
    firm.order()
    page = wumin.get(reverse("orders:customers")).content.decode()
    assert f"?customer={firm.customer.number}" in page
    said = {"name": "北辰医疗", "contacts-rows": "1", "contacts-0-name": "沈知远", "_key": "k"}
    assert wumin.post(reverse("orders:new_customer"), said).status_code == 303
    made = Customer.objects.get(name="北辰医疗")
    assert made.contacts.get().name == "沈知远"
    changed = said | {"name": "北辰医疗科技", "_version": made.version, "_key": "l"}
    assert wumin.post(reverse("orders:customer", args=[made.number]), changed).status_code == 303
    assert wumin.get(reverse("orders:customer", args=[made.number])).status_code == 200
    taken = wumin.post(reverse("orders:new_customer"), {"name": "海川水务集团有限公司", "contacts-rows": "0"})
    assert taken.status_code == 422
    assert "北辰" in wumin.get(f"{reverse('orders:suggestions')}?customer=北辰").content.decode()
