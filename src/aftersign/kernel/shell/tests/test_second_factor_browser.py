"""The second factor in a browser: set up from what the page shows, asked for at sign-in and in a renewed session."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from aftersign.kernel.access.models import SignIn
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell import second_factor
from aftersign.kernel.shell.tests.authenticator import code_of
from aftersign.kernel.shell.tests.people import PASSWORD, company, department, person

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(live_server: Any) -> str:
    """The address of a running installation in which somebody works."""
    company()
    person("林晓岚", "lin", title="项目负责人", department=department())
    return str(live_server.url)


def set_up(page: Page, house: str) -> tuple[str, list[str]]:
    """Sign in and set the second factor up; its secret, and the recovery codes that the page showed."""
    page.goto(f"{house}/accounts/login/?next=/accounts/sign-ins/")
    page.fill("#id_login", "lin")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="设置", exact=True).last.click()
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    secret = page.locator(".secret").inner_text()
    assert page.locator("svg.qr").bounding_box()["width"] > 150  # type: ignore[index]
    page.fill("#id_code", code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    return secret, page.locator(".codes li").all_inner_texts()


def test_set_up_sign_in_with_a_code_and_go_on_after_the_session_ended(page: Page, house: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    secret, codes = set_up(page, house)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载").click()
    assert waiting.value.path().read_text().split() == codes
    page.get_by_role("link", name="已保存好").click()
    expect(page.locator("#h-factor + .chip")).to_have_text("已设置")
    SignIn.objects.all().delete()

    page.goto(f"{house}/accounts/login/?next=/settings/samples/")
    page.fill("#id_login", "lin")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()
    page.fill("#id_code", "000000")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_visible()
    page.fill("#id_code", code_of(secret, 1))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house}/settings/samples/")

    SignIn.objects.all().delete()
    page.fill("#q-sample", "林")
    expect(page.locator("#session")).to_be_visible()
    page.fill("#session-password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#session-code")).to_be_focused()
    page.fill("#session-code", codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#session")).not_to_be_visible()
    expect(page.locator("#heard")).to_have_text("共 1 项")
    assert not [each for each in complaints if not re.search(r"status of 4\d\d", each)]


def test_without_script_it_is_set_up_and_asked_for(new_context: Callable[..., BrowserContext], house: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    secret, codes = set_up(page, house)
    assert second_factor.is_set_up(Person.objects.get(account="lin"))
    page.context.clear_cookies()
    page.goto(f"{house}/accounts/login/")
    page.fill("#id_login", "lin")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.fill("#id_code", codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_have_count(0)
    assert SignIn.objects.filter(person__account="lin").count() == 2
    assert secret not in page.content()
