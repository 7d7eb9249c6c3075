"""A journey of the administrator: somebody leaves, and what was theirs goes on without a gap."""

from __future__ import annotations

import pytest

from aftersign.chapters.general.acts import list_person
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order
from aftersign.policy.models import UNFINISHED, Duty
from tests.firm import PASSWORD, Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = 5
"""Open what may be done, choose it, name a successor, look, do."""


@pytest.fixture
def keeper(house: Firm) -> Firm:
    """The company with an administrator who can sign in, and one more order."""
    admin = list_person(company(), account="admin", name="管理员", is_administrator=True, by=operating("setup"))
    admin.set_password(PASSWORD)
    admin.save()
    with frozen(house.moment):
        house.register("检测平台二期")
    return house


def who(account: str) -> Person:
    return Person.objects.get(account=account)


def owed(account: str) -> int:
    return Duty.objects.filter(owner__account=account, state__in=UNFINISHED).count()


def test_somebody_leaves_in_five_steps(keeper: Firm, desk: Desk) -> None:
    leaver, walk = desk("wumin"), desk("admin")
    before = owed("wumin")
    assert before
    walk.open(f"/settings/people/{who('wumin').pk}/")
    walk.press("main .hd summary")
    walk.press("a.d")
    walk.arrive("**/leave/")
    walk.page.locator("#id_successor").press_sequentially("陆")
    walk.page.wait_for_selector("#people option[value='陆建 lujian']", state="attached")
    walk.enter("#id_successor", "陆建 lujian")
    walk.press("button[value=look]")
    walk.page.wait_for_selector("#h-result")
    walk.look()
    assert owed("wumin") == before
    walk.press("button[value=leave]")
    walk.arrive(f"**/settings/people/{who('wumin').pk}/")
    walk.see("离岗")
    assert walk.steps <= STEPS
    assert (owed("wumin"), owed("lujian")) == (0, before)
    assert not Order.objects.filter(sales_owner=who("wumin")).exists()
    leaver.page.goto("/orders/")
    leaver.page.wait_for_url("**/accounts/login/**")


def test_a_line_for_somebody_else_without_a_script(keeper: Firm, desk: Desk) -> None:
    page = desk("admin", java_script_enabled=False).page
    page.click("a[href='/settings/']")
    page.click("a[href='/settings/people/']")
    page.click("a[href='/settings/people/list/']")
    page.fill("#q-people", "wumin")
    page.press("#q-people", "Enter")
    page.click("a.b:has-text('吴敏')")
    page.click("main .hd summary")
    page.click("a.d")
    page.fill("#id_successor", "陆建")
    page.click(".hand summary >> nth=0")
    page.fill("input[name^='duty:'] >> nth=0", "邓凯")
    page.click("button[value=look]")
    page.wait_for_selector("#h-result")
    page.click("button[value=leave]")
    page.wait_for_url("**/settings/people/*/")
    assert owed("dengkai") == 1
    assert owed("wumin") == 0


def test_a_deputy_works_for_somebody_who_is_away(keeper: Firm, desk: Desk) -> None:
    away, deputy = desk("wumin"), desk("dengkai")
    away.open("/me/")
    away.press("a[href$='/deputy/']")
    away.arrive("**/deputy/")
    away.enter("#id_deputy", "邓凯 dengkai")
    away.press("main button.p")
    away.see("由邓凯代理")
    deputy.open("/")
    deputy.press(".me summary")
    deputy.press(".me .menu-box button")
    deputy.page.wait_for_selector(".acting")
    deputy.look()
    deputy.see("正在代")
    deputy.open("/orders/")
    assert deputy.page.locator(".acting").count() == 1
    deputy.press("main a.b >> nth=0")
    deputy.see("吴敏")
    away.open(f"/settings/people/{who('wumin').pk}/")
    away.press("button:has-text('结束代理')")
    away.see("不再代理")
    deputy.page.reload()
    deputy.see("已不再代")
    assert deputy.page.locator(".acting button").count() == 0
