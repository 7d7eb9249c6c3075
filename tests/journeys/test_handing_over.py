"""Journey 1: a salesperson registers a signed order and hands it over to three departments."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from aftersign.chapters.handover.models import HandoverCopy
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from tests.firm import PASSWORD, Firm
from tests.journeys.conftest import LANGUAGES, Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CUSTOMER = "北辰医疗科技股份有限公司"
PAPERS = ("HT-2026-0236 北辰检测二期合同.pdf", "北辰检测二期需求书.pdf", "报价单 Q-1187.pdf")
TO_REGISTER, IN_ALL = 7, 12


def papers(folder: Path) -> list[Path]:
    """The files that the customer's contract came with."""
    found = [folder / name for name in PAPERS]
    for path in found:
        path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    return found


def in_half_a_year() -> str:
    return (date.today() + timedelta(days=180)).isoformat()  # noqa: DTZ011 (far enough for any zone)


def handed_over() -> Order:
    """The order, once a copy of its form has gone to each department."""
    order = Order.objects.get(contract_no="HT-2026-0236")
    assert order.customer.name == CUSTOMER
    assert order.sales_owner.account == "wumin"
    assert order.papers.exclude(sha256="").count() == len(PAPERS)
    assert HandoverCopy.objects.filter(order=order, state="sent").count() == 3
    stated = list(Entry.objects.filter(order_id=order.pk).order_by("sequence").values_list("fact", flat=True))
    assert stated.count("handover.distributed") == 1
    assert stated.index("handover.submitted") < stated.index("handover.giver_signed")
    return order


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_steps(house: Firm, desk: Desk, tmp_path: Path, language: str) -> None:
    walk = desk("wumin", language)
    walk.key("n")
    walk.arrive("**/orders/register/")
    walk.drop("#files", papers(tmp_path))
    walk.see(PAPERS[2])
    walk.keeps_focus()
    assert walk.page.input_value("#id_contract_no") == "HT-2026-0236"
    walk.choose("#id_customer", CUSTOMER)
    walk.page.wait_for_selector("input[name=kind]:checked")
    walk.enter("#id_amount", "1,260,000")
    walk.enter("#id_delivery_on", in_half_a_year())
    walk.look()
    walk.press("form#reg .bar button.p")
    walk.arrive("**/handover/")
    assert walk.steps <= TO_REGISTER
    walk.enter("#id_customer_requirements-0-statement", "检测数据 5 秒内上传")
    walk.tick("#id_special_matters-none")
    walk.enter("#id_negotiation_record", "电话议价，没有书面记录")
    walk.enter("#id_password", PASSWORD)
    walk.press("button[form=fill].p")
    walk.page.wait_for_selector("#h-copies")
    walk.look()
    assert walk.steps <= IN_ALL
    assert handed_over().stage == "signed"


def test_by_keyboard(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin")
    page = walk.page
    walk.key("n")
    walk.arrive("**/orders/register/")
    with page.expect_file_chooser() as chooser:  # from before the way there, or the key may come before the watch
        walk.tab_to("#files")
        page.keyboard.press("Enter")
    chooser.value.set_files(papers(tmp_path))
    walk.see(PAPERS[2])
    walk.keeps_focus()
    walk.type("#id_customer", CUSTOMER)
    page.wait_for_selector("input[name=kind]:checked")
    walk.keeps_focus()
    walk.type("#id_amount", "1,260,000")
    walk.tab_to("#id_delivery_on")
    type_day(page, date.fromisoformat(in_half_a_year()))
    walk.strike("form#reg .bar button.p")
    walk.arrive("**/handover/")
    walk.type("#id_customer_requirements-0-statement", "检测数据 5 秒内上传")
    walk.strike("#id_special_matters-none", "Space")
    walk.type("#id_negotiation_record", "电话议价，没有书面记录")
    walk.type("#id_password", PASSWORD)
    walk.strike("button[form=fill].p")
    page.wait_for_selector("#h-copies")
    walk.look()
    handed_over()


def type_day(page: Page, day: date) -> None:
    """Type a day into the field that has the focus, in the order in which this browser asks for its parts."""
    for order in ("Ymd", "mdY", "dmY"):
        for _ in order:
            page.keyboard.press("ArrowLeft")
        for part in order:
            page.keyboard.type(day.strftime(f"%{part}"))
            if part == "Y":
                page.keyboard.press("ArrowRight")
        if page.evaluate("document.activeElement.value") == day.isoformat():
            return
    raise AssertionError("the day cannot be typed")


def test_without_a_script(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin", java_script_enabled=False)
    page = walk.page
    page.click("a[href='/orders/']")
    page.click("a[href='/orders/register/'] >> nth=-1")
    page.set_input_files("#files", papers(tmp_path))
    page.click("button[name=_add_row][value=files]")
    page.wait_for_selector(f"text={PAPERS[2]}")
    assert page.input_value("#id_contract_no") == "HT-2026-0236"
    page.fill("#id_customer", CUSTOMER)
    page.click("button[name=_add_row][value=customer]")
    page.wait_for_selector("input[name=kind]:checked")
    page.fill("#id_amount", "1,260,000")
    page.fill("#id_delivery_on", in_half_a_year())
    page.click("form#reg .bar button.p")
    page.wait_for_url("**/handover/")
    page.fill("#id_customer_requirements-0-statement", "检测数据 5 秒内上传")
    page.check("#id_special_matters-none")
    page.fill("#id_negotiation_record", "电话议价，没有书面记录")
    page.fill("#id_password", PASSWORD)
    page.click("button[form=fill].p")
    page.wait_for_selector("#h-copies")
    handed_over()


def test_a_mistake_is_led_to_and_loses_nothing(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin")
    walk.open("/orders/register/")
    walk.drop("#files", papers(tmp_path))
    walk.see(PAPERS[2])
    walk.choose("#id_customer", CUSTOMER)
    walk.page.wait_for_selector("input[name=kind]:checked")
    walk.enter("#id_delivery_on", "2020-02-26")
    orders = Order.objects.count()
    walk.press("form#reg .bar button.p")
    walk.page.wait_for_selector("#errors")
    expect(walk.page.locator("#errors")).to_be_focused()
    walk.press("#errors a")
    expect(walk.page.locator("#id_delivery_on")).to_be_focused()
    assert walk.page.locator("#papers tbody tr").count() == len(PAPERS)
    assert Order.objects.count() == orders
