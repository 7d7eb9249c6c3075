"""Journey 2: departments receive an order, one of them only after it was put right."""

from __future__ import annotations

import pytest

from aftersign.chapters.handover.models import HandoverCopy
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from tests.firm import PASSWORD, Firm
from tests.journeys.conftest import Desk
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLICKS, TICKS, PASSWORDS = 3, 4, 1
ITEM = "customer_requirements.R1"


@pytest.fixture
def order(house: Firm) -> Order:
    """An order that was sent to three departments, with two key points."""
    with frozen(house.moment):
        found = house.register("检测平台二期", points=2)
        house.send(found, points=2)
    return found


def states(order: Order) -> dict[str, str]:
    return dict(HandoverCopy.objects.filter(order=order).values_list("department__code", "state"))


def stated(order: Order, fact: str) -> int:
    return Entry.objects.filter(order_id=order.pk, fact=fact).count()


def to_the_copy(walk: Walk, order: Order, code: str) -> None:
    """From the inbox to the copy of a department."""
    walk.press(f"main a.btn[href='/orders/{order.number}/handover/{code}/']")
    walk.arrive(f"**/handover/{code}/")


def sign(walk: Walk, *boxes: str) -> None:
    """Tick what has to be looked at, and sign."""
    for box in boxes:
        walk.tick(f"#id_{box}")
    walk.enter("#id_password", PASSWORD)
    walk.press("#accept button.p")
    walk.arrive("**/handover/")


def give_back(walk: Walk, why: str) -> None:
    """Return the copy that is open, because its first requirement is unclear."""
    walk.press("#accept a[href='#return']")
    walk.press(f"#return details:has([id='id_return-{ITEM}']) summary")
    walk.tick(f"[id='id_return-{ITEM}']")
    walk.tick(f"input[name='reason-{ITEM}'][value=unclear]")
    walk.enter(f"[id='id_text-{ITEM}']", why)
    walk.press("#return button.d")
    walk.arrive("**/handover/")


def put_right(walk: Walk, order: Order, criterion: str) -> None:
    """Correct the first requirement, answer what was returned, sign and send the new version."""
    walk.open(f"/orders/{order.number}/")
    walk.press(f"a.btn.p[href='/orders/{order.number}/handover/correct/']")
    walk.arrive("**/correct/")
    walk.enter("#id_customer_requirements-0-criterion", criterion)
    walk.enter("[id^=id_answer-]", "已与客户确认，写入需求书第 15 页")
    walk.enter("#id_note", "补正验收准则")
    walk.enter("#id_password", PASSWORD)
    walk.press("button[form=fill].p")
    walk.page.wait_for_selector("#h-copies")


def test_a_department_signs_from_its_inbox(order: Order, desk: Desk) -> None:
    walk = desk("linxiaolan")
    to_the_copy(walk, order, "project")
    sign(walk, "papers", "point-S1", "point-S2")
    assert walk.steps <= CLICKS + TICKS + PASSWORDS
    assert states(order)["project"] == "accepted"
    walk.open("/")
    assert walk.page.locator("main a.btn", has_text="签收交接单").count() == 0


def test_a_department_signs_by_keyboard(order: Order, desk: Desk) -> None:
    walk = desk("linxiaolan")
    address = f"/orders/{order.number}/handover/project/"
    walk.strike(f"main a.btn[href='{address}']")
    walk.arrive(f"**{address}")
    for box in ("papers", "point-S1", "point-S2"):
        walk.strike(f"#id_{box}", "Space")
    walk.type("#id_password", PASSWORD)
    walk.strike("#accept button.p")
    walk.arrive("**/handover/")
    assert states(order)["project"] == "accepted"


def test_three_departments_and_one_return(order: Order, desk: Desk) -> None:
    project, service, finance, sales = (desk(who) for who in ("linxiaolan", "zhouyan", "hejing", "wumin"))
    to_the_copy(project, order, "project")
    sign(project, "papers", "point-S1", "point-S2")

    to_the_copy(finance, order, "finance")
    give_back(finance, "验收准则没有可核对的指标")
    assert states(order) == {"project": "accepted", "customer_service": "sent", "finance": "returned"}

    put_right(sales, order, "32 项指标全部达标，连续运行 72 小时无故障")
    assert stated(order, "handover.accepted") == 0

    points = ("papers", "point-S1", "point-S2")
    for walk, code, boxes in (
        (project, "project", (*points, "changes")),
        (finance, "finance", (*points, "changes")),
        (service, "customer_service", points),  # has read no other version
    ):
        walk.open("/")
        to_the_copy(walk, order, code)
        walk.see("连续运行 72 小时无故障")
        sign(walk, *boxes)

    order.refresh_from_db()
    assert (order.stage, set(states(order).values())) == ("handed_over", {"accepted"})
    assert stated(order, "handover.accepted") == 1
    sales.open(f"/orders/{order.number}/")
    sales.see("已交接")


def test_the_second_of_a_department_is_told_that_it_has_been_signed(order: Order, desk: Desk) -> None:
    first, second = desk("linxiaolan"), desk("dengkai")
    for walk in (first, second):
        to_the_copy(walk, order, "project")
    sign(first, "papers", "point-S1", "point-S2")
    for box in ("papers", "point-S1", "point-S2"):
        second.tick(f"#id_{box}")
    second.enter("#id_password", PASSWORD)
    second.press("#accept button.p")
    second.page.wait_for_load_state()
    second.see("林晓岚")
    assert stated(order, "handover.copy_accepted") == 1
