"""What an act would bring about is shown before it is done, is what happens then, and nothing is written by looking."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from aftersign.chapters.final.acts import install_rooms
from aftersign.chapters.handover.acts import ask as ask_question
from aftersign.demo import halts, scenes
from aftersign.demo.scenes import actor
from aftersign.desk.queries.consequences import consequences
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, person, read
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.queries import company
from aftersign.orders import acts, facts
from aftersign.orders.intents import Intent
from aftersign.orders.models import HaltRequest, Order
from aftersign.policy.models import CaseClock, Duty
from aftersign.policy.rulebook import DEFAULT, load
from aftersign.policy.trial import Trial, try_out
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
MOST_QUERIES = 25


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order whose handover has been sent and signed by one department."""
    found = firm.register(points=1)
    firm.send(found, points=1)
    scenes.accept(found, "project")
    return found


def ask(order: Order, what: str) -> HaltRequest:
    if what == "suspend":
        acts.request_suspension(order, reason="客户停产", by=actor("wumin"))
    else:
        acts.request_termination(order, reason="客户取消", settled_how="退款", by=actor("wumin"))
    return HaltRequest.objects.get(order=order, state="asked")


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def tried(order: Order, act: str, fact: Any, given: dict[str, Any] | None = None) -> Trial:
    """A trial that writes nothing: no fact, no duty, no clock, no stage."""
    before = everything(order)
    found = try_out(fresh(order), act, fact, by=actor("lujian"), given=given)
    assert everything(order) == before
    return found


def everything(order: Order) -> tuple[Any, ...]:
    """What a reading could have changed."""
    return (
        Entry.objects.count(),
        list(Duty.objects.order_by("pk").values()),
        list(CaseClock.objects.order_by("order_id").values()),
        Order.objects.filter(pk=order.pk).values().get(),
    )


def foretold(found: Trial) -> set[tuple[str, str, str, object]]:
    return {(card.term, card.unit_id, card.state, card.due_at) for card in (each.card.duty for each in found.following)}


def stands(order: Order) -> set[tuple[str, str, str, object]]:
    return set(Duty.objects.filter(order=order).values_list("term", "unit_id", "state", "due_at"))


def test_what_is_foretold_is_what_happens(order: Order, later: Later) -> None:
    request = ask(order, "suspend")
    found = tried(order, "order.suspend", facts.Suspended(about=order, reason="—"), {"request": request})
    assert [change for change, _rows in found.groups] == ["pauses"]
    acts.suspend(order, request=request, by=actor("lujian"))
    assert foretold(found) <= stands(order)
    with later("2026-09-14 10:00"):
        found = tried(order, "order.resume", facts.Resumed(about=order, reason="—"), {})
        assert [change for change, _rows in found.groups] == ["resumes"]
        acts.resume(fresh(order), reason="复产", by=actor("wumin"))
        assert foretold(found) <= stands(order)
        request = ask(fresh(order), "terminate")
        ending = facts.Terminated(about=order, reason="—", settled_how="—")
        found = tried(order, "order.terminate", ending, {"request": request})
        assert [change for change, _rows in found.groups] == ["ends", "stays"]
        assert found.stages == ("signed", "terminated")
        acts.terminate(fresh(order), request=request, by=actor("lujian"))
        assert foretold(found) <= stands(order)


def test_the_page_shows_what_stands_still_with_owner_and_time_left(order: Order) -> None:
    page = read(browser("wumin"), f"/orders/{order.number}/suspend/")
    assert "暂停，至订单恢复" in page
    assert "办理合同原件移交" in page
    assert "余 2 个工作日" in page
    assert "吴敏" in page
    assert "陆建" in page, "who could approve"


def test_the_page_shows_what_ends_and_what_survives(order: Order) -> None:
    page = read(browser("wumin"), f"/orders/{order.number}/terminate/")
    ends, stays = page.index("终止 5 项"), page.index("照旧进行 1 项")
    assert ends < page.index("签收交接单") < stays < page.index("办理合同原件移交")


