"""Facts of the handover withdrawn and put back: copies, signatures, returns, questions and the rest follow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.tests.exceptions import fact_of, order_of, stated, unchanged
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.models import (
    Correction,
    Explanation,
    Handover,
    HandoverCopy,
    Original,
    Question,
    ReturnItem,
    Signature,
)
from aftersign.demo import scenes
from aftersign.demo.scenes import actor, copy_of
from aftersign.kernel.journal import corrections
from aftersign.kernel.org.models import Department
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from aftersign.policy.rebuild import rebuild
from tests.firm import Firm

ROWS = (Handover, HandoverCopy, Signature, ReturnItem, Question, Explanation, Original, Correction)
IGNORED = {"version"}
Later = Callable[[str], AbstractContextManager[object]]


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order with a key point, sent to three departments."""
    found = firm.register(points=1)
    firm.send(found, points=1)
    return found


def rows(order: Order) -> object:
    """What stands of a handover, and the duties, without what only counts how often something was touched."""
    picture: list[object] = []
    for kind in ROWS:
        names = [field.attname for field in kind._meta.concrete_fields if field.name not in IGNORED]
        picture.append(sorted(map(str, kind.objects.filter(order=order).values_list(*names))))
    held = Explanation.objects.filter(order=order, copies__isnull=False).values_list("pk", "copies")
    duties = Duty.objects.filter(order=order).order_by("pk").values_list("pk", "state", "due_at", "left", "owner")
    return [picture, sorted(map(str, held)), list(duties)]


def accept_all(order: Order) -> None:
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)


def ask(order: Order) -> Question:
    return handover.ask(copy_of(order, "project"), text="由谁供电？", by=actor("linxiaolan"))


def answer(order: Order) -> None:
    handover.answer(ask(order), text="由总包方供电", by=actor("wumin"))


def withdraw_question(order: Order) -> None:
    handover.withdraw_question(ask(order), reason="已查到", by=actor("linxiaolan"))


def correct(order: Order) -> None:
    accept_all(order)
    handover.correct(order, item="basic_information.acceptance", old="甲", new="乙", cause="抄错", by=actor("wumin"))


CASES: dict[str, tuple[Callable[[Order], object], str]] = {
    "handover.question_asked": (ask, "linxiaolan"),
    "handover.question_answered": (answer, "wumin"),
    "handover.question_withdrawn": (withdraw_question, "linxiaolan"),
    "handover.key_points_explained": (scenes.explain, "wumin"),
    "handover.copy_returned": (lambda order: scenes.send_back(order, "finance"), "hejing"),
    "handover.copy_accepted": (lambda order: scenes.accept(order, "finance"), "hejing"),
    "handover.original_received": (scenes.keep_original, "sunqian"),
    "handover.corrected": (correct, "wumin"),
}


@pytest.mark.parametrize("name", CASES)
def test_rows_follow_the_withdrawal_and_its_withdrawal(order: Order, name: str) -> None:
    doing, account = CASES[name]
    doing(order)
    there = rows(order)
    by = actor(account)
    acts.withdraw_fact(fact_of(order, name), reason="记错了", by=by)
    gone = rows(order)
    assert gone != there
    assert rebuild().different == []
    acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="没有记错", by=by)
    assert rows(order) == there
    assert rebuild().different == []
    acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="确实记错", by=by)
    assert rows(order) == gone
    assert rebuild().different == []


def test_the_last_signature_takes_the_completion_with_it(order: Order) -> None:
    accept_all(order)
    order.refresh_from_db()
    assert order.stage == "handed_over"
    with unchanged("最后一个部门"):
        acts.withdraw_fact(fact_of(order, "handover.accepted"), reason="记错了", by=actor("hejing"))
    acts.withdraw_fact(fact_of(order, "handover.copy_accepted"), reason="签错了", by=actor("hejing"))
    order.refresh_from_db()
    assert order.stage == "signed"
    assert stated()[-2:] == [corrections.WITHDRAWN] * 2
    copy = copy_of(order, "finance")
    assert (copy.state, copy.signatures.count(), Signature.everything.filter(copy=copy).count()) == ("sent", 0, 1)
    scenes.accept(order, "finance")
    order.refresh_from_db()
    assert order.stage == "handed_over"
    assert rebuild().different == []


