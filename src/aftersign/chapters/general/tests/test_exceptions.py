"""Waivers and extensions: asked for by whoever owes the duty, approved by the edition's approvers, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from aftersign.chapters.general import acts, deciding
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.tests.exceptions import ask_extension, ask_waiver, duty_of, order_of, stated, unchanged
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.acts import Ceremony
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.policy.models import Duty
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm, at

Later = Callable[[str], AbstractContextManager[object]]
FORM = "2.1.1.a"
RIGHT, WHY, ANSWERED = "权限", "写明", "已经答复"


@pytest.fixture
def duty(firm: Firm) -> Duty:
    """To submit the handover form, owed by the salesperson."""
    return duty_of(firm.register(), FORM)


def test_a_duty_is_waived_by_the_head_of_its_owner(duty: Duty) -> None:
    request = ask_waiver(duty)
    assert stated()[-1] == "general.waiver_requested"
    assert deciding.approvers(request) == {actor("lujian").id}
    acts.waive_duty(request, by=actor("lujian"))
    duty.refresh_from_db()
    request.refresh_from_db()
    assert stated()[-1] == "general.duty_waived"
    assert (duty.state, duty.cause) == ("waived", "general.duty_waived")
    assert (request.state, request.decided_by) == ("approved", actor("lujian").person)
    assert rebuild().different == []


def test_it_opens_no_gate(duty: Duty, firm: Firm) -> None:
    acts.waive_duty(ask_waiver(duty), by=actor("lujian"))
    with unchanged("缺少|交接", "2.1.3.f"):
        handover.sign(order_of(duty), check_value="x", ceremony=Ceremony("属实"), by=actor("wumin"))


@pytest.mark.parametrize("account", ["wangqiming", "linxiaolan", "fangzheng", "sunqian"])
def test_nobody_else_approves(duty: Duty, account: str) -> None:
    request = ask_waiver(duty)
    for act in (acts.waive_duty, lambda each, by: acts.refuse_request(each, reason="不同意", by=by)):
        with unchanged(RIGHT):
            act(request, by=actor(account))


def test_whoever_asked_never_approves(firm: Firm) -> None:
    """The head of the department asks for what the department owes: nobody stands between them and themselves."""
    order = firm.register(points=1)
    firm.send(order, points=1)
    copy = duty_of(order, "2.1.3.b", "project")
    with unchanged("没有人能批准"):
        ask_waiver(copy, "wangqiming")
    request = ask_waiver(copy, "linxiaolan")
    with unchanged(RIGHT):
        acts.waive_duty(request, by=actor("linxiaolan"))


@pytest.mark.parametrize("account", ["lujian", "linxiaolan", "chenli"])
def test_only_whoever_owes_it_asks(duty: Duty, account: str) -> None:
    with unchanged(RIGHT):
        ask_waiver(duty, account)
    with unchanged(RIGHT):
        ask_extension(duty, account)


def test_a_request_needs_its_reason_and_a_day(duty: Duty) -> None:
    with unchanged(WHY):
        ask_waiver(duty, reason="  ")
    with unchanged("字"):
        ask_waiver(duty, reason="长" * 1001)
    with unchanged("之前"):
        ask_waiver(duty, until=date(2026, 9, 6))


def test_one_request_waits_at_a_time(duty: Duty) -> None:
    first = ask_waiver(duty)
    with unchanged("吴敏"):
        ask_waiver(duty)
    acts.refuse_request(first, reason="客户没有书面确认", by=actor("lujian"))
    assert stated()[-1] == "general.request_refused"
    assert ask_waiver(duty).state == "open"
    assert Request.objects.filter(duty=duty).count() == 2


def test_a_refusal_has_a_reason_and_is_final(duty: Duty) -> None:
    request = ask_waiver(duty)
    with unchanged(WHY):
        acts.refuse_request(request, reason="", by=actor("lujian"))
    acts.refuse_request(request, reason="客户没有书面确认", by=actor("lujian"))
    with unchanged(ANSWERED):
        acts.waive_duty(request, by=actor("lujian"))
    duty.refresh_from_db()
    assert duty.state == "open"


def test_whoever_asked_withdraws_it(duty: Duty) -> None:
    request = ask_waiver(duty)
    with unchanged(RIGHT):
        acts.withdraw_request(request, by=actor("lujian"))
    acts.withdraw_request(request, by=actor("wumin"))
    assert stated()[-1] == "general.request_withdrawn"
    with unchanged(ANSWERED):
        acts.waive_duty(request, by=actor("lujian"))


def test_a_request_about_a_duty_that_has_ended_is_void(duty: Duty, firm: Firm) -> None:
    request = ask_waiver(duty)
    assert [each.pk for each in deciding.waiting_for(actor("lujian"))] == [request.pk]
    firm.send(order_of(duty))
    assert deciding.waiting_for(actor("lujian")) == []
    with unchanged("已经结束"):
        acts.waive_duty(request, by=actor("lujian"))
    with unchanged("已经结束"):
        ask_extension(duty)


def test_a_breached_duty_is_waived_and_stays_overdue_before_the_waiver(duty: Duty, later: Later) -> None:
    with later("2026-09-10 10:00"):
        run_due()
        acts.waive_duty(ask_waiver(duty), by=actor("lujian"))
    duty.refresh_from_db()
    assert duty.state == "waived"
    assert duty.breached_at == at("2026-09-09 00:00")


def test_a_duty_gets_a_later_due_time(duty: Duty) -> None:
    old = duty.due_at
    request = ask_extension(duty)
    acts.extend_duty(request, by=actor("lujian"))
    duty.refresh_from_db()
    request.refresh_from_db()
    assert (duty.due_at, duty.extended, duty.state) == (at("2026-09-12 00:00"), True, "open")
    assert (request.old_due, request.state) == (old, "approved")
    assert rebuild().different == []


def test_an_extension_comes_before_the_due_time(duty: Duty, later: Later) -> None:
    request = ask_extension(duty)
    with later("2026-09-09 09:00"):
        with unchanged("到期之前", "1.3.3.c"):
            acts.extend_duty(request, by=actor("lujian"))
        assert deciding.waiting_for(actor("lujian")) == []
        acts.withdraw_request(request, by=actor("wumin"))
        with unchanged("到期之前", "1.3.3.c"):
            ask_extension(duty)


def test_and_leads_to_a_later_one(duty: Duty) -> None:
    with unchanged("到期之前", "1.3.3.c"):
        ask_extension(duty, new_due=duty.due_at or at("2026-09-08 00:00"))


@pytest.mark.parametrize("account", ["wumin", "linxiaolan", "wangqiming"])
def test_nobody_else_extends(duty: Duty, account: str) -> None:
    request = ask_extension(duty)
    with unchanged(RIGHT):
        acts.extend_duty(request, by=actor(account))


def test_a_paused_duty_is_extended_too(firm: Firm, later: Later) -> None:
    """A returned copy stops the clock of signing for it; what is left is counted anew from the stop."""
    order = firm.register()
    firm.send(order)
    scenes.send_back(order, "finance")
    copy = duty_of(order, "2.1.3.b", "finance")
    assert (copy.state, copy.left) == ("paused", "2bd")
    with unchanged("到期之前", "1.3.3.c"):
        ask_extension(copy, "hejing", at("2026-09-09 00:00"))
    acts.extend_duty(ask_extension(copy, "hejing", at("2026-09-17 00:00")), by=actor("luoyun"))
    copy.refresh_from_db()
    assert (copy.state, copy.left, copy.extended) == ("paused", "7bd", True)
    assert rebuild().different == []
