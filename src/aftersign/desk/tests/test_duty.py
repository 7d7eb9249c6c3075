"""A duty: its five facts and its clock, for whom it is there, and who takes it first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from aftersign.demo import scenes
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, multiply, newcomer, person, read
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
MOST_QUERIES = 18


@pytest.fixture
def copy_duty(firm: Firm) -> Duty:
    """To sign for the form, owed by the project department."""
    order = firm.register(points=1)
    firm.send(order, points=1)
    return Duty.objects.get(order=order, term="2.1.3.b", owner_department__code="project")


def order_of(duty: Duty) -> Order:
    """The order of a duty that has one."""
    return Order.objects.get(duties=duty)


def test_the_five_facts_and_the_act_that_ends_it(copy_duty: Duty) -> None:
    page = read(browser("linxiaolan"), f"/duties/{copy_duty.pk}/")
    for said in ("签收交接单", "2.1.3", "项目部门", "签字人、校验值、责任说明", "周三 09-09", "升级"):
        assert said in page, said
    answer = browser("linxiaolan").get(f"/duties/{copy_duty.pk}/").content.decode()
    assert f'href="/orders/{order_of(copy_duty).number}/handover/project/"' in answer


def test_what_proved_it_is_shown_once_it_is_done(copy_duty: Duty, later: Later) -> None:
    with later("2026-09-08 15:00"):
        scenes.accept(order_of(copy_duty), "project")
    page = read(browser("linxiaolan"), f"/duties/{copy_duty.pk}/")
    assert "已完成" in page
    assert "林晓岚" in page
    assert "自签收起，按本版负责计划、执行和交付" in page


def test_its_clock_tells_who_heard_of_it(copy_duty: Duty, later: Later) -> None:
    with later("2026-09-14 10:00"):
        run_due()
        page = read(browser("linxiaolan"), f"/duties/{copy_duty.pk}/")
    assert "已逾期" in page
    assert "王启明" in page


def test_whoever_may_not_see_the_order_finds_nothing(firm: Firm, copy_duty: Duty) -> None:
    other = Duty.objects.get(order=copy_duty.order, term="2.1.1.a")
    assert browser("lujian").get(f"/duties/{other.pk}/").status_code == 200
    client = newcomer()
    assert client.get(f"/duties/{copy_duty.pk}/").status_code == 404
    assert client.post(f"/duties/{copy_duty.pk}/take/").status_code == 404


def test_somebody_of_the_department_takes_it(copy_duty: Duty) -> None:
    facts = Entry.objects.count()
    answer = browser("dengkai").post(f"/duties/{copy_duty.pk}/take/", follow=True)
    assert answer.status_code == 200
    copy_duty.refresh_from_db()
    assert copy_duty.owner == person("dengkai")
    assert list(Entry.objects.order_by("sequence").values_list("fact", flat=True))[facts:] == ["general.duty_taken"]
    assert "签收交接单" in read(browser("dengkai"), "/")


def test_the_second_who_takes_it_is_told_so(copy_duty: Duty) -> None:
    first, second = browser("dengkai"), browser("linxiaolan")
    first.get(f"/duties/{copy_duty.pk}/")
    second.get(f"/duties/{copy_duty.pk}/")
    first.post(f"/duties/{copy_duty.pk}/take/")
    facts = Entry.objects.count()
    answer = second.post(f"/duties/{copy_duty.pk}/take/", follow=True)
    assert "邓凯" in answer.content.decode()
    assert Entry.objects.count() == facts
    copy_duty.refresh_from_db()
    assert copy_duty.owner == person("dengkai")


@pytest.mark.parametrize("account", ["zhouyan", "wumin", "chenli", "fangzheng"])
def test_nobody_of_another_department_takes_it(copy_duty: Duty, account: str) -> None:
    facts = Entry.objects.count()
    answer = browser(account).post(f"/duties/{copy_duty.pk}/take/", follow=True)
    assert "领取义务" not in read(browser(account), f"/duties/{copy_duty.pk}/")
    assert answer.status_code == 200
    assert Entry.objects.count() == facts
    copy_duty.refresh_from_db()
    assert copy_duty.owner is None


def test_a_duty_that_has_ended_is_not_taken(copy_duty: Duty) -> None:
    scenes.accept(order_of(copy_duty), "project")
    facts = Entry.objects.count()
    answer = browser("dengkai").post(f"/duties/{copy_duty.pk}/take/", follow=True)
    assert "这项义务" in answer.content.decode()
    assert Entry.objects.count() == facts


def test_taking_is_asked_for_with_a_form(copy_duty: Duty) -> None:
    assert browser("dengkai").get(f"/duties/{copy_duty.pk}/take/").status_code == 405


def test_it_asks_the_database_little_however_many_siblings_it_has(copy_duty: Duty) -> None:
    multiply(copy_duty, 10_000)
    for account in ("linxiaolan", "wumin", "wangqiming"):
        queries, size = cost(browser(account), f"/duties/{copy_duty.pk}/")
        assert queries <= MOST_QUERIES
        assert size <= MOST_BYTES


def test_names_of_sixty_characters_stand_on_the_page(copy_duty: Duty) -> None:
    lengthen_names()
    assert LONG in read(browser("linxiaolan"), f"/duties/{copy_duty.pk}/")


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "证据"), ("zh-hant", "證據"), ("en", "Evidence")])
def test_three_languages(copy_duty: Duty, language: str, said: str) -> None:
    reader = person("linxiaolan")
    reader.language = language
    reader.save()
    assert said in read(browser("linxiaolan"), f"/duties/{copy_duty.pk}/")
