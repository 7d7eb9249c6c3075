"""My work: what waits for somebody with nothing, one and ten thousand duties, by when each is due."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from aftersign.demo import scenes
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, multiply, person, read
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
MOST_QUERIES = 15


def test_nobody_waits(firm: Firm) -> None:
    page = read(browser("zhaoping"), "/")
    assert "没有待办的义务" in page
    assert "赵平，上午好" in page
    assert "部门没有待认领的义务" in read(browser("zhaoping"), "/?tab=department")
    assert "没有需要等他人办理的义务" in read(browser("zhaoping"), "/?tab=others")


def test_a_duty_waits_with_the_page_of_its_act(firm: Firm) -> None:
    order = firm.register()
    client = browser("wumin")
    page = read(client, "/")
    assert "提交交接单" in page
    assert "2.1.1" in page
    assert "办理合同原件移交" in page
    assert f'href="/orders/{order.number}/handover/"' in client.get("/").content.decode()


def test_a_department_may_take_what_nobody_has_taken(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    assert "没有待办的义务" in read(browser("dengkai"), "/?tab=mine")
    for address in ("/", "/?tab=department"):
        assert "签收交接单" in read(browser("dengkai"), address)
    page = browser("dengkai").get("/").content.decode()
    assert f'href="/orders/{order.number}/handover/project/"' in page


def test_a_salesperson_waits_for_the_departments(firm: Firm) -> None:
    firm.send(firm.register())
    assert read(browser("wumin"), "/?tab=others").count("签收交接单") == 3
    assert "签收交接单" not in read(browser("lujian"), "/?tab=others")


def test_what_is_overdue_stands_first(firm: Firm, later: Later) -> None:
    firm.register()
    with later("2026-09-10 10:00"):
        page = read(browser("wumin"), "/")
    assert page.index("已逾期 2 项") < page.index("提交交接单")
    assert "先处理 2 项逾期 已逾期" in page


def test_ten_thousand_duties_make_one_page(firm: Firm) -> None:
    firm.register()
    multiply(Duty.objects.get(term="2.1.1.a"), 10_000)
    client = browser("wumin")
    queries, size = cost(client, "/")
    assert queries <= MOST_QUERIES
    assert size <= MOST_BYTES
    page = read(client, "/")
    assert "10002" in page
    assert "再显示 9952 项" in page
    assert read(client, "/?pages=3").count("提交交接单") > read(client, "/?pages=2").count("提交交接单")
    assert read(client, "/?pages=nonsense") == page


@pytest.mark.parametrize("tab", ["mine", "department", "others"])
def test_every_tab_asks_the_database_little(firm: Firm, tab: str) -> None:
    for number in range(3):
        firm.send(firm.register(f"第 {number} 单", points=1), points=1)
    scenes.accept(Order.objects.all()[0], "project")
    for account in ("wumin", "linxiaolan", "wangqiming", "chenli"):
        assert cost(browser(account), f"/?tab={tab}")[0] <= MOST_QUERIES, account


def test_names_of_sixty_characters_stand_on_the_page(firm: Firm) -> None:
    firm.send(firm.register())
    lengthen_names()
    assert LONG in read(browser("wumin"), "/")
    assert LONG in read(browser("linxiaolan"), "/?tab=department")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "待办义务"), ("zh-hant", "待辦義務"), ("en", "No duty is waiting for you")]
)
def test_three_languages(firm: Firm, language: str, said: str) -> None:
    reader = person("zhaoping")
    reader.language = language
    reader.save()
    assert said in read(browser("zhaoping"), "/")
