"""What pages do in a browser: focus, keys, swaps, drafts, rows, renewed sessions, no script, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from aftersign.kernel.access.models import SignIn
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.models import Draft
from aftersign.kernel.shell.tests.people import PASSWORD, company, department, person

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLES = "/settings/samples/"


@pytest.fixture
def house(live_server: Any, settings: Any) -> str:
    """The address of a running installation with sixty people."""
    company()
    person("林晓岚", "lin", title="项目负责人", department=department())
    rows = [Person(name=f"P{number:03d}", account=f"p{number:03d}", password="!") for number in range(59)]
    Person.objects.bulk_create(rows)
    return str(live_server.url)


def sign_in(page: Page, house: str) -> None:
    page.goto(f"{house}/accounts/login/?next={SAMPLES}")
    page.fill("#id_login", "lin")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house}{SAMPLES}")


@pytest.fixture
def samples(page: Page, house: str) -> Iterator[Page]:
    """The page of samples, signed in; what the console complains about fails the test."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, house)
    yield page
    assert not [each for each in complaints if not re.search(r"status of 4\d\d|ERR_INTERNET_DISCONNECTED", each)]


def test_a_faulty_form_leads_to_its_summary_and_from_there_to_the_field(samples: Page):
    samples.fill("#id_customer", "")
    samples.get_by_role("button", name="提交", exact=True).last.click()
    samples.wait_for_selector("#errors")
    expect(samples.locator("#errors")).to_be_focused()
    assert samples.title().startswith("出错:") or samples.title().startswith("出错：")
    samples.locator("#errors a").first.click()
    expect(samples.locator("#id_customer")).to_be_focused()


def test_a_list_swaps_its_region_keeps_the_focus_and_says_the_count(samples: Page):
    samples.evaluate("window.here = true")
    samples.focus("#sort-sample-name")
    samples.keyboard.press("Enter")
    expect(samples.locator("th[aria-sort=descending]")).to_have_count(1)
    expect(samples).to_have_url(re.compile(r"\?sort=-name$"))
    expect(samples.locator("#sort-sample-name")).to_be_focused()
    samples.fill("#q-sample", "P00")
    expect(samples.locator("#heard")).to_have_text("共 10 项")
    expect(samples.locator("#q-sample")).to_be_focused()
    assert "q=P00" in samples.url
    assert "sort=-name" in samples.url
    assert samples.evaluate("window.here")


def test_the_last_page_keeps_the_focus_in_the_list(samples: Page):
    samples.focus("#following-sample")
    samples.keyboard.press("Enter")
    expect(samples.locator("#heard")).to_have_text("共 60 项")
    samples.focus("#following-sample")
    samples.keyboard.press("Enter")
    expect(samples.locator("#following-sample")).to_have_count(0)
    expect(samples.locator("#list-sample:focus, #previous-sample:focus")).to_have_count(1)


def test_the_way_back_restores_the_list(samples: Page):
    samples.click("#following-sample")
    expect(samples.locator("#previous-sample")).to_have_count(1)
    samples.go_back()
    expect(samples.locator("#previous-sample")).to_have_count(0)


def test_keys_move_between_rows_and_stay_out_of_fields(samples: Page):
    samples.keyboard.press("/")
    expect(samples.locator("#q-sample")).to_be_focused()
    samples.keyboard.type("jx?")
    assert samples.input_value("#q-sample") == "jx?"
    assert not samples.locator("#keys").is_visible()
    expect(samples.locator("#heard")).to_have_text("共 0 项")
    samples.locator("#id_customer").blur()
    samples.evaluate("document.activeElement.blur()")
    samples.keyboard.press("?")
    expect(samples.locator("#keys")).to_be_visible()
    samples.keyboard.press("Escape")
    expect(samples.locator("#keys")).not_to_be_visible()


def test_single_keys_can_be_switched_off(samples: Page):
    samples.keyboard.press("?")
    samples.locator("[data-single-keys]").uncheck()
    samples.keyboard.press("Escape")
    expect(samples.locator("#keys")).not_to_be_visible()
    samples.keyboard.press("?")
    assert not samples.locator("#keys").is_visible()


def test_rows_come_and_go_without_a_new_page(samples: Page):
    samples.evaluate("window.here = true")
    rows = samples.locator("#rows-payments tbody tr")
    before = rows.count()
    samples.locator("[data-add-row]").click()
    assert rows.count() == before + 1
    expect(samples.locator(f"#id_payments-{before}-name")).to_be_focused()
    samples.locator("[data-drop-row]").first.click()
    assert rows.count() == before
    assert samples.evaluate("window.here")


def test_what_is_typed_is_kept_as_a_draft_and_offered_again(samples: Page):
    samples.fill("#id_matters", "验收须在客户停机窗口内完成")
    samples.locator("#id_matters").blur()
    expect(samples.locator("[data-draft-status]")).to_have_text(re.compile(r"草稿已保存 \d\d:\d\d"))
    assert Draft.objects.get().data["matters"] == ["验收须在客户停机窗口内完成"]
    samples.reload()
    samples.get_by_role("link", name="继续草稿").click()
    expect(samples.locator("#id_matters")).to_have_value("验收须在客户停机窗口内完成")


def test_a_draft_typed_without_connection_waits_in_the_browser_and_is_saved_later(samples: Page):
    samples.context.set_offline(True)
    samples.fill("#id_matters", "离线填写")
    samples.locator("#id_matters").blur()
    expect(samples.locator("#offline")).to_be_visible()
    assert not Draft.objects.exists()
    samples.context.set_offline(False)
    expect(samples.locator("#offline")).not_to_be_visible()
    expect(samples.locator("[data-draft-status]")).to_have_text(re.compile("草稿已保存"))
    assert Draft.objects.get().data["matters"] == ["离线填写"]


