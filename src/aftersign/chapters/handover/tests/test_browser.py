"""Handing over in a browser: in how many steps, on a phone, and without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from aftersign.chapters.handover.models import HandoverCopy, Signature
from aftersign.chapters.handover.tests.pages import address
from aftersign.chapters.handover.tests.policed import found_under_the_policy
from aftersign.chapters.handover.tests.rig import PASSWORD, Firm
from aftersign.chapters.handover.tests.test_under_the_policy import POINT, send
from aftersign.kernel.shell.dates import today
from aftersign.orders.models import Order

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILES = ("HT-2026-0236 海川水务三期合同.pdf", "海川水务项目需求书.pdf", "报价单 Q-1187.pdf")
Desk = Callable[..., Page]


@pytest.fixture
def firm(transactional_db: None, tmp_path: Path, settings: Any) -> Firm:
    """The company under the default policy, its files in a place of their own."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return found_under_the_policy()


@pytest.fixture
def desk(firm: Firm, live_server: Any, browser: Browser) -> Iterator[Desk]:
    """Opens the browser of a person who has signed in."""
    contexts = []

    def open_desk(account: str, **how: Any) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, locale="zh-CN", **how))
        page = contexts[-1].new_page()
        page.goto("/accounts/login/")
        page.fill("input[name=login]", account)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("/")
        return page

    yield open_desk
    for context in contexts:
        context.close()


