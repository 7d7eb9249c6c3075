"""Search at the desks of the sample company: who finds what, what the palette shows, and what it costs."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import reverse

from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, newcomer, person, read
from aftersign.kernel.journal import readers
from aftersign.kernel.search.filling import rebuild
from aftersign.kernel.search.models import Entry, Opened
from aftersign.kernel.search.sources import reader_of, sources
from aftersign.orders import finding, listing
from aftersign.orders.models import Customer, Order, Paper
from tests.firm import Firm

MOST_QUERIES = {"/search/?q=检测": 22, "/search/palette/?q=检测": 24, "/search/palette/": 12}


def caught_up() -> None:
    """What the worker does within some seconds."""
    for source in sources():
        if source.changes:
            readers.catch_up(reader_of(source))


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order that has been sent, and everything about it in the index."""
    order = firm.register("冷链检测平台", points=1)
    firm.send(order, points=1)
    caught_up()
    return order


def lines(account: str, typed: str, here: str = "") -> str:
    return read(browser(account), f"{reverse('palette')}?q={typed}&here={here}")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("检测", "SO-2026-0001 冷链检测平台"),
        ("平台", "SO-2026-0001 冷链检测平台"),
        ("SO-2026-00", "SO-2026-0001"),
        ("0001", "SO-2026-0001"),
        ("北辰", "北辰医疗科技股份有限公司"),
        ("bcyl", "北辰医疗科技股份有限公司"),
        ("lljc", "SO-2026-0001 冷链检测平台"),
        ("jcpt", "SO-2026-0001 冷链检测平台"),
        ("lenglianjian", "SO-2026-0001 冷链检测平台"),
        ("lxl", "林晓岚"),
        ("linxiaolan", "林晓岚"),
        ("岚", "林晓岚"),
        ("2.1.3", "2.1.3"),
        ("交接單", "2.1"),
        ("handover form", "2.1"),
        (".pdf", "合同"),
    ],
)
def test_the_page_finds_records_of_every_kind(order: Order, typed: str, seen: str):
    assert seen in read(browser("chenli"), f"/search/?q={typed}")


def test_nobody_learns_of_an_order_that_they_may_not_see(order: Order):
    paper = Paper.objects.filter(order=order).exclude(file="")[0]
    client = newcomer()
    for typed in ("冷链", order.number, "0001", "合同"):
        for address in (f"/search/?q={typed}", f"/search/palette/?q={typed}", f"/search/?q={typed}&kind=order"):
            page = read(client, address)
            assert "冷链检测平台" not in page, address
            assert not re.search(r"(订单|文档) 共", page), address
    assert client.post("/search/opened/", {"kind": "order", "id": str(order.pk)}).status_code == 404
    assert client.post("/search/opened/", {"kind": "paper", "id": str(paper.pk)}).status_code == 404
    assert "冷链检测平台" in read(browser("wumin"), "/search/?q=冷链")


def test_an_order_just_registered_is_found_before_the_worker_comes(firm: Firm):
    order = firm.register("冷链检测平台")
    assert not Entry.objects.filter(kind="order").exists()
    for typed in (order.number.lower(), order.contract_no, "冷链"):
        assert "冷链检测平台" in lines("wumin", typed)
        assert "冷链检测平台" in read(browser("wumin"), f"{reverse('orders:list')}?q={typed}")


def test_a_renamed_customer_takes_its_orders_along(order: Order):
    Customer.objects.filter(pk=order.customer_id).update(name="海川传媒")
    for name in ("order", "customer"):
        source = next(each for each in sources() if each.name == name)
        rebuild(source)
    page = read(browser("chenli"), "/search/?q=海川")
    assert page.count("海川传媒") >= 2
    assert "北辰" not in read(browser("chenli"), "/search/?q=北辰").replace("北辰 · 搜索", "")


def test_commands_of_the_order_on_the_page_come_first_and_show_their_keys(order: Order):
    answer = browser("wumin").get(reverse("palette"), {"here": f"order {order.pk}"}).content.decode()
    groups = re.findall(r'role="group" aria-label="([^"]*)"', answer)
    assert groups[0] == "SO-2026-0001"
    assert groups[-2:] == ["操作", "帮助"]
    assert "<kbd>N</kbd>" in answer
    assert "<kbd>G O</kbd>" in answer
    assert reverse("orders:team", args=[order.number]) not in answer
    foreign = newcomer().get(reverse("palette"), {"here": f"order {order.pk}"}).content.decode()
    assert order.number not in foreign


def test_commands_are_found_by_their_sound(order: Order):
    for typed in ("登记", "djdd", "dengji"):
        assert "登记订单" in lines("wumin", typed)
    assert "登记订单" not in lines("fangzheng", "登记")


@pytest.mark.parametrize("here", ["", "order", "order x", f"order {UUID(int=7)}", "person 1", "\x00"])
def test_a_page_that_is_no_order_has_no_commands_of_its_own(order: Order, here: str):
    answer = browser("wumin").get(reverse("palette"), {"here": here}).content.decode()
    assert re.findall(r'role="group" aria-label="([^"]*)"', answer) == ["操作", "帮助"]


