"""What opens above a page: the palette, the sheet of keys, the sign-in, menus; and the way past the menu."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import expect

from aftersign.kernel.org.models import Person
from tests.access.stage import Stage
from tests.sight import axe
from tests.sight.sights import SIGHTS, shown
from tests.sight.window import Window

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db]
BY_NAME = {sight.name: sight for sight in SIGHTS}
PALETTE = "/search/palette/"


@pytest.mark.parametrize("dialog", ["palette", "keys", "session"])
def test_a_dialog_is_sound(stage: Stage, window: Window, dialog: str) -> None:
    client = Client()
    client.force_login(Person.objects.get(account="wumin"))
    lines = client.get(PALETTE, {"q": ""}, headers={"HX-Request": "true"})
    assert lines.status_code == 200
    window.show(shown(BY_NAME["orders:list"], stage, "zh-hans"), parts={PALETTE: lines.content.decode()})
    page = window.page
    if dialog == "palette":
        page.keyboard.press("Control+k")
        expect(page.locator("#palette [role=option]").first).to_be_visible()
    else:
        page.evaluate("(id) => document.getElementById(id).showModal()", dialog)
    expect(page.locator(f"#{dialog}")).to_be_visible()
    assert axe.problems(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(f"#{dialog}")).not_to_be_visible()


@pytest.mark.parametrize("name", ["orders:list", "compliance", "notices", "my-work", "orders:order"])
def test_menus_are_sound(stage: Stage, window: Window, name: str) -> None:
    window.show(shown(BY_NAME[name], stage, "zh-hans"))
    window.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.name = ''; each.open = true })")
    assert axe.problems(window.page) == []


@pytest.mark.parametrize("name", ["orders:list", "account_login"])
def test_the_first_stop_leads_past_the_menu(stage: Stage, window: Window, name: str) -> None:
    window.show(shown(BY_NAME[name], stage, "zh-hans"))
    page = window.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    if name == "account_login":  # where the field of the account has the focus from the beginning
        page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#m")).to_be_focused()