def paper(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.7 " + name.encode())
    return path


def test_twelve_steps_lead_from_a_signed_contract_to_three_departments(firm: Firm, desk: Desk, tmp_path: Path) -> None:
    page = desk("wumin")
    page.goto("/orders/")
    page.click("text=登记订单")  # 1
    page.set_input_files("#files", [paper(tmp_path, name) for name in FILES])  # 2
    page.wait_for_selector(f"td:has-text('{FILES[2]}')")
    page.fill("#id_customer", firm.order.customer.name)  # 3, 4
    page.fill("#id_amount", "1,260,000")  # 5
    page.wait_for_selector("input[name=kind]:checked")
    page.fill("#id_delivery_on", (today() + timedelta(days=90)).isoformat())  # 6
    page.click("form#reg .bar button.p")  # 7
    page.wait_for_url("**/handover/")
    page.fill("#id_customer_requirements-0-statement", "泵站数据 5 秒内上传")  # 8
    page.check("#id_special_matters-none")  # 9
    page.fill("#id_negotiation_record", "电话议价，没有书面记录")  # 10
    page.fill("#id_password", PASSWORD)  # 11
    page.click("button[form=fill].p")  # 12
    page.wait_for_selector("#h-copies")

    order = Order.objects.get(contract_no="HT-2026-0236")
    assert HandoverCopy.objects.filter(order=order, state="sent").count() == 3
    assert order.handover.state == "distributed"


def test_what_is_needed_follows_what_is_written(firm: Firm, desk: Desk) -> None:
    page = desk("wumin")
    page.goto(address(firm))
    line = "#tasks li:has(a[href='#part-customer_requirements'])"
    assert "未开始" in page.inner_text(line)
    page.fill("#id_customer_requirements-0-statement", "泵站数据 5 秒内上传")
    page.press("#id_customer_requirements-0-statement", "Tab")
    page.wait_for_selector(f"{line}:not(:has-text('未开始'))")
    expect(page.locator("[name=customer_requirements-0-source]")).to_be_focused()
    assert "未开始" not in page.inner_text("#part-customer_requirements header"), "the part says so as well"
    page.check("#id_special_matters-none")
    page.wait_for_selector("#tasks li:has(a[href='#part-special_matters']):not(:has-text('未开始'))")
    assert "未开始" not in page.inner_text("#part-special_matters header")
    assert page.input_value("#id_customer_requirements-0-statement") == "泵站数据 5 秒内上传"


def test_an_empty_question_is_answered_where_the_eyes_are(firm: Firm, desk: Desk) -> None:
    send(firm)
    page = desk("linxiaolan")
    page.goto(address(firm, "project/"))
    page.click("#questions footer button")
    page.wait_for_selector("#questions [data-error-summary]")
    expect(page.locator("#errors")).to_be_focused()
    assert "写下疑问。" in page.inner_text("#questions footer .em")


def test_every_reason_of_a_return_has_its_border(firm: Firm, desk: Desk) -> None:
    send(firm)
    page = desk("hejing", viewport={"width": 1280, "height": 900})
    page.goto(address(firm, "finance/") + "#return")
    page.click("#return summary >> nth=1")
    page.check("#return details[open] .ck >> nth=0")
    widths = "all => all.map(each => getComputedStyle(each).borderTopWidth)"
    assert page.eval_on_selector_all("#return details[open] .it:first-of-type .opts .opt", widths) == ["1px"] * 3


@pytest.mark.parametrize("script", [True, False])
def test_a_department_signs_with_its_ticks_and_one_password(firm: Firm, desk: Desk, script: bool) -> None:
    send(firm, POINT, {**POINT, "no": "S2"})
    page = desk("linxiaolan", java_script_enabled=script)
    page.goto(f"/orders/{firm.order.number}/")
    page.click(f"a.btn.p[href='{address(firm, 'project/')}']")
    for box in ("papers", "point-S1", "point-S2"):
        page.check(f"#id_{box}")
    page.fill("#id_password", PASSWORD)
    page.click("#accept button.p")
    page.wait_for_url(f"**{address(firm)}")

    assert firm.copy("project").state == "accepted"


def test_the_button_stays_shut_and_says_what_is_open(firm: Firm, desk: Desk) -> None:
    send(firm, POINT)
    page = desk("linxiaolan")
    page.goto(address(firm, "project/"))
    page.check("#id_papers")
    assert page.inner_text("#why") == "还有 1 项未确认"
    page.click("#accept button.p", force=True)
    expect(page.locator("#id_point-S1")).to_be_focused()
    page.check("#id_point-S1")
    assert page.get_attribute("#accept button.p", "aria-disabled") == "false"
    assert firm.copy("project").state == "sent"


def test_the_page_follows_how_far_the_text_was_read(firm: Firm, desk: Desk) -> None:
    send(firm, {**POINT, "text": "长" * 900})
    page = desk("linxiaolan")
    page.set_viewport_size({"width": 390, "height": 400})
    page.goto(address(firm, "project/"))
    assert page.inner_text("[data-seen]") != "4 / 4"
    for seen in page.query_selector_all("input[name=read]"):
        seen.evaluate("box => box.closest('[data-part]').lastElementChild.scrollIntoView()")
        page.wait_for_function("box => box.checked", arg=seen)
    assert page.inner_text("[data-seen]") == "4 / 4"
    for box in ("papers", "point-S1"):
        page.check(f"#id_{box}")
    page.fill("#id_password", PASSWORD)
    page.click(".acts button.p")
    page.wait_for_url(f"**{address(firm)}")
    signature = Signature.objects.get(role="receiver")
    assert (signature.parts_read, signature.parts) == (4, 4)


@pytest.mark.parametrize("script", [True, False])
def test_a_signature_is_verified_and_taken_back_from_its_block(firm: Firm, desk: Desk, script: bool) -> None:
    send(firm)
    page = desk("linxiaolan", java_script_enabled=script)
    page.goto(address(firm, "project/"))
    page.check("#id_papers")
    page.fill("#id_password", PASSWORD)
    page.click("#accept button.p")
    page.wait_for_url(f"**{address(firm)}")
    page.click(".sig a[hx-get] >> nth=1")
    page.wait_for_selector(".proof >> text=校验一致")
    assert page.url.endswith(address(firm)) is script
    page.goto(address(firm))
    page.click(".sig button >> text=撤回")
    page.wait_for_selector("text=签字已撤回")
    assert firm.copy("project").state == "sent"
    expect(page.locator(".sig s")).to_have_count(1)


def test_a_copy_is_returned_without_a_script(firm: Firm, desk: Desk) -> None:
    send(firm)
    page = desk("hejing", java_script_enabled=False)
    page.goto(address(firm, "finance/"))
    page.click("#accept a[href='#return']")
    page.click("#return summary >> nth=1")
    page.check("[id='id_return-customer_requirements.R1']")
    page.check("input[name='reason-customer_requirements.R1'][value=unclear]")
    page.fill("[id='id_text-customer_requirements.R1']", "要对接几家？")
    page.click("#return button.d")
    page.wait_for_url(f"**{address(firm)}")

    assert firm.copy("finance").state == "returned"


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_no_page_of_the_handover_scrolls_sideways(firm: Firm, desk: Desk, width: int) -> None:
    page = desk("wumin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(firm))
    assert _overhang(page) == 0
    send(firm, {**POINT, "text": "长" * 200})
    for rest in ("", "project/", "correct/", "explain/", "versions/1/check/", "project/recall/"):
        page.goto(address(firm, rest))
        assert _overhang(page) == 0, rest
    receiver = desk("linxiaolan")
    receiver.set_viewport_size({"width": width, "height": 900})
    for rest in ("project/", "project/paper/"):
        receiver.goto(address(firm, rest))
        assert _overhang(receiver) == 0, rest


def _overhang(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