def test_what_stands_in_the_way_has_an_owner_and_a_link(order: Order) -> None:
    answer = browser("wumin").get(f"/orders/{order.number}/complete/").content.decode()
    assert "交接已完成" in answer
    assert f"/orders/{order.number}/handover/finance/" in answer
    assert "财务部门" in answer
    page = read(browser("wumin"), f"/orders/{order.number}/close/")
    assert "确认订单完成" in page
    assert "终止订单" in page


def test_without_a_copy_the_way_is_the_form(firm: Firm) -> None:
    order = firm.register()
    answer = browser("wumin").get(f"/orders/{order.number}/complete/").content.decode()
    assert "提交交接单" in answer
    assert f'href="/orders/{order.number}/handover/"' in answer


def test_a_stage_that_refuses_says_so_and_how_to_leave_it(order: Order) -> None:
    acts.suspend(order, request=ask(order, "suspend"), by=actor("lujian"))
    answer = browser("wumin").get(f"/orders/{order.number}/complete/").content.decode()
    assert "订单处于“已暂停”阶段，不接受此操作" in answer
    assert f"/orders/{order.number}/resume/" in answer


def test_rooms_that_are_not_built_answer_in_words(firm: Firm, later: Later) -> None:
    install_rooms(company(), rooms=load(DEFAULT).rooms, by=operating("setup"))
    with later("2026-09-08 10:00"):
        order = Firm(now()).register(kind="project")
        fact = facts.Completed(about=order, acceptance="—", accepted_by="—", accepted_on=now().date())
        found = consequences(actor("wumin"), Intent(fresh(order), "order.complete", fact, {}))
    said = [each.refusal for each in found.obstacles]
    assert {"2.1.3", "3.1.3"} <= {clause for each in said for clause in each.clauses}
    assert any("已安装的模块都无法核对" in each.sentence for each in said)


@pytest.mark.parametrize("act", ["suspend", "terminate", "complete", "close", "resume"])
@pytest.mark.parametrize("account", ["wumin", "lujian", "chenli"])
def test_a_page_asks_the_database_little(order: Order, act: str, account: str) -> None:
    if act in ("suspend", "terminate"):
        ask(order, act)
    lengthen_names()
    queries, size = cost(browser(account), f"/orders/{order.number}/{act}/")
    assert queries <= MOST_QUERIES
    assert size <= MOST_BYTES


def test_many_duties_cost_no_more(order: Order, firm: Firm) -> None:
    few, _size = cost(browser("wumin"), f"/orders/{order.number}/terminate/")
    for place in range(20):
        ask_question(scenes.copy_of(order, "finance"), text=f"第 {place} 问", by=actor("hejing"))
    many, size = cost(browser("wumin"), f"/orders/{order.number}/terminate/")
    assert many <= few + 1, "questions are one more kind of unit"
    assert size <= MOST_BYTES
    assert "其余" in read(browser("wumin"), f"/orders/{order.number}/terminate/")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_names_of_sixty_characters_in_every_language(order: Order, language: str) -> None:
    lengthen_names()
    head = person("lujian")
    head.language = language
    head.save()
    ask(order, "terminate")
    assert LONG in read(browser("lujian"), f"/orders/{order.number}/terminate/")


def test_the_bar_shows_where_an_order_stands_still_or_has_ended(order: Order) -> None:
    acts.suspend(order, request=ask(order, "suspend"), by=actor("lujian"))
    assert "09-07 暂停" in read(browser("wumin"), f"/orders/{order.number}/")
    acts.terminate(fresh(order), request=ask(fresh(order), "terminate"), by=actor("lujian"))
    page = read(browser("wumin"), f"/orders/{order.number}/")
    assert "09-07 终止" in page
    assert "客户取消" in page
    assert "吴敏申请，陆建批准" in page


def test_the_bar_shows_a_warranty(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    scenes.complete(order)
    halts.close(order)
    assert "质保至 2027-09-07" in read(browser("wumin"), f"/orders/{order.number}/")
