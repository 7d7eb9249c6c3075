"""Where the focus is after each part of a page that is exchanged: never on nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

import aftersign
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.demo import scenes
from aftersign.kernel.clock import frozen
from aftersign.kernel.notices.models import Notice
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from tests.firm import Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOT = Path(aftersign.__file__).parent
ASKS = re.compile(r"hx-(get|post|boost)[\"=]")
LISTEN = """() => document.addEventListener("htmx:afterSettle", () => { document.body.dataset.swapped = "" })"""
SWAPPED = "body[data-swapped]"


@dataclass(frozen=True)
class Swap:
    """What is done on a page with the keyboard, and where the focus is when the answer has come.

    `of` is the file that asks for the part; each of `keys` is a selector that gets the focus, or a key after `+`, or a
    text after `=`.
    """

    of: str
    person: str
    address: str
    keys: tuple[str, ...]
    then: str


LISTS, PARTS, COMPLIANCE = (
    "kernel/shell/templates/shell/",
    "kernel/shell/templates/shell/parts/",
    "desk/templates/desk/",
)
REGISTER = "orders/templates/orders/parts/"
SWAPS = (
    Swap(LISTS + "list.html", "wumin", "/orders/", ("#q-orders", "=平台"), "#q-orders"),
    Swap("kernel/shell/table.py", "wumin", "/orders/", ("#sort-orders-amount", "+Enter"), "#sort-orders-amount"),
    Swap(PARTS + "list_pager.html", "wumin", "/orders/", ("#size-orders-100", "+Enter"), "#size-orders-100"),
    Swap(
        PARTS + "list_filters.html",
        "wumin",
        "/orders/",
        ("#filter-orders", "+Enter", "details[open] input[type=checkbox]", "+Space", "details[open] button", "+Enter"),
        "#filter-orders",
    ),
    Swap(
        PARTS + "list_columns.html",
        "wumin",
        "/orders/",
        ("#columns-orders", "+Enter", "details[open] button", "+Enter"),
        "#columns-orders",
    ),
    Swap(PARTS + "list_chips.html", "wumin", "/orders/?kind=sales", ("#chip-orders-kind", "+Enter"), "#list-orders"),
    Swap(REGISTER + "customer_field.html", "wumin", "/orders/register/", ("#id_customer", "=北辰"), "#id_customer"),
    Swap(REGISTER + "beside.html", "wumin", "/orders/register/", ("#id_amount", "=9", "+Tab"), "[name=currency]"),
    Swap(REGISTER + "particulars.html", "wumin", "/orders/register/", ("[name=kind]", "+Space"), "[name=kind]"),
    Swap(REGISTER + "stages.html", "wumin", "/orders/adopt/", ("#id_amount", "=9", "+Tab"), "[name=currency]"),
    Swap(COMPLIANCE + "my_work.html", "linxiaolan", "/", ("#q-work", "=平台"), "#q-work"),
    Swap(COMPLIANCE + "parts/work_bar.html", "linxiaolan", "/", ("#grouping", "+Enter"), "#grouping"),
    Swap(COMPLIANCE + "notices/bar.html", "linxiaolan", "/notices/", (".seg a >> nth=0", "+Enter"), "#list-inbox"),
    Swap(COMPLIANCE + "notices/row.html", "linxiaolan", "/notices/", ("[data-row] .el", "+Enter"), "[data-row] *"),
    Swap(COMPLIANCE + "compliance/bar.html", "fangzheng", "/compliance/", ("#abnormal", "+Enter"), "#abnormal"),
    Swap(
        COMPLIANCE + "compliance/bar.html",
        "fangzheng",
        "/compliance/",
        ("#q-compliance", "=1", "+Enter"),
        "#q-compliance",
    ),
    Swap(COMPLIANCE + "compliance/table.html", "fangzheng", "/compliance/", ("a.ce", "+Enter"), "a.ce"),
    Swap(
        COMPLIANCE + "compliance/foot.html",
        "fangzheng",
        "/compliance/",
        (".pager a.s", "+Enter"),
        "[id^=list-]",
    ),
    Swap("kernel/shell/widgets.py", "wumin", "/settings/people/{wumin}/deputy/", ("#id_deputy", "=陆"), "#id_deputy"),
)
ELSEWHERE = {
    "chapters/handover/forms/filling.py": "chapters/handover/tests/test_browser.py",
    "chapters/handover/templates/handover/block_acts.html": "chapters/handover/tests/test_browser.py",
    "chapters/handover/templates/handover/fill_tasks.html": "chapters/handover/tests/test_browser.py",
    "chapters/handover/templates/handover/seal.html": "test_what_comes_by_itself_leaves_the_focus",
    "chapters/general/templates/general/people/leave_group.html": "test_leaving.py",
    "desk/templates/desk/compliance/cell.html": "test_proving.py",
    "desk/templates/desk/adopting/way.html": "test_what_comes_by_itself_leaves_the_focus",
    "desk/templates/desk/compliance/first.html": "as in cell.html",
    "desk/templates/desk/notices/reasons.html": "as in list_filters.html",
    "desk/templates/desk/parts/duty_row.html": "test_my_work.py",
    "desk/templates/desk/parts/palette.html": "test_searching.py",
    "desk/templates/desk/parts/work.html": "test_my_work.py",
    "desk/templates/desk/parts/work_foot.html": "as in list_pager.html",
    "orders/forms/papers.py": "test_handing_over.py",
}
"""Who else looks after the focus of what a file asks for."""


def test_every_part_that_is_exchanged_is_looked_at() -> None:
    files = [path for kind in ("*.html", "*.py") for path in ROOT.rglob(kind) if "tests" not in path.parts]
    asking = {str(path.relative_to(ROOT)) for path in files if ASKS.search(path.read_text(encoding="utf-8"))}
    assert asking == {swap.of for swap in SWAPS} | ELSEWHERE.keys()


@pytest.fixture
def order(house: Firm) -> Order:
    """An order whose form has been sent to three departments; one has accepted its copy."""
    with frozen(house.moment):
        found = house.register("产线升级")
        house.send(found)
        scenes.accept(found, "project")
    told = {"unit": "order", "unit_id": str(found.pk), "reason": "named", "level": 0, "at": house.moment}
    Notice.objects.create(person=Person.objects.get(account="linxiaolan"), **told)
    return found


@pytest.mark.parametrize("person", sorted({swap.person for swap in SWAPS}))
def test_the_focus_stays(order: Order, desk: Desk, person: str) -> None:
    page = desk(person).page
    lost = [said for swap in SWAPS if swap.person == person and (said := _lost(page, swap))]
    assert not lost, "\n".join(lost)


def _lost(page: Page, swap: Swap) -> str:
    """Where the focus is when it is not where it has to be."""
    page.goto(swap.address.format(wumin=Person.objects.get(account="wumin").pk))
    page.evaluate(LISTEN)
    for key in swap.keys:
        if key.startswith("+"):
            page.keyboard.press(key[1:])
        elif key.startswith("="):
            page.keyboard.insert_text(key[1:])
        else:
            page.locator(key).first.focus()
    page.wait_for_selector(SWAPPED)
    page.wait_for_timeout(150)
    try:
        page.wait_for_function("(then) => document.activeElement.matches(then)", arg=swap.then)
    except TookTooLong:
        at = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        return f"{swap.of}, {swap.keys[0]}: not {swap.then} but {at}"
    return ""


def test_what_comes_by_itself_leaves_the_focus(order: Order, house: Firm, desk: Desk) -> None:
    with frozen(house.moment):
        for code in ("customer_service", "finance"):
            scenes.accept(order, code)
    assert HandoverCopy.objects.filter(order=order, state="accepted").count() == 3
    page = desk("wumin").page
    page.goto(f"/orders/{order.number}/handover/")
    page.evaluate(LISTEN)
    link = page.locator("#seal ~ * a, main .tabs a").first
    link.focus()
    page.wait_for_selector(SWAPPED)
    expect(link).to_be_focused()
