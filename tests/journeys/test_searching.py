"""The palette with nothing but the keyboard: it opens at once, finds, opens, and keeps out of the way of composing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from aftersign.kernel.journal import readers
from aftersign.kernel.org.models import Person
from aftersign.kernel.search.sources import reader_of, sources
from tests.firm import Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOSEN = "#palette-lines [aria-selected=true]"
OPENED = """() => new Promise((done) => {
  const began = performance.now();
  const look = () => document.getElementById("palette").open
    ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true }));
  look();
})"""


def indexed() -> None:
    for source in sources():
        if source.changes:
            readers.catch_up(reader_of(source))


def test_an_order_is_found_and_opened_with_the_keyboard_alone(house: Firm, desk: Desk, record_property):
    indexed()
    walk = desk("wumin")
    page = walk.page
    opened = page.evaluate(OPENED)
    record_property("palette_opened_ms", round(opened))
    expect(page.locator(CHOSEN)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()

    walk.key("Control+k")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.insert_text("去年")
    expect(page.locator(CHOSEN)).to_contain_text("去年的检测平台")
    expect(page.locator("#palette [role=status]")).to_contain_text("项")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(CHOSEN)).to_contain_text("SO-")
    assert page.get_attribute("#palette-q", "aria-activedescendant") == page.get_attribute(CHOSEN, "id")
    with page.expect_response(f"**{reverse('opened')}"):
        walk.key("Enter")
    walk.arrive("**/orders/SO-*/")
    assert walk.steps == 2

    walk.open("/")
    page.keyboard.press("Control+k")
    expect(page.locator(CHOSEN)).to_contain_text("去年的检测平台")
    assert not walk.complaints


def test_enter_waits_for_what_was_typed_last_and_composing_is_left_alone(house: Firm, desk: Desk):
    indexed()
    page = desk("wumin").page
    page.keyboard.press("Control+k")
    expect(page.locator(CHOSEN)).to_be_visible()
    composing = """(done) => document.getElementById("palette-q").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    assert page.evaluate(composing)
    expect(page.locator("#palette")).to_be_visible()
    page.locator("#palette-q").fill("去年")
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/SO-*/")


def test_the_palette_opens_from_its_button_and_shows_the_keys(house: Firm, desk: Desk):
    page = desk("wumin").page
    page.click("[data-palette]")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("快捷键")
    expect(page.locator(CHOSEN)).to_contain_text("快捷键")
    page.keyboard.press("Enter")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#palette")).not_to_be_visible()


def test_single_keys_are_switched_off_for_good_and_the_palette_stays(house: Firm, desk: Desk):
    page = desk("wumin").page
    page.goto("/me/")
    page.click("button[name=keys][value=off]")
    page.wait_for_selector("button[name=keys][value=off][aria-current]")
    page.wait_for_load_state()
    assert Person.objects.get(account="wumin").keys == "off"
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_be_visible()
    _go_with_keys(page)
    assert page.url.endswith("/me/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


def _go_with_keys(page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press("o")


def test_without_a_script_the_button_leads_to_the_page(house: Firm, desk: Desk):
    indexed()
    page = desk("wumin", java_script_enabled=False).page
    page.click("[data-palette]")
    page.wait_for_url("**/search/")
    page.fill("#search-q", "检测")
    page.press("#search-q", "Enter")
    page.wait_for_url("**/search/?q=*")
    assert "去年的检测平台" in page.content()
