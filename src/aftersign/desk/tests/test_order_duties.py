"""What the desk adds to the case file: the tab of duties, what to do now, chapters, and columns of the list."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.demo import scenes
from aftersign.demo.cast import CAST
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, multiply, newcomer, person, read
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.shell.dates import day_of
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import Firm

MOST_QUERIES = {"duties/": 20, "": 25, "activity/": 20}


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order whose handover has been sent and signed by one department."""
    found = firm.register(points=1)
    firm.send(found, points=1)
    scenes.accept(found, "project")
    return found


def test_duties_by_chapter(order: Order) -> None:
    page = read(browser("wumin"), f"/orders/{order.number}/duties/")
    assert page.count("签收交接单") == 3
    assert "已完成" in page
    assert "2.2.1" in page


def test_only_what_is_unfinished(order: Order) -> None:
    page = read(browser("wumin"), f"/orders/{order.number}/duties/?open=1")
    assert page.count("签收交接单") == 2
    assert "提交交接单" not in page


def test_an_order_without_duties(firm: Firm, order: Order) -> None:
    Duty.objects.all().delete()
    address = f"/orders/{order.number}/duties/"
    assert "制度尚未就这个订单开立义务" in read(browser("wumin"), address)
    assert "这个订单没有未完成的义务" in read(browser("wumin"), f"{address}?open=1")
    assert browser("wumin").get(f"/orders/{order.number}/").status_code == 200


def test_whoever_may_not_see_the_order_finds_nothing(order: Order) -> None:
    assert newcomer().get(f"/orders/{order.number}/duties/").status_code == 404


@pytest.mark.parametrize("tab", MOST_QUERIES)
@pytest.mark.parametrize("account", ["wumin", "linxiaolan", "wangqiming", "chenli", "fangzheng"])
def test_a_tab_asks_the_database_little(order: Order, account: str, tab: str) -> None:
    queries, size = cost(browser(account), f"/orders/{order.number}/{tab}")
    assert queries <= MOST_QUERIES[tab]
    assert size <= MOST_BYTES


@pytest.mark.parametrize("account", ["wumin", "wangqiming", "chenli"])
def test_the_list_asks_the_database_little(firm: Firm, order: Order, account: str) -> None:
    for number in range(5):
        firm.register(f"第 {number} 单")
    assert cost(browser(account), "/orders/")[0] <= 12


def test_many_rounds_of_one_duty_do_not_cost_more_queries(order: Order) -> None:
    address = f"/orders/{order.number}/duties/"
    few, _size = cost(browser("wumin"), address)
    multiply(Duty.objects.get(order=order, term="2.1.3.b", owner_department__code="finance"), 60)
    many, size = cost(browser("wumin"), address)
    assert many == few
    assert size <= MOST_BYTES


def test_names_of_sixty_characters_stand_on_the_page(order: Order) -> None:
    lengthen_names()
    assert LONG in read(browser("wumin"), f"/orders/{order.number}/duties/")


def test_registering_tells_what_the_policy_will_make_of_it(firm: Firm) -> None:
    facts = Entry.objects.count()
    page = read(browser("wumin"), "/orders/register/")
    for said in ("提交交接单", "2.1.1", "办理合同原件移交"):
        assert said in page
    assert Entry.objects.count() == facts


def test_no_grade_stands_there_before_kind_and_amount(firm: Firm) -> None:
    client = browser("wumin")

    def grade(**said: str) -> str:
        page = client.post("/orders/register/", {"_add_row": "beside", "currency": "CNY", **said})
        return page.content.decode().partition('<b class="grade">')[2].partition("<")[0]

    assert client.get("/orders/register/").content.decode().count('<b class="grade">—</b>') == 1
    assert grade(kind="service") == grade(kind="service", amount="-3") == grade(amount="600000") == "—"
    assert (grade(kind="service", amount="600000"), grade(kind="service", amount="80000")) == ("A", "B")


def test_an_export_of_the_list_says_what_is_due_and_how_much_was_on_time(firm: Firm, order: Order) -> None:
    for number in range(3):
        firm.register(f"第 {number} 单")
    few, _size = exporting()
    multiply(Duty.objects.get(order=order, term="2.1.3.b", owner_department__code="finance"), 20)
    many, rows = exporting()
    assert many == few
    assert len(rows) == 4
    first = Duty.objects.filter(order=order, state__in=("open", "breached")).order_by("due_at")[0].due_at
    assert first is not None
    row = next(row for row in rows if row["订单"].startswith(order.number))
    assert row["最近到期"] == day_of(first).isoformat()
    assert re.fullmatch(r"\d+\.\d%", row["按时"])


def exporting() -> tuple[int, list[dict[str, str]]]:
    """How many questions the list as a file asks, and its rows."""
    client = browser("chenli")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/orders/?format=csv")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return len(asked), list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "证据"), ("zh-hant", "證據"), ("en", "Evidence")])
def test_three_languages(order: Order, language: str, said: str) -> None:
    reader = person("wumin")
    reader.language = language
    reader.save()
    assert said in read(browser("wumin"), f"/orders/{order.number}/duties/")


def test_nobody_is_led_to_a_page_that_is_not_theirs(firm: Firm, order: Order) -> None:
    offered: dict[str, int] = {}
    for member in CAST:
        client = browser(member.account)
        answer = client.get(f"/orders/{order.number}/")
        if answer.status_code != 200:
            continue
        table = answer.content.decode().partition('class="tb stk')[2].partition("</table>")[0]
        for address in re.findall(r'<a class="btn sm[^"]*" href="([^"]+)"', table):
            assert client.get(address).status_code == 200, (member.account, address)
            offered[address] = offered.get(address, 0) + 1
    assert any("/handover/" in address for address in offered)
    assert any(address.startswith("/duties/") for address in offered)
