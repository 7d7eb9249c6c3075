"""The matrix, its list and the evidence of a cell: states and rates, filters, rights, and what many orders cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.general.models import Request
from aftersign.demo import scenes
from aftersign.desk.queries.compliance.matrix import WHOLE, matrix_of
from aftersign.desk.queries.compliance.periods import period_of
from aftersign.desk.queries.compliance.selection import Asked, Selection
from aftersign.desk.tests.desks import LONG, browser, cost, lengthen_names, multiply, newcomer, person, read
from aftersign.kernel.clock import new_id
from aftersign.orders.models import Order
from aftersign.policy.models import Duty, Edition
from tests.firm import Firm

MATRIX, LIST = "/compliance/", "/compliance/list/"
MOST_QUERIES, MOST_BYTES = 25, 40_000
Later = Callable[[str], Any]


def cells_of(client: Client, address: str = MATRIX) -> dict[str, str]:
    """The words of each cell by clause and order, as somebody hears them."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'aria-label="(\d[\d.]+ \d{4})：([^"]*)"', page))


def more_orders(order: Order, number: int) -> None:
    """As many orders more, each with copies of an order's duties."""
    fields = [field.attname for field in Order._meta.concrete_fields]
    values = {name: getattr(order, name) for name in fields}
    rows = [
        Order(**values | {"id": new_id(), "number": f"SO-2026-{place + 1000}", "contract_no": f"M-{place}"})
        for place in range(number)
    ]
    Order.objects.bulk_create(rows)
    duties = list(Duty.objects.filter(order=order))
    for row in rows:
        for duty in duties:
            multiply(duty, 1, order_id=row.pk, unit_id=str(row.pk))


def test_nothing_runs(firm: Firm) -> None:
    assert "没有你看得到的在执行订单" in read(browser("wumin"), MATRIX)
    assert "此期间没有到期义务" in read(browser("wumin"), LIST)


def test_one_order(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    found = cells_of(browser("wumin"))
    short = order.number[-4:]
    assert found[f"2.1.1 {short}"] == "按时完成"
    assert found[f"2.1.3 {short}"] == "进行中；3 项义务"
    assert found[f"2.2.3 {short}"] == "按时完成", "its act has succeeded"
    assert found[f"1.3.3 {short}"].startswith("未开始")
    assert found[f"2.3.1 {short}"] == "不适用；没有发生需要它的事。"
    page = read(browser("wumin"), MATRIX)
    assert "100.0% 3/3" in page, "the rate with its denominator"


def test_the_table_has_heads_for_rows_and_columns(firm: Firm) -> None:
    firm.register()
    page = browser("wumin").get(MATRIX).content.decode()
    assert page.count('<th scope="col"') == 3
    assert page.count('<th scope="row"') > 8
    assert '<th scope="rowgroup">' in page


def test_overdue_and_waived(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-20 10:00"):
        Duty.objects.filter(term="2.2.1.a").update(state="waived")
        client, short = browser("wumin"), order.number[-4:]
        found = cells_of(client)
        assert found[f"2.1.1 {short}"] == "已逾期"
        assert found[f"2.2.1 {short}"] == "已批准豁免"
        abnormal = cells_of(client, f"{MATRIX}?abnormal=1")
        assert f"2.1.1 {short}" in abnormal
        assert f"2.2.1 {short}" not in abnormal, "healthy rows collapse"
        assert "先看这些" in read(client, MATRIX)


def test_releases_and_withdrawals_leave_marks_and_stand_beside_the_rate(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    people = {"requester": person("wumin"), "agreed_by": person("wangqiming"), "decided_by": person("chenli")}
    common = {"order": order, "edition": Edition.objects.get(), "state": "approved", "asked_at": firm.moment, **people}
    for number, kind in enumerate(("release", "withdrawal")):
        said = {"clause": "2.2.3"} if kind == "release" else {"fact_name": "handover.submitted"}
        Request.objects.create(kind=kind, decided_at=firm.moment, ruling=new_id(), version=number + 1, **common, **said)
    found, short = cells_of(browser("wumin")), order.number[-4:]
    assert found[f"2.2.3 {short}"] == "已批准豁免；特批放行", "its act passed by a release"
    assert found[f"2.1.1 {short}"] == "按时完成；已更正"
    assert found[f"1.2.1 {short}"] == "按时完成"
    page = read(browser("wumin"), MATRIX)
    assert "特批放行 1 · 撤销记录 1" in page, "once, though it moved duties of two clauses"
    assert "例外" in read(browser("wumin"), f"/compliance/2.2.3/{order.number}/")


def test_the_period_decides_which_duties_count(firm: Firm) -> None:
    order = firm.register()
    place = f"2.1.1 {order.number[-4:]}"
    client = browser("wumin")
    assert cells_of(client, f"{MATRIX}?period=2026-09")[place] == "进行中"
    assert cells_of(client, f"{MATRIX}?period=all")[place] == "进行中"
    assert cells_of(client, f"{MATRIX}?period=2026-08")[place] == "未开始；本期间之后才到期。"
    assert cells_of(client, f"{MATRIX}?period=2026-Q4")[place] == "不适用；在本期间之前已到期。"


def test_a_clock_that_stands_still_belongs_to_every_period_that_is_not_over(firm: Firm) -> None:
    order = firm.register()
    Duty.objects.filter(term="2.1.1.a").update(state="paused", due_at=None)
    client, place = browser("wumin"), f"2.1.1 {order.number[-4:]}"
    assert cells_of(client)[place] == "已暂停"
    assert cells_of(client, f"{MATRIX}?period=2026-Q4")[place] == "已暂停"
    assert cells_of(client, f"{MATRIX}?period=2026-08")[place] == "未开始；本期间之后才到期。"


def test_a_duty_due_at_the_end_of_the_last_day_belongs_to_the_period() -> None:
    quarter = period_of("2026-Q3")
    assert quarter.end is not None
    assert quarter.contains(quarter.end, None)
    assert not period_of("2026-Q4").contains(quarter.end, None)
    assert not quarter.contains(quarter.end + timedelta(seconds=1), None)


@pytest.mark.parametrize("written", ["", "nothing", "2026-13", "2026-Q5", "%00"])
def test_a_period_that_is_none_is_this_quarter(firm: Firm, written: str) -> None:
    assert period_of(written).name == "2026-Q3"
    assert browser("wumin").get(MATRIX, {"period": written, "page": "999", "rooms": "x"}).status_code == 200


@pytest.mark.parametrize("text", ["\x00", "%", "_", "'", "名" * 5000, "\U0001f600"])
def test_any_text_may_be_searched_for(firm: Firm, text: str) -> None:
    order = firm.register()
    names = ("q", "owner", "customer", "order", "department", "clause", "chapter", "grade", "after")
    for name in names[:-1]:
        assert browser("wumin").get(MATRIX, {name: text}).status_code == 200
        assert browser("wumin").get(f"/compliance/2.1.1/{order.number}/", {name: text}).status_code == 200
        assert browser("wumin").get(LIST, {name: text}).status_code == 200
    place = browser("wumin").get(MATRIX, {"after": text})
    assert place.status_code == (404 if text.strip("\x00") else 200)


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("grade=C", True),
        ("grade=A", False),
        ("kind=sales", True),
        ("kind=service", False),
        ("stage=signed", True),
        ("stage=closed", False),
        ("stage=any", True),
        ("q=检测", True),
        ("q=nothing", False),
        ("owner=wumin", True),
        ("owner=hejing", False),
        ("department=nonsense", True),
        ("customer=nobody", False),
    ],
)
def test_filters_choose_orders(firm: Firm, query: str, is_there: bool) -> None:
    order = firm.register(amount=1000)
    assert (f"2.1.1 {order.number[-4:]}" in cells_of(browser("wumin"), f"{MATRIX}?{query}")) is is_there
    assert (order.number in read(browser("wumin"), f"{LIST}?{query}")) is is_there


def test_a_chapter_and_orders_by_number(firm: Firm) -> None:
    one, two = firm.register("一"), firm.register("二")
    found = cells_of(browser("wumin"), f"{MATRIX}?order={two.number}&chapter=handover")
    assert {each.split()[1] for each in found} == {two.number[-4:]} != {one.number[-4:]}
    assert {each[:2] for each in found} == {"2."}


def test_rooms_that_are_not_installed_are_shown_when_asked_for(firm: Firm) -> None:
    order = firm.register()
    client, place = browser("wumin"), f"3.1.1 {order.number[-4:]}"
    assert place not in cells_of(client)
    assert "模块未安装" in read(client, MATRIX)
    assert cells_of(client, f"{MATRIX}?rooms=all")[place] == "不适用；本条的模块未安装。"


def test_only_orders_that_one_sees_are_shown_and_counted(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    stranger = newcomer()
    assert cells_of(stranger) == {}
    assert "— 0/0" in read(stranger, MATRIX)
    assert order.number not in read(stranger, f"{LIST}?stage=any&period=all")
    assert stranger.get(f"/compliance/2.1.3/{order.number}/").status_code == 404


def test_without_signing_in(firm: Firm) -> None:
    for address in (MATRIX, LIST, "/compliance/paper/", "/compliance/2.1.3/x/"):
        assert Client().get(address).status_code == 302


def test_an_auditor_begins_with_it(firm: Firm) -> None:
    assert "条款合规" in read(browser("fangzheng"), MATRIX)


def test_the_evidence_of_a_duty(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    done = Duty.objects.get(clause="2.1.3", state="done")
    page = read(browser("linxiaolan"), f"/compliance/2.1.3/{order.number}/?duty={done.pk}")
    for said in ("签收交接单", "证据 4 / 4", "触发", "责任人", "期限", "交接单提交后", "这一格的其他义务"):
        assert said in page
    assert re.search(r"第 \d+ · [0-9a-f]{4}…[0-9a-f]{4}", page)
    other = read(browser("linxiaolan"), f"/compliance/2.1.3/{order.number}/")
    assert "证据 1 / 4" in other, "unless said, the one that is most urgent"


def test_the_evidence_of_a_gate(firm: Firm) -> None:
    order = firm.register()
    address = f"/compliance/2.2.3/{order.number}/"
    assert "还没到开始的时候" in read(browser("wumin"), address)
    firm.send(order)
    page = read(browser("wumin"), address)
    assert "不满足就不能办" in page
    assert "交接单已分送" in page


def test_beside_the_matrix_only_the_evidence_is_sent(firm: Firm) -> None:
    order = firm.register()
    answer = browser("wumin").get(f"/compliance/2.1.1/{order.number}/", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section class="card cell" id="cell"')


@pytest.mark.parametrize("clause", ["99.9", "1.1.1", "2.1"])
def test_a_clause_that_concerns_no_order(firm: Firm, clause: str) -> None:
    order = firm.register()
    assert browser("wumin").get(f"/compliance/{clause}/{order.number}/").status_code == 404


def test_many_orders_cost_no_more(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    more_orders(order, 30)
    client = browser("wangqiming")
    assert len({each.split()[1] for each in cells_of(client)}) == 12
    for address in (MATRIX, f"{MATRIX}?rooms=all", f"{MATRIX}?abnormal=1&owner=wumin", LIST):
        queries, size = cost(client, address)
        assert queries <= MOST_QUERIES
        assert size <= MOST_BYTES
    multiply(Duty.objects.get(order=order, term="2.1.3.b", owner_department__code="project"), 200)
    assert cost(client, f"/compliance/2.1.3/{order.number}/")[0] <= MOST_QUERIES


def test_orders_are_turned_page_by_page(firm: Firm) -> None:
    more_orders(firm.register(), 20)
    client, address = browser("wangqiming"), MATRIX
    seen: set[str] = set()
    while address:
        page = client.get(address).content.decode()
        found = set(re.findall(r'id="c-2\.1\.1-(\d{4})"', page))
        assert not found & seen
        seen |= found
        following = re.search(r'id="following-compliance"[^>]*href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 21


def test_rates_count_the_whole_selection_and_of_a_huge_one_what_is_shown(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    more_orders(order, 20)
    orders = list(Order.objects.order_by("-signed_on", "-pk")[:12])
    selection = Selection(scenes.actor("wangqiming"), Asked(period_of("all")))
    whole = matrix_of(selection, orders, 21, 1, everything=False)
    assert (whole.is_whole, whole.figure.denominator) == (True, 63)
    with CaptureQueriesContext(connection) as asked:
        part = matrix_of(selection, orders, WHOLE + 1, 1, everything=False)
    assert (part.is_whole, part.figure.denominator) == (False, 36)
    assert not any("GROUP BY" in each["sql"] for each in asked)


def test_names_of_sixty_characters(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    lengthen_names()
    for address in (MATRIX, LIST, f"/compliance/2.1.3/{order.number}/"):
        assert LONG in read(browser("linxiaolan"), address)


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "条款合规"), ("zh-hant", "條款合規"), ("en", "Compliance")])
def test_three_languages(firm: Firm, language: str, said: str) -> None:
    reader = person("wumin")
    reader.language = language
    reader.save()
    order = firm.register()
    for address in (MATRIX, LIST, f"/compliance/2.1.1/{order.number}/"):
        assert said in read(browser("wumin"), address)
