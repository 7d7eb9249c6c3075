"""An auditor proves that a clause was kept on an order (J12); the matrix by keyboard, on a phone, without a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from aftersign.chapters.handover.models import HandoverCopy
from aftersign.demo import scenes
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.print.tests.pages import plain
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROVING = 4
FOCUSED, OPEN = "document.activeElement.id", "#cell[data-open]"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def order(house: Firm) -> Order:
    """An order whose form has been sent to three departments; one has accepted its copy."""
    with frozen(house.moment):
        found = house.register("产线升级")
        house.send(found)
        scenes.accept(found, "project")
    return found


def cell(order: Order, clause: str) -> str:
    """The id of a cell."""
    return f"c-{clause}-{order.number[-4:]}"


def accepted_copy(order: Order) -> str:
    """The link to the duty that the project department has met by signing."""
    copy = HandoverCopy.objects.get(order=order, department__code="project")
    duty = Duty.objects.get(term="2.1.3.b", unit_id=str(copy.pk))
    return f"#cell .lst a[href*='{duty.pk}']"


def audited(download: Download, folder: Path) -> str:
    """What the audit paper says, without white space."""
    file = folder / download.suggested_filename
    download.save_as(file)
    assert file.suffix == ".pdf"
    return plain(file.read_bytes())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("条款合规审计底稿", "签收交接单")),
        ("zh-hant", ("條款合規審計底稿", "簽收交接單")),
        ("en", ("Auditpaper", "Signforthecopy")),
    ],
)
def test_an_auditor_proves_that_a_clause_was_kept(
    order: Order, desk: Desk, tmp_path: Path, language: str, words: tuple[str, str]
) -> None:
    walk = desk("fangzheng", language)
    page = walk.page
    walk.open("/orders/")
    walk.press(".side a[href='/compliance/']")
    walk.arrive("**/compliance/")
    walk.press(f"[id='{cell(order, '2.1.3')}']")
    expect(page.locator(OPEN)).to_contain_text("1 / 4")
    walk.press(accepted_copy(order))
    expect(page.locator("#cell a[href*='.pdf'], #cell a[download]")).to_have_count(1)
    closing = Entry.objects.get(fact="handover.copy_accepted", order_id=order.pk)
    expect(page.locator("#cell")).to_contain_text(closing.hash[:4])
    with page.expect_download() as download:
        walk.press("#cell a[download]")
    said = audited(download.value, tmp_path)
    for each in (*words, order.number, "2.1.3", str(closing.sequence), closing.hash):
        assert each in said, each
    assert "2.1.2" not in said
    assert walk.page.url.endswith("/compliance/"), "the evidence has opened beside the matrix"
    walk.look()
    assert walk.steps <= PROVING


def test_an_auditor_proves_it_by_keyboard(order: Order, desk: Desk, tmp_path: Path) -> None:
    walk = desk("fangzheng")
    page = walk.page
    walk.open("/orders/")
    page.keyboard.type("gc")  # in one go: the second key counts for a second only
    walk.arrive("**/compliance/")
    walk.tab_to("a.ce")
    for _ in range(40):
        if page.evaluate(FOCUSED) == cell(order, "2.1.3"):
            break
        page.keyboard.press("ArrowDown")
    walk.key("Enter")
    expect(page.locator(OPEN)).to_contain_text("1 / 4")
    walk.key("Enter")
    walk.strike(accepted_copy(order))
    expect(page.locator("#cell")).to_contain_text("签收交接单")
    walk.keeps_focus()
    with page.expect_download() as download:
        walk.strike("#cell a[download]")
    assert order.number in audited(download.value, tmp_path)
    walk.look()


def test_by_keyboard(order: Order, desk: Desk) -> None:
    walk = desk("fangzheng")
    page = walk.page
    walk.open("/orders/")
    page.keyboard.type("gc")
    walk.arrive("**/compliance/")
    assert page.locator("a.ce[tabindex='0']").count() == 1, "one stop for Tab"
    page.locator("a.ce[tabindex='0']").focus()
    for key, clause in (("ArrowDown", "1.3.3"), ("ArrowDown", "1.3.4"), ("ArrowUp", "1.3.3"), ("PageDown", "2.3.2")):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == cell(order, clause)
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED).startswith("c-1.2.1-"), "at the edge it stays in the row"
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_be_visible()
    held = page.evaluate(FOCUSED)
    assert held.startswith("c-1.2.1-"), "the place in the matrix is kept"
    expect(page.locator("#heard")).to_contain_text("1.2.1")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "cell", "pressed again it leads into the evidence"
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    assert page.evaluate(FOCUSED) == held
    walk.look()


def test_filters_keep_the_matrix_alive(order: Order, desk: Desk) -> None:
    walk = desk("fangzheng")
    page = walk.page
    walk.open("/compliance/")
    page.fill("#q-compliance", "产线")
    page.press("#q-compliance", "Enter")
    page.wait_for_url("**q=*")
    expect(page.locator("[data-matrix] thead th")).to_have_count(3)
    expect(page.locator("a.ce[tabindex='0']")).to_have_count(1)
    page.click(f"[id='{cell(order, '2.1.1')}']")
    expect(page.locator(OPEN)).to_contain_text("提交交接单")
    page.click("#cell [data-close]")
    expect(page.locator("#cell")).to_contain_text("先看这些")
    walk.look()


def test_without_a_script(order: Order, desk: Desk) -> None:
    walk = desk("fangzheng", java_script_enabled=False)
    walk.page.goto("/compliance/")
    walk.page.click(f"[id='{cell(order, '2.1.1')}']")
    walk.page.wait_for_url(f"**/compliance/2.1.1/{order.number}/")
    expect(walk.page.locator("#cell")).to_contain_text("提交交接单")


def test_on_a_phone_the_list_comes_first_and_nothing_is_wider_than_the_screen(order: Order, desk: Desk) -> None:
    walk = desk("fangzheng", viewport={"width": 390, "height": 844})
    page = walk.page
    walk.open("/orders/")
    page.click(".tabbar a:has-text('条款合规')")
    walk.arrive("**/compliance/list/")
    assert not page.evaluate(WIDER)
    walk.open("/compliance/")
    assert not page.evaluate(WIDER)
    there = page.locator(f"[id='{cell(order, '2.1.1')}']")
    there.evaluate("(each) => each.scrollIntoView({block: 'center', inline: 'center'})")
    there.click()
    expect(page.locator(OPEN)).to_be_in_viewport()
    assert not page.evaluate(WIDER)
