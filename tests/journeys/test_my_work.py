"""My work by keyboard and by pointer: moving, choosing, several at once, one without leaving, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from aftersign.chapters.handover.models import HandoverCopy
from aftersign.kernel.clock import frozen
from aftersign.policy.models import Duty
from tests.firm import Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = ("检测平台", "产线升级", "冷链温控")
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def copies(house: Firm) -> None:
    """Three copies that wait to be taken in the project department."""
    with frozen(house.moment):
        for title in TITLES:
            house.send(house.register(title))


def focused_row(page: Page) -> int:
    """The place of the row that has the focus, -1 when none has."""
    script = "[...document.querySelectorAll('[data-row]')].findIndex((row) => row.contains(document.activeElement))"
    return int(page.evaluate(script))


def owners() -> list[str | None]:
    """Who has the copies now, by order."""
    rows = Duty.objects.filter(term="2.1.3.b", unit_id__in=_copies()).order_by("order__number")
    return list(rows.values_list("owner__account", flat=True))


def _copies() -> list[str]:
    """Ids of the copies of the project department."""
    copies = HandoverCopy.objects.filter(order__title__in=TITLES, department__code="project")
    return [str(copy.pk) for copy in copies]


def test_by_keyboard(copies: None, desk: Desk) -> None:
    walk = desk("dengkai")
    page = walk.page
    for step, place in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        walk.key(step)
        assert focused_row(page) == place
    walk.key("x")
    walk.key("j")
    walk.key("x")
    expect(page.locator("[data-chosen]")).to_have_text("已选 2 项")
    expect(page.locator(".list-bar")).to_be_hidden()
    walk.look()
    walk.key("a")
    walk.see("认领义务：已办理 2 项")
    assert owners().count("dengkai") == 2
    expect(page.locator("#list-work [data-row]")).to_have_count(1)


def test_keys_open_and_do_what_a_row_asks_for(copies: None, desk: Desk) -> None:
    walk = desk("dengkai")
    walk.key("j")
    walk.key("Enter")
    walk.arrive("**/duties/*/")
    walk.open("/")
    walk.key("j")
    walk.key("e")
    walk.arrive("**/handover/project/")


def test_no_key_fires_while_somebody_types_or_composes(copies: None, desk: Desk) -> None:
    walk = desk("dengkai")
    page = walk.page
    page.focus("#q-work")
    page.keyboard.type("jjx")
    assert page.input_value("#q-work") == "jjx"
    assert focused_row(page) == -1
    page.locator("#q-work").blur()
    composing = (
        "(k) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key: k, isComposing: true, bubbles: true}))"
    )
    page.evaluate(composing, "j")
    assert focused_row(page) == -1


def test_one_is_taken_without_leaving_the_page(copies: None, desk: Desk) -> None:
    walk = desk("dengkai")
    page = walk.page
    page.evaluate("window.here = true")
    page.locator("[data-row]").nth(1).locator("input[name=chosen]").check()
    page.locator("[data-row]").nth(0).get_by_role("button", name="认领").click()
    walk.see("已认领，列入待办义务")
    expect(page.locator("#list-work [data-row]")).to_have_count(2)
    expect(page.locator("#work-tabs")).to_contain_text("部门待认领 2")
    expect(page.locator("#list-work input[name=chosen]:checked")).to_have_count(1)
    assert page.evaluate("window.here")
    walk.keeps_focus()
    assert owners().count("dengkai") == 1


def test_filters_keep_the_focus_and_stand_in_the_address(copies: None, desk: Desk) -> None:
    walk = desk("dengkai")
    page = walk.page
    page.fill("#q-work", "冷链")
    expect(page.locator("#list-work [data-row]")).to_have_count(1)
    expect(page.locator("#heard")).to_have_text("共 1 项")
    assert "q=" in page.url
    expect(page.locator("#q-work")).to_be_focused()
    walk.look()


def test_several_at_once_without_a_script(copies: None, desk: Desk) -> None:
    walk = desk("dengkai", java_script_enabled=False)
    for place in (0, 1):
        walk.page.locator("[data-row]").nth(place).locator("input[name=chosen]").check()
    walk.page.locator("#batch-work").get_by_role("button", name="认领义务").click()
    expect(walk.page.locator(".toast")).to_contain_text("认领义务：已办理 2 项")
    assert owners().count("dengkai") == 2


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_nothing_scrolls_sideways_and_the_act_is_in_reach(copies: None, desk: Desk, width: int) -> None:
    walk = desk("dengkai", viewport={"width": width, "height": 800})
    for address in ("/", "/?tab=mine", "/?group=order", "/orders/", "/?q=nothing"):
        walk.open(address)
        assert not walk.page.evaluate(WIDER), address
    walk.open("/")
    button = walk.page.locator("[data-row]").first.get_by_role("link", name="签收交接单").last
    box = button.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert box["height"] >= (36 if width < 760 else 24)
