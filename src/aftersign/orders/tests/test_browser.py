"""Registering an order in a browser: what is proposed, where the focus goes, and in how many steps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from aftersign.kernel.shell.dates import today
from aftersign.orders.models import Order
from aftersign.orders.tests.rig import Firm

PASSWORD = "a long enough password"
pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(firm: Firm, live_server, browser: Browser):
    """The page of 吴敏, signed in, with the contract at hand."""
    person = firm.people["wumin"]
    person.set_password(PASSWORD)
    person.save()
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", person.account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("/")
    yield page
    context.close()


def contract(folder: Path) -> Path:
    path = folder / "HT-2026-0236 海川水务三期合同.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    return path


def soon() -> str:
    """A day of delivery after today, on which the page says that the order was signed."""
    return (today() + timedelta(days=90)).isoformat()


def test_seven_steps_register_an_order(firm: Firm, desk: Page, tmp_path: Path):
    firm.order(contract_no="HT-1", kind="service")
    desk.goto(reverse("orders:list"))
    desk.click("text=登记订单")  # 1
    desk.set_input_files("#files", contract(tmp_path))  # 2
    desk.wait_for_selector("td:has-text('HT-2026-0236 海川水务三期合同.pdf')")
    assert desk.input_value("#id_contract_no") == "HT-2026-0236"
    assert desk.input_value("#id_title") == "海川水务三期"
    desk.fill("#id_customer", firm.customer.name)  # 3, 4
    desk.fill("#id_amount", "1,260,000")  # 5
    desk.wait_for_selector("input[name=kind][value=service]:checked")
    expect(desk.locator("#id_amount")).to_be_focused()
    desk.fill("#id_delivery_on", soon())  # 6
    desk.click("form#reg .bar button.p")  # 7
    desk.wait_for_url("**/orders/SO-*/**")
    order = Order.objects.get(contract_no="HT-2026-0236")
    assert (order.kind, order.customer, order.sales_owner.account) == ("service", firm.customer, "wumin")
    assert order.papers.get().kind == "contract"


def test_a_mistake_is_led_to_and_loses_nothing(firm: Firm, desk: Page, tmp_path: Path):
    desk.goto(reverse("orders:register"))
    desk.set_input_files("#files", contract(tmp_path))
    desk.wait_for_selector("td:has-text('HT-2026-0236 海川水务三期合同.pdf')")
    desk.fill("#id_customer", firm.customer.name)
    desk.check("input[name=kind][value=project]")
    desk.fill("#id_delivery_on", "2020-02-26")
    desk.click("form#reg .bar button.p")
    desk.wait_for_selector("#errors")
    expect(desk.locator("#errors")).to_be_focused()
    assert desk.title().startswith("出错")
    desk.click("#errors a")
    expect(desk.locator("#id_delivery_on")).to_be_focused()
    assert desk.get_attribute("#id_delivery_on", "aria-invalid") == "true"
    assert desk.locator("text=HT-2026-0236 海川水务三期合同.pdf").count() == 1
    desk.fill("#id_delivery_on", soon())
    desk.click("form#reg .bar button.p")
    desk.wait_for_url("**/orders/SO-*/**")
    assert Order.objects.get().papers.count() == 1


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_no_page_scrolls_sideways(firm: Firm, desk: Page, width: int):
    order = firm.order(title="长" * 60)
    desk.set_viewport_size({"width": width, "height": 900})
    pages = [reverse(f"orders:{name}") for name in ("list", "register", "customers")]
    pages += [reverse(f"orders:{name}", args=[order.number]) for name in ("order", "activity", "edit", "complete")]
    for address in pages:
        desk.goto(address)
        wider = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, address


def test_files_that_are_not_taken_say_why(desk: Page, tmp_path: Path):
    wrong = tmp_path / "报价单.exe"
    wrong.write_bytes(b"MZ")
    desk.goto(reverse("orders:register"))
    desk.set_input_files("#files", [wrong, contract(tmp_path)])
    desk.wait_for_selector("td:has-text('HT-2026-0236 海川水务三期合同.pdf')")
    expect(desk.locator(".files li")).to_contain_text("不接收这种文件")
    assert desk.locator("#papers tbody tr").count() == 1
    desk.click("#papers button[name=_drop_row]")
    assert desk.locator("#papers tbody tr").count() == 0


def test_a_file_chosen_before_the_page_is_ready_for_it_is_taken_in(desk: Page, tmp_path: Path):
    held: list[Route] = []
    desk.route("**/aftersign*.js", lambda route: held.append(route))  # noqa: PLW0108 (Playwright reads a signature)
    desk.goto(reverse("orders:register"), wait_until="commit")
    desk.wait_for_selector("#files", state="attached")
    desk.set_input_files("#files", contract(tmp_path))
    while not held:
        desk.wait_for_timeout(20)
    held[0].continue_()
    desk.wait_for_selector("td:has-text('HT-2026-0236 海川水务三期合同.pdf')")


def test_what_is_chosen_while_an_answer_is_on_its_way_stays(firm: Firm, desk: Page):
    firm.order(contract_no="HT-1", kind="service")
    desk.goto(reverse("orders:register"))
    held: list[Route] = []
    desk.route("**/orders/register/", lambda route: held.append(route) if not held else route.continue_())
    desk.fill("#id_customer", firm.customer.name)
    desk.focus("#id_title")
    while not held:
        desk.wait_for_timeout(20)
    desk.check("input[name=kind][value=project]")
    with desk.expect_response("**/orders/register/"):
        held[0].continue_()
    expect(desk.locator("input[name=kind][value=project]")).to_be_checked()