def test_what_was_opened_last_stands_in_front(order: Order):
    client, lin = browser("wumin"), person("linxiaolan")
    for kind, pk in (("order", order.pk), ("person", lin.pk), ("order", order.pk)):
        assert client.post("/search/opened/", {"kind": kind, "id": str(pk)}).status_code == 204
    assert Opened.objects.count() == 2
    for address in ("/search/palette/", "/search/"):
        page = read(client, address)
        assert page.index("冷链检测平台") < page.index("林晓岚"), address
    missing = client.get("/orders/SO-1999-0001/")
    assert missing.status_code == 404
    assert "冷链检测平台" in missing.content.decode()
    assert 'name="q"' in missing.content.decode()
    assert "冷链检测平台" not in read(browser("sunqian"), "/search/")


def test_only_the_latest_few_are_kept(order: Order):
    client = browser("wumin")
    people = [person("wumin")] * 15
    for number, one in enumerate(people):
        one.pk, one.account = uuid4(), f"p{number}"
        one._state.adding = True
        one.save()
        client.post("/search/opened/", {"kind": "person", "id": str(one.pk)})
    assert Opened.objects.count() == 12
    for kind, pk in (("nothing", order.pk), ("order", "x"), ("", "")):
        assert client.post("/search/opened/", {"kind": kind, "id": str(pk)}).status_code == 404


def many(order: Order, number: int, title: str) -> None:
    """Copies of an order in the table and in the index."""
    fields = {each.attname: getattr(order, each.attname) for each in Order._meta.concrete_fields}
    Order.objects.bulk_create(
        Order(**{**fields, "id": uuid4(), "number": f"SO-2025-{place:05d}", "title": f"{title}{place}"})
        for place in range(number)
    )
    rebuild(next(each for each in sources() if each.name == "order"))


def test_the_list_finds_the_same_by_the_index_and_by_the_orders_themselves(order: Order, monkeypatch):
    many(order, 230, "产线升级")
    for few in (1000, 5):
        monkeypatch.setattr(finding, "FEW", few)
        for typed, number in (
            ("产线", 230),
            ("產線", 230),
            ("0022", 11),
            ("SO-2025-0022", 10),
            ("产线 00229", 1),
            ("无", 0),
        ):
            assert finding.narrowed(Order.objects.all(), typed).count() == number, (few, typed)


def test_a_word_that_nearly_every_order_has_is_asked_of_each_and_counted_up_to_a_thousand(order: Order, monkeypatch):
    many(order, 230, "产线升级")
    asked = finding.asked_of_each("产线")
    if connection.vendor == "postgresql":
        assert asked is not None
        assert finding.narrowed(Order.objects.all(), "产线", asked).count() == 230
        assert finding.asked_of_each("0022") is None, "few have it"
    else:
        assert asked is None, "a table of words is asked for all that it finds"
    monkeypatch.setattr(listing, "COUNTED_OF_MANY", 200)
    page = read(browser("chenli"), "/orders/?q=产线&size=200")
    assert page.count("产线升级") >= 200
    assert ("200+ 项" in page) is (asked is not None)
    assert "200+" not in read(browser("chenli"), "/orders/?q=0022")
    order.pk, order.number, order.title = UUID(int=2**128 - 1), "SO-2026-99999", "尚未收录的产线"
    order.save(force_insert=True)
    assert "尚未收录的产线" in read(browser("chenli"), "/orders/?q=产线&size=200&sort=-title"), "not yet in the index"


def test_many_hits_are_shown_by_the_page(order: Order):
    many(order, 230, LONG)
    client = browser("chenli")
    first = read(client, f"/search/?q={LONG[:4]}")
    assert "200 项以上" in first
    page = client.get(f"/search/?q={LONG[:4]}&kind=order").content.decode()
    assert page.count("<li data-row>") == 25
    assert "page=2" in page
    last = client.get(f"/search/?q={LONG[:4]}&kind=order&page=8").content.decode()
    assert 'rel="next"' not in last
    assert client.get(f"/search/?q={LONG[:4]}&kind=order&page=99").status_code == 200
    assert client.get("/search/?q=x&kind=nothing").status_code == 404


def test_pages_ask_little_and_weigh_little(order: Order):
    many(order, 300, "检测")
    for address, most in MOST_QUERIES.items():
        queries, weight = cost(browser("wumin"), address)
        assert queries <= most, (address, queries)
        assert weight <= MOST_BYTES


@pytest.mark.parametrize("typed", ["", "  ", "-", "\x00", "'", "找不到的东西", "x" * 5000])
def test_nothing_found_is_said(order: Order, typed: str):
    answer = browser("wumin").get("/search/", {"q": typed})
    assert answer.status_code == 200
    assert ("没有找到" in answer.content.decode()) == bool(typed.strip(" \x00"))
