"""Withdrawals: the author alone soon, a second person later; the rows of every room follow, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aftersign.chapters.general import acts, deciding
from aftersign.chapters.general.acts import list_person
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.queries import today
from aftersign.chapters.general.rules.leaving import Successors
from aftersign.chapters.general.tests.exceptions import ask_extension, ask_waiver, duty_of, fact_of, stated, unchanged
from aftersign.chapters.handover import acts as handover
from aftersign.demo import halts, scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.journal import corrections
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.orders import acts as orders
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import HaltRequest, Order, TeamMember
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import Duty, ShownBreach
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
NAMED = "order.team_named"
RIGHT, SECOND, DONE = "权限", "第二人同意", "已经撤销"


@pytest.fixture
def order(firm: Firm) -> Order:
    return firm.register()


def change(order: Order, **said: Any) -> None:
    """The salesperson changes what the order says."""
    orders.change_information(order, entry=replace(particulars_of(order), **said), by=actor("wumin"))
    order.refresh_from_db()


def person(account: str) -> Person:
    """Somebody of the sample company."""
    return Person.objects.get(account=account)


def withdraw(order: Order, name: str, account: str = "wumin", reason: str = "记错了") -> Request:
    return acts.withdraw_fact(fact_of(order, name), reason=reason, by=actor(account))


def test_what_the_order_said_before_stands_again(order: Order) -> None:
    change(order, milestones=())
    change(order, amount=Decimal(120_000))
    assert order.amount_base == Decimal(120_000)
    withdraw(order, "order.information_changed")
    order.refresh_from_db()
    assert (order.amount, order.amount_base) == (Decimal(100_000), Decimal(100_000))
    assert stated()[-1] == corrections.WITHDRAWN
    assert rebuild().different == []


def test_a_later_change_of_the_same_item_is_withdrawn_first(order: Order) -> None:
    change(order, title="检测平台二期")
    first = fact_of(order, "order.information_changed")
    change(order, delivery_on=None)
    change(order, title="检测平台三期")
    with unchanged(r"1 条.*订单信息已变化（2026-09-07）", "1.3.3.e"):
        acts.withdraw_fact(first, reason="记错了", by=actor("wumin"))
    withdraw(order, "order.information_changed")
    acts.withdraw_fact(first, reason="记错了", by=actor("wumin"))
    order.refresh_from_db()
    assert order.title == "检测平台"


def test_a_row_of_a_table_is_changed_again_instead(order: Order) -> None:
    change(order, criteria=())
    with unchanged("再次更改"):
        withdraw(order, "order.information_changed")


def test_a_withdrawal_is_withdrawn(order: Order) -> None:
    change(order, title="检测平台二期")
    for title in ("检测平台", "检测平台二期", "检测平台"):
        name = "order.information_changed" if stated()[-1] == "order.information_changed" else corrections.WITHDRAWN
        withdraw(order, name)
        order.refresh_from_db()
        assert order.title == title
    assert stated()[-3:] == [corrections.WITHDRAWN] * 3
    states = list(Request.objects.order_by("asked_at", "pk").values_list("state", flat=True))
    assert sorted(states) == ["approved", "approved", "undone"]


def test_what_is_withdrawn_is_not_withdrawn_again(order: Order) -> None:
    change(order, title="检测平台二期")
    withdraw(order, "order.information_changed")
    with unchanged(DONE):
        withdraw(order, "order.information_changed")


def test_a_withdrawal_needs_its_reason(order: Order) -> None:
    change(order, title="检测平台二期")
    with unchanged("写明"):
        withdraw(order, "order.information_changed", reason=" ")


def test_a_working_day_later_a_second_person_agrees(order: Order, later: Later) -> None:
    change(order, title="检测平台二期")
    fact = fact_of(order, "order.information_changed")
    with later("2026-09-08 23:00"):
        deciding.approvers(acts.request_withdrawal(fact, reason="记错了", by=actor("wumin")))
    with later("2026-09-09 00:30"):
        with unchanged(SECOND, "1.3.3.e"):
            acts.withdraw_fact(fact, reason="记错了", by=actor("wumin"))
        request = Request.objects.get()
        for account in ("wumin", "linxiaolan", "chenli"):
            with unchanged(f"{RIGHT}|{SECOND}", *(("1.3.3.e",) if account == "wumin" else ())):
                acts.withdraw_fact(fact, reason="记错了", request=request, by=actor(account))
        acts.withdraw_fact(fact, reason=request.reason, request=request, by=actor("lujian"))
    order.refresh_from_db()
    request.refresh_from_db()
    assert order.title == "检测平台"
    assert (request.state, request.decided_by) == ("approved", actor("lujian").person)
    said = journal.latest(order.pk, corrections.WITHDRAWN)
    assert said is not None
    assert said.payload["second_person"] == str(actor("lujian").id)


def test_anothers_entry_is_asked_for(order: Order) -> None:
    change(order, title="检测平台二期")
    fact = fact_of(order, "order.information_changed")
    with unchanged(RIGHT):
        acts.withdraw_fact(fact, reason="记错了", by=actor("lujian"))
    with unchanged(RIGHT):
        acts.request_withdrawal(fact, reason="记错了", by=actor("sunqian"))
    scenes.name_team(order)
    request = acts.request_withdrawal(fact, reason="记错了", by=actor("linxiaolan"))
    assert stated()[-1] == "general.withdrawal_requested"
    acts.refuse_request(request, reason="没有记错", by=actor("lujian"))
    assert Request.objects.get().state == "refused"


def test_a_completion_is_taken_back(order: Order, firm: Firm) -> None:
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    scenes.complete(order)
    order.refresh_from_db()
    assert order.stage == "completed"
    withdraw(order, "order.completed")
    order.refresh_from_db()
    assert order.stage == "handed_over"
    assert not order.papers.filter(kind="acceptance", voided_at=None).exists()
    withdraw(order, corrections.WITHDRAWN)
    order.refresh_from_db()
    assert order.stage == "completed"
    assert order.papers.filter(kind="acceptance", voided_at=None).count() == 1
    assert rebuild().different == []


def test_the_team_is_as_it_was_named_before(order: Order) -> None:
    scenes.name_team(order)
    earlier = fact_of(order, NAMED)
    rows = TeamMember.objects.filter(order=order)
    first = dict(rows.values_list("post", "person__account"))
    named = (row for row in rows if row.deputy_id)
    team = tuple(MemberEntry(post=row.post, person=row.deputy_id or row.pk, deputy=row.person_id) for row in named)
    orders.name_team(order, team=team, by=actor("wangqiming"))
    assert dict(rows.values_list("post", "person__account")) != first
    with unchanged("订单责任人已指定", "1.3.3.e"):
        acts.withdraw_fact(earlier, reason="记错了", by=actor("wangqiming"))
    withdraw(order, NAMED, "wangqiming")
    assert dict(rows.values_list("post", "person__account")) == first
    acts.withdraw_fact(earlier, reason="记错了", by=actor("wangqiming"))
    assert not rows.filter(is_named=True).exists()
    withdraw(order, corrections.WITHDRAWN, "wangqiming")
    assert rows.filter(is_named=True).count() == len(first)
    assert rebuild().different == []


def test_the_author_need_not_wait_for_an_answer_while_they_are_free(order: Order) -> None:
    change(order, title="别的")
    acts.request_withdrawal(fact_of(order, "order.information_changed"), reason="记错了", by=actor("wumin"))
    alone = withdraw(order, "order.information_changed")
    waiting = Request.objects.get(state="open")
    assert (alone.state, alone.decided_by, deciding.void_because(waiting)) == ("approved", None, "这条记录已经撤销。")


def test_whoever_has_left_gets_no_post_back(order: Order) -> None:
    scenes.name_team(order)
    manager = list_person(company(), account="admin", name="管理员", is_administrator=True, by=operating("setup"))
    gone, to = TeamMember.objects.get(order=order, post="quality").person, person("wangqiming")
    successors = Successors(to)
    acts.record_leaving(gone, left_on=today(), successors=successors, by=Actor("person", person=manager))
    scenes_team = [(row.post, row.person_id, row.deputy_id) for row in order.team.order_by("post")]
    team = (MemberEntry(post="quality", person=person("dengkai").pk),)
    orders.name_team(order, team=team, by=actor("wangqiming"))
    withdraw(order, NAMED, "wangqiming")
    assert [(row.post, row.person_id, row.deputy_id) for row in order.team.order_by("post")] == scenes_team
    assert TeamMember.objects.get(order=order, post="quality").person == to


@pytest.mark.parametrize("name", ["order.suspended", "order.terminated"])
def test_a_halt_is_taken_back_and_put_back(order: Order, name: str) -> None:
    getattr(halts, "suspend" if name == "order.suspended" else "terminate")(order)
    order.refresh_from_db()
    halted, by = order.stage, fact_of(order, name).actor_id
    account = Person.objects.get(pk=str(by)).account
    withdraw(order, name, account)
    order.refresh_from_db()
    assert order.stage == "signed"
    assert [each.state for each in HaltRequest.objects.all()] == ["undone"]
    assert rebuild().different == []
    withdraw(order, corrections.WITHDRAWN, account)
    order.refresh_from_db()
    assert order.stage == halted
    assert [each.state for each in HaltRequest.objects.all()] == ["granted"]
    assert rebuild().different == []


def test_a_suspension_that_was_ended_waits_for_its_end_to_be_withdrawn(order: Order) -> None:
    halts.suspend(order)
    suspended = fact_of(order, "order.suspended")
    order.refresh_from_db()
    halts.resume(order)
    by = actor(Person.objects.get(pk=str(suspended.actor_id)).account)
    with unchanged("订单已恢复", "1.3.3.e"):
        acts.withdraw_fact(suspended, reason="误批", by=by)


def test_a_duty_is_owed_as_before(firm: Firm, order: Order) -> None:
    firm.send(order)
    copy = duty_of(order, "2.1.3.b", "project")
    acts.take_duty(copy, by=actor("dengkai"))
    acts.hand_on_duty(copy, to=person("linxiaolan"), reason="我休假", by=actor("dengkai"))
    taken = fact_of(order, "general.duty_taken")
    with unchanged("义务已转交", "1.3.3.e"):
        acts.withdraw_fact(taken, reason="点错了", by=actor("dengkai"))
    withdraw(order, "general.duty_handed_on", "dengkai")
    copy.refresh_from_db()
    assert copy.owner == actor("dengkai").person
    acts.withdraw_fact(taken, reason="点错了", by=actor("dengkai"))
    copy.refresh_from_db()
    assert copy.owner is None
    assert rebuild().different == []


def test_a_waiver_and_an_extension_are_taken_back(order: Order) -> None:
    duty = duty_of(order, "2.1.1.a")
    acts.extend_duty(ask_extension(duty), by=actor("lujian"))
    acts.waive_duty(ask_waiver(duty), by=actor("lujian"))
    withdraw(order, "general.duty_waived", "lujian")
    withdraw(order, "general.duty_extended", "lujian")
    old = duty.due_at
    duty.refresh_from_db()
    assert (duty.state, duty.extended, duty.due_at) == ("open", False, old)
    assert set(Request.objects.exclude(kind="withdrawal").values_list("state", flat=True)) == {"undone"}
    withdraw(order, corrections.WITHDRAWN, "lujian")
    duty.refresh_from_db()
    assert duty.extended


def test_an_earlier_shown_breach_is_kept(order: Order, firm: Firm, later: Later) -> None:
    """A question asked by mistake was shown as overdue; withdrawn and put back, the log still says when."""
    firm.send(order)
    handover.ask(scenes.copy_of(order, "project"), text="由谁供电？", by=actor("linxiaolan"))
    fact = fact_of(order, "handover.question_asked")
    with later("2026-09-11 10:00"):
        run_due()
        duty = duty_of(order, "2.3.1.b")
        assert duty.state == "breached"
        request = acts.request_withdrawal(fact, reason="问错了订单", by=actor("linxiaolan"))
        acts.withdraw_fact(fact, reason=request.reason, request=request, by=actor("wangqiming"))
        assert not Duty.objects.filter(pk=duty.pk).exists()
        assert ShownBreach.objects.get(duty_id=duty.pk).from_at == duty.breached_at
        acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="没有问错", by=actor("wangqiming"))
        assert Duty.objects.get(pk=duty.pk).state == "breached"
        assert ShownBreach.objects.filter(duty_id=duty.pk).exists()
        assert rebuild().different == []


@pytest.mark.parametrize("name", ["order.signed", "order.registered", "handover.submitted", "handover.copy_sent"])
def test_what_others_have_read_is_put_right_otherwise(order: Order, firm: Firm, name: str) -> None:
    firm.send(order)
    with unchanged("留在记录"):
        withdraw(order, name)
    with unchanged("留在记录"):
        acts.request_withdrawal(fact_of(order, name), reason="记错了", by=actor("wumin"))


def test_what_the_clock_states_is_not_withdrawn(order: Order, later: Later) -> None:
    with later("2026-09-10 10:00"):
        run_due()
        with unchanged("系统"):
            acts.request_withdrawal(fact_of(order, "general.duty_breached"), reason="记错了", by=actor("wumin"))