def test_a_completion_by_a_recall_is_withdrawn_before_the_signatures(order: Order) -> None:
    quality = Department.objects.get(code="quality")
    handover.distribute(order, departments=(*scenes.receiving(), quality), by=actor("wumin"))
    copy = copy_of(order, "quality")
    items = (handover.Returning("customer_requirements.R1", "unclear", "没有指标"),)
    handover.return_copy(copy, check_value=copy.form.check_value, items=items, by=actor("zhaoping"))
    accept_all(order)
    handover.recall_copy(copy, reason="送错部门", by=actor("wumin"))
    there, signed = rows(order), fact_of(order, "handover.copy_accepted")
    with unchanged("交接已完成", "1.3.3.e"):
        acts.withdraw_fact(signed, reason="签错了", by=actor("hejing"))
    acts.withdraw_fact(fact_of(order, "handover.accepted"), reason="还没有完", by=actor("wumin"))
    order.refresh_from_db()
    assert order.stage == "signed"
    acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="已经完了", by=actor("wumin"))
    assert rows(order) == there
    acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="还没有完", by=actor("wumin"))
    acts.withdraw_fact(signed, reason="签错了", by=actor("hejing"))
    assert copy_of(order, "finance").state == "sent"
    assert rebuild().different == []


def test_an_earlier_signature_waits_for_the_completion_to_be_withdrawn(order: Order) -> None:
    accept_all(order)
    first = (
        fact_of(order, "handover.copy_accepted")
        .__class__.objects.filter(order=order, fact="handover.copy_accepted")
        .earliest("sequence")
    )
    with unchanged("交接已完成", "1.3.3.e"):
        acts.withdraw_fact(first, reason="签错了", by=actor("linxiaolan"))


def test_a_copy_that_was_sent_again_is_not_answered_in_the_past(order: Order, later: Later) -> None:
    scenes.send_back(order, "finance")
    returned = ReturnItem.objects.count()
    handover.resend_copy(copy_of(order, "finance"), note="已说明", answers={}, by=actor("wumin"))
    with later("2026-09-07 11:00"):
        scenes.send_back(order, "finance")
        acts.withdraw_fact(fact_of(order, "handover.copy_returned"), reason="看错了", by=actor("hejing"))
    assert (copy_of(order, "finance").state, ReturnItem.objects.count()) == ("resent", returned)
    handover.resend_copy(copy_of(order, "finance"), note="再说明", answers={}, by=actor("wumin"))
    with unchanged("已补正重送", "1.3.3.e"):
        acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="没有看错", by=actor("hejing"))
    scenes.accept(order, "finance")
    with unchanged("已签收本版"):
        handover.resend_copy(copy_of(order, "finance"), note="又一次", answers={}, by=actor("wumin"))
    assert rebuild().different == []


def test_what_needs_the_completion_is_withdrawn_before_it(order: Order) -> None:
    accept_all(order)
    scenes.complete(order)
    with unchanged("订单已完成", "1.3.3.e"):
        acts.withdraw_fact(fact_of(order, "handover.copy_accepted"), reason="签错了", by=actor("hejing"))


def test_points_confirmed_wait_for_the_signature(order: Order) -> None:
    scenes.accept(order, "finance")
    confirmed = fact_of(order, "handover.key_points_confirmed")
    with unchanged("接收部门已签收", "1.3.3.e"):
        acts.withdraw_fact(confirmed, reason="没有核对", by=actor("hejing"))
    acts.withdraw_fact(fact_of(order, "handover.copy_accepted"), reason="签错了", by=actor("hejing"))
    acts.withdraw_fact(confirmed, reason="没有核对", by=actor("hejing"))
    with unchanged("重点", "2.3.2.b"):
        copy = copy_of(order, "finance")
        handover.accept_copy(
            copy, check_value=copy.form.check_value, ceremony=handover.Ceremony("负责"), by=actor("hejing")
        )
    assert order_of(Duty.objects.filter(order=order)[0]) == order


def test_an_answer_given_anew_is_not_overwritten(order: Order) -> None:
    answer(order)
    acts.withdraw_fact(fact_of(order, "handover.question_answered"), reason="答错了", by=actor("wumin"))
    handover.answer(Question.objects.get(), text="由甲方供电", by=actor("wumin"))
    with unchanged("不能再这样办理"):
        acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="没有答错", by=actor("wumin"))
    assert Question.objects.get().answer == "由甲方供电"


def test_an_original_received_anew_is_the_one_that_counts(order: Order) -> None:
    scenes.keep_original(order)
    acts.withdraw_fact(fact_of(order, "handover.original_received"), reason="柜号错了", by=actor("sunqian"))
    scenes.keep_original(order)
    with unchanged("收存"):
        acts.withdraw_fact(fact_of(order, corrections.WITHDRAWN), reason="没有错", by=actor("sunqian"))
    assert Original.objects.count() == 1
    assert Original.everything.count() == 2
