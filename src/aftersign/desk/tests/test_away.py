"""What somebody hands on while away: the duties a deputy finds, acting in the other's name, and what was done."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from aftersign.chapters.general.acts import name_deputy
from aftersign.chapters.handover.acts import send_and_sign
from aftersign.demo import scenes
from aftersign.demo.script import Plot
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, person, read
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.models import Deputyship
from aftersign.kernel.shell.dates import today
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import Firm

MOST_QUERIES = 18
TAB = "/?tab=away"


@pytest.fixture
def stand_in(firm: Firm) -> Firm:
    """Lu Jian stands in for Wu Min, who has an order."""
    firm.register()
    until = today() + timedelta(days=3)
    name_deputy(person("wumin"), deputy=person("lujian"), from_on=today(), until=until, by=scenes.actor("wumin"))
    return firm


def tabs(account: str) -> str:
    """The tabs that somebody finds on their page."""
    page = browser(account).get("/?tab=mine").content.decode()
    found = re.search(r'<nav class="tabs" id="work-tabs".*?</nav>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_without_a_deputy_there_is_no_such_tab(firm: Firm) -> None:
    firm.register()
    assert "代理" not in tabs("wumin")
    assert browser("wumin").get(TAB).status_code == 200


def test_a_deputy_finds_what_waits_for_whom(stand_in: Firm) -> None:
    assert "代理" in tabs("lujian")
    page = read(browser("lujian"), TAB)
    assert "我代理的人" in page
    assert "吴敏" in page
    assert "至 09-10" in page
    assert "提交交接单" in page
    assert "代理" not in tabs("dengkai")


def test_one_press_leads_to_the_duty_in_the_others_name(stand_in: Firm) -> None:
    client, duty = browser("lujian"), Duty.objects.get(term="2.1.1.a")
    answer = client.post("/me/acting/", {"for": str(person("wumin").pk), "next": f"/duties/{duty.pk}/"}, follow=True)
    assert answer.redirect_chain == [(f"/duties/{duty.pk}/", 303)]
    assert "<b>吴敏</b>" in answer.content.decode()
    page = read(client, "/")
    assert "提交交接单" in page
    assert "代理 " not in page


def test_whoever_is_away_reads_what_was_done_for_them(stand_in: Firm) -> None:
    assert "代理人以您的名义办理的事项列在这里" in read(browser("wumin"), TAB)
    order = Order.objects.get()
    plot = Plot(order.title, order.customer.name, order.kind, Decimal(1), 0, ())
    deputy = Actor("person", person=person("lujian"), on_behalf_of=person("wumin"))
    content, departments = scenes.content_of(order, plot), scenes.receiving()
    send_and_sign(order, content=content, departments=departments, responsibility="内容属实", by=deputy)
    page = read(browser("wumin"), TAB)
    assert re.search(r"交接单已提交 0001 检测平台 陆建 · 今天 10:00", page)
    assert "交接单已提交" not in read(browser("lujian"), TAB)


def test_what_is_over_is_gone(stand_in: Firm) -> None:
    Deputyship.objects.update(until=today() - timedelta(days=1), from_on=today() - timedelta(days=2))
    assert "代理" not in tabs("lujian")
    assert "代理" not in tabs("wumin")
    assert "提交交接单" not in read(browser("lujian"), TAB)


def test_nobody_sees_the_duties_of_whom_they_do_not_stand_in_for(stand_in: Firm) -> None:
    assert "提交交接单" not in read(browser("dengkai"), TAB)
    answer = browser("dengkai").post("/me/acting/", {"for": str(person("wumin").pk), "next": "/"})
    assert answer.status_code == 404


def test_it_asks_the_database_little(stand_in: Firm) -> None:
    for account in ("lujian", "wumin"):
        queries, size = cost(browser(account), TAB)
        assert queries <= MOST_QUERIES, account
        assert size <= MOST_BYTES


def test_names_of_sixty_characters_stand_on_the_page(stand_in: Firm) -> None:
    lengthen_names()
    assert LONG in read(browser("lujian"), TAB)
    assert LONG in read(browser("wumin"), TAB)


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "我代理的人"), ("zh-hant", "代為辦理"), ("en", "I stand in for")]
)
def test_three_languages(stand_in: Firm, language: str, said: str) -> None:
    reader = person("lujian")
    reader.language = language
    reader.save()
    assert said in read(browser("lujian"), TAB)