def test_a_session_that_ended_is_renewed_in_place_and_the_draft_sent_again(samples: Page):
    SignIn.objects.all().delete()
    samples.fill("#id_matters", "会话过期时写的")
    samples.locator("#id_matters").blur()
    expect(samples.locator("#session")).to_be_visible()
    samples.fill("#session-password", "wrong")
    samples.keyboard.press("Enter")
    expect(samples.locator("#session [data-refused]")).to_be_visible()
    samples.fill("#session-password", PASSWORD)
    samples.keyboard.press("Enter")
    expect(samples.locator("#session")).not_to_be_visible()
    expect(samples.locator("[data-draft-status]")).to_have_text(re.compile("草稿已保存"))
    assert samples.input_value("#id_matters") == "会话过期时写的"
    assert Draft.objects.get().data["matters"] == ["会话过期时写的"]


def test_a_list_goes_on_after_the_session_was_renewed(samples: Page):
    SignIn.objects.all().delete()
    samples.click("#sort-sample-name")
    expect(samples.locator("#session")).to_be_visible()
    samples.fill("#session-password", PASSWORD)
    samples.keyboard.press("Enter")
    expect(samples.locator("th[aria-sort=descending]")).to_have_count(1)


def test_a_long_list_of_people_is_found_by_typing(samples: Page):
    box = samples.locator(".suggest input[role=combobox]")
    box.fill("P007")
    samples.keyboard.press("ArrowDown")
    samples.keyboard.press("Enter")
    assert samples.evaluate("document.getElementById('id_owner').selectedOptions[0].text") == "P007"


def test_nobody_is_chosen_by_what_names_nobody(samples: Page):
    box = samples.locator(".suggest input[role=combobox]")
    box.fill("nobody of that name")
    expect(samples.locator(".suggest [role=option]")).to_have_text("没有找到")
    samples.keyboard.press("ArrowDown")
    expect(samples.locator(".suggest [role=option]")).to_have_count(1)
    samples.keyboard.press("Enter")
    assert samples.evaluate("document.getElementById('id_owner').value") == ""
    box.blur()
    assert box.input_value() == ""


@pytest.mark.parametrize("typed", ["晓岚", "lin", "linxiaolan", "lxl", "LXL"])
def test_somebody_is_found_by_name_account_pinyin_and_initials(samples: Page, typed: str):
    samples.locator(".suggest input[role=combobox]").fill(typed)
    samples.keyboard.press("Enter")
    assert "林晓岚" in samples.evaluate("document.getElementById('id_owner').selectedOptions[0].text")


def test_a_draft_that_is_offered_stays_until_somebody_has_answered(samples: Page):
    samples.fill("#id_matters", "第一稿")
    samples.locator("#id_matters").blur()
    expect(samples.locator("[data-draft-status]")).to_have_text(re.compile("草稿已保存"))
    samples.reload()
    samples.fill("#id_matters", "还没有看第一稿")
    samples.locator("#id_matters").blur()
    samples.wait_for_timeout(2000)
    assert Draft.objects.get().data["matters"] == ["第一稿"]
    samples.reload()
    samples.get_by_role("link", name="继续草稿").click()
    samples.wait_for_url(re.compile("draft=continue"))
    expect(samples.locator("#id_matters")).to_have_value("第一稿")
    samples.fill("#id_matters", "第二稿")
    samples.locator("#id_matters").blur()
    expect(samples.locator("[data-draft-status]")).to_have_text(re.compile("草稿已保存"))
    assert Draft.objects.get().data["matters"] == ["第二稿"]


def test_the_theme_changes_at_once_and_is_remembered(samples: Page):
    with samples.expect_response("**/me/preferences/"):
        samples.locator("[data-theme-switch] button").click()
    assert samples.evaluate("document.documentElement.dataset.theme") == "dark"
    samples.reload()
    assert samples.evaluate("document.documentElement.dataset.theme") == "dark"
    samples.locator("[data-theme-switch] button").click()
    assert samples.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize("width", [320, 390, 760, 1180, 1440])
def test_no_page_scrolls_sideways(samples: Page, house: str, width: int):
    samples.set_viewport_size({"width": width, "height": 800})
    for address in (SAMPLES, "/me/", "/nowhere/"):
        samples.goto(f"{house}{address}")
        assert samples.evaluate("document.documentElement.scrollWidth") <= width, address


def test_everything_can_be_tapped_on_a_phone(samples: Page):
    samples.set_viewport_size({"width": 390, "height": 844})
    expect(samples.locator(".tabbar")).to_be_visible()
    small = samples.evaluate(
        """[...document.querySelectorAll("main .btn:not(.sm), main .in, .tabbar a, .opt")]
        .filter((each) => each.offsetParent && !each.closest("[inert],dialog"))
        .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect().height])
        .filter(([_what, height]) => height < 32)"""
    )
    assert small == []


@pytest.fixture
def bare(browser: Browser, house: str) -> Iterator[Callable[[], Page]]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context.new_page
    context.close()


def test_the_essential_path_needs_no_script(bare: Callable[[], Page], house: str):
    page = bare()
    sign_in(page, house)
    page.click("#sort-sample-name")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    page.click("#following-sample")
    expect(page.locator("#previous-sample")).to_have_count(1)
    page.fill("#id_matters", "无")
    page.locator("[data-add-row]").click()
    expect(page.locator("#rows-payments tbody tr")).to_have_count(3)
    expect(page.locator("#id_matters")).to_have_value("无")
    expect(page.locator("form #errors")).to_have_count(0)
    page.get_by_role("button", name="提交", exact=True).nth(1).click()
    expect(page.locator("form #errors")).to_have_count(1)
