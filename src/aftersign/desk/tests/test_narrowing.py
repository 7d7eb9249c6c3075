"""My work narrowed: filters, search, grouping by order, saved views, and the part that htmx asks for."""

from __future__ import annotations

import pytest

from aftersign.desk.tests.desks import browser, cost, multiply, person, read
from aftersign.kernel.shell.models import SavedView
from aftersign.policy.models import Duty
from tests.firm import Firm

MOST_QUERIES = 16


@pytest.fixture
def two_orders(firm: Firm) -> Firm:
    """Two orders of one salesperson: one only registered, one sent."""
    firm.register("检测平台", points=1)
    firm.send(firm.register("产线升级", points=1), points=1)
    return firm


def test_by_chapter_clause_role_and_order(two_orders: Firm) -> None:
    client = browser("wumin")
    assert "显示 4 / 4" in read(client, "/") or "显示" in read(client, "/")
    assert "提交交接单" not in read(client, "/?tab=mine&clause=2.2.1")
    assert "办理合同原件移交" in read(client, "/?tab=mine&clause=2.2.1")
    assert "没有符合条件的项" in read(client, "/?tab=mine&chapter=care")
    only = read(client, "/?tab=mine&order=SO-2026-0001")
    assert "检测平台" in only
    assert "0002 产线升级" not in only
    assert "订单： SO-2026-0001" in only
    assert "没有符合条件的项" in read(client, "/?tab=mine&role=finance")
    assert "身份： 销售负责人" in read(client, "/?tab=mine&role=sales")


@pytest.mark.parametrize("text", ["检测平台", "SO-2026-0001", "0001", "提交交接单", "2.1.1", "北辰医疗"])
def test_a_search_finds_order_customer_clause_and_act(two_orders: Firm, text: str) -> None:
    assert "提交交接单" in read(browser("wumin"), f"/?q={text}")


def test_a_search_for_nothing_offers_everything_again(two_orders: Firm) -> None:
    page = read(browser("wumin"), "/?q=找不到的东西")
    assert "没有符合条件的项" in page
    assert "显示全部" in page


def test_by_order_the_most_urgent_order_stands_first(two_orders: Firm) -> None:
    Duty.objects.filter(order__number="SO-2026-0002").update(due_at="2026-09-01T00:00Z")
    page = read(browser("wumin"), "/?group=order")
    assert page.index("0002 产线升级") < page.index("0001 检测平台")
    assert "分组：订单" in page


def test_filters_ask_the_database_little_however_many_duties_there_are(two_orders: Firm) -> None:
    multiply(Duty.objects.get(term="2.1.1.a", state="open"), 2_000)
    for address in ("/?clause=2.1.1", "/?q=0001", "/?group=order", "/?chapter=handover&role=sales"):
        assert cost(browser("wumin"), address)[0] <= MOST_QUERIES, address


def test_a_view_keeps_filters_and_tab(two_orders: Firm) -> None:
    client = browser("wumin")
    kept = {"label": "只看移交", "query": "tab=mine&clause=2.2.1&pages=3", "next": "/", "is_default": "1"}
    client.post("/lists/work/views/", kept)
    view = SavedView.objects.get(owner=person("wumin"), list_name="work")
    assert view.query == "clause=2.2.1&tab=mine"
    page = read(client, "/")
    assert "只看移交" in page
    assert "提交交接单" not in page
    assert "• 已修改" in read(client, f"/?view={view.pk}&tab=mine&clause=2.1.1")


def test_a_swap_brings_list_tabs_and_figures_but_no_frame(two_orders: Firm) -> None:
    part = {"HX-Request": "true", "HX-Target": "list-work"}
    answer = browser("wumin").get("/?q=检测平台", headers=part).content.decode()
    assert answer.lstrip().startswith('<div class="list-part" id="list-work"')
    assert 'id="strip" hx-swap-oob="true"' in answer
    assert 'id="work-tabs"' in answer
    assert "<html" not in answer
    assert answer.count('id="list-work"') == 1


def test_nonsense_in_the_address_is_no_error(two_orders: Firm) -> None:
    client = browser("wumin")
    for address in (
        "/?tab=nowhere",
        "/?group=x",
        "/?role=%00",
        "/?view=abc",
        "/?pages=-1",
        "/?order=%E4%B8%8D",
        "/?format=csv",
    ):
        assert client.get(address).status_code == 200, address
