"""Releases: whoever a gate refused asks, two others agree, and the act passes that gate once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aftersign.chapters.general import acts, deciding
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.tests.exceptions import fact_of, stated, unchanged
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.acts import Ceremony
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.gatekeeper import is_firm
from tests.firm import Firm

GATE, ACT = "2.1.3.e", "order.complete"


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order that cannot be completed, because it was never handed over."""
    found = firm.register()
    refuse(found)
    return found


def refuse(order: Order) -> None:
    """The salesperson tries to complete it."""
    with pytest.raises(Refused) as no:
        scenes.complete(order)
    assert {term for each in no.value.refusals for term in each.terms} == {GATE}


def ask(order: Order, account: str = "wumin", term: str = GATE, act: str = ACT) -> Request:
    return acts.request_release(order, term=term, act=act, reason="客户下落不明，无人签收", by=actor(account))


def test_two_others_let_the_act_pass_once(order: Order) -> None:
    request = ask(order)
    assert deciding.approvers(request) == {actor("lujian").id, actor("chenli").id}
    acts.agree_to_release(request, by=actor("lujian"))
    assert stated()[-1] == "general.release_agreed"
    refuse(order)
    acts.release_gate(request, by=actor("chenli"))
    request.refresh_from_db()
    assert (request.state, request.clause, request.order) == ("approved", "2.1.3", order)
    scenes.complete(order)
    assert stated()[-2:] == ["general.gate_released", "order.completed"]


def test_the_release_is_used_up(order: Order, firm: Firm) -> None:
    request = ask(order)
    acts.agree_to_release(request, by=actor("chenli"))
    acts.release_gate(request, by=actor("lujian"))
    scenes.complete(order)
    with unchanged("1 条", "1.3.3.e"):
        acts.withdraw_fact(fact_of(order, "general.gate_released"), reason="误批", by=actor("lujian"))
    acts.withdraw_fact(fact_of(order, "order.completed"), reason="验收单不是这个订单的", by=actor("wumin"))
    acts.withdraw_fact(fact_of(order, "general.gate_released"), reason="误批", by=actor("lujian"))
    request.refresh_from_db()
    assert request.state == "undone"
    refuse(order)


def test_one_alone_does_not_release(order: Order) -> None:
    request = ask(order)
    with unchanged("两人", "1.3.3.d"):
        acts.release_gate(request, by=actor("chenli"))
    acts.agree_to_release(request, by=actor("chenli"))
    with unchanged("两人", "1.3.3.d"):
        acts.release_gate(request, by=actor("chenli"))
    with unchanged("陈立 已经同意", "1.3.3.d"):
        acts.agree_to_release(request, by=actor("lujian"))
    assert deciding.waiting_for(actor("chenli")) == []
    assert [each.pk for each in deciding.waiting_for(actor("lujian"))] == [request.pk]


@pytest.mark.parametrize("account", ["wumin", "wangqiming", "hejing", "fangzheng"])
def test_nobody_else_agrees(order: Order, account: str) -> None:
    request = ask(order)
    with unchanged("权限"):
        acts.agree_to_release(request, by=actor(account))


def test_a_release_is_refused_by_either(order: Order) -> None:
    request = ask(order)
    acts.agree_to_release(request, by=actor("chenli"))
    acts.refuse_request(request, reason="先联系客户", by=actor("lujian"))
    with unchanged("已经答复"):
        acts.release_gate(request, by=actor("lujian"))


def test_whoever_asked_or_agreed_already_gives_no_further_answer(order: Order) -> None:
    request = ask(order)
    for_the_head = replace(actor("wumin"), on_behalf_of=actor("lujian").person)
    with unchanged("由他人答复"):
        acts.agree_to_release(request, by=for_the_head)
    with unchanged("由他人答复"):
        acts.refuse_request(request, reason="不需要了", by=for_the_head)
    acts.agree_to_release(request, by=actor("chenli"))
    with unchanged("由他人答复"):
        acts.refuse_request(request, reason="再想想", by=actor("chenli"))
    acts.release_gate(request, by=actor("lujian"))


def test_only_whoever_was_refused_asks(order: Order) -> None:
    with unchanged("谁被拒绝"):
        ask(order, "linxiaolan")
    with unchanged("权限"):
        ask(order, "fangzheng")


def test_a_firm_gate_is_never_released(firm: Firm) -> None:
    order = firm.register()
    with unchanged("不能放行", "1.3.3.d"):
        ask(order, term="2.1.3.j", act="handover.submit")
    with unchanged("不能放行", "1.3.3.d"):
        ask(order, term="2.1.1.b", act="handover.submit")
    with unchanged("不能放行", "1.3.3.d"):
        ask(order, term="2.1.3.e", act="order.close")


def test_an_act_within_a_ceremony_is_noted_under_its_own_name(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    copy = scenes.copy_of(order, "project")
    copy.form.check_value = "0" * 64
    with pytest.raises(Refused) as no:
        handover.sign_for_copy(copy, check_value="0" * 64, points=(), ceremony=Ceremony("负责"), by=actor("linxiaolan"))
    noted = RefusedAct.objects.get(pk=str(no.value.noted))
    assert (noted.act, noted.unit, noted.unit_id) == ("handover.accept_copy", "handover_copy", str(copy.pk))


def test_what_an_act_asks_of_everybody_is_released_by_nobody(order: Order) -> None:
    """Nobody approves what they asked for themselves: the act says so, whatever an edition says of its gate."""
    orders.request_suspension(order, reason="客户停产", by=actor("lujian"))
    halt = order.halt_requests.get()
    with pytest.raises(Refused) as no:
        orders.suspend(order, request=halt, by=actor("lujian"))
    assert {term for each in no.value.refusals for term in each.terms} == {"1.3.3.g"}
    with unchanged("不能放行", "1.3.3.d"):
        ask(order, "lujian", term="1.3.3.g", act="order.suspend")
    rulebook = store.shown()
    assert rulebook is not None
    assert (is_firm(rulebook.terms["1.3.3.g"]), is_firm(rulebook.terms[GATE])) == (True, False)
