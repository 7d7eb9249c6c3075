"""What comes between in the sample company: questions, corrections, copies taken back, photographs, an exempted act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Kind, Request
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.models import Question
from aftersign.demo.papers import picture
from aftersign.demo.scenes import actor, complete, copy_of, seller
from aftersign.demo.script import Crew
from aftersign.kernel.acts.refusals import Refused
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import UNFINISHED, Duty

GATE, GATED = "2.1.3.e", "order.complete"
LATER = timedelta(days=21)


def take(order: Order, code: str, crew: Crew) -> None:
    """Somebody of a department takes the duty to sign for its copy."""
    owed = Duty.objects.filter(order=order, owner_department__code=code, owner=None, state__in=UNFINISHED)
    acts.take_duty(owed.order_by("due_at", "pk")[0], by=actor(crew.of(code)))


def ask(order: Order, code: str, crew: Crew) -> None:
    """A department asks about what the form says."""
    text = "现场是否允许周末施工，停机窗口由谁确认？"
    handover.ask(copy_of(order, code), text=text, item="customer_requirements.R1", by=actor(crew.of(code)))


def answer(order: Order) -> None:
    """The salesperson answers what was asked last."""
    question = Question.objects.filter(order=order).latest("asked_at")
    handover.answer(question, text="周末可以施工，停机窗口由客户当班调度确认，已写入需求书。", by=seller(order))


def correct(order: Order) -> None:
    """The salesperson puts right what everybody has signed for."""
    handover.correct(
        order,
        item="customer_requirements.R1",
        old="需求书第 4 页",
        new="需求书第 6 页",
        cause="页码写错",
        by=seller(order),
    )


def recall(order: Order, code: str) -> None:
    """The salesperson takes back a copy that went to a department which has nothing to do with the order."""
    handover.recall_copy(copy_of(order, code), reason="本单无需采购，误送", by=seller(order))


def postpone(order: Order) -> None:
    """The customer wants the delivery later, and the order says so."""
    known = particulars_of(order)
    day = known.delivery_on + LATER if known.delivery_on else None
    orders.change_information(order, entry=replace(known, delivery_on=day), by=seller(order))


def photograph(order: Order, seed: int) -> None:
    """Pictures of what was delivered are put to the order."""
    shown = (picture("到货现场.jpg", seed), picture("安装完成.jpg", seed + 1))
    orders.change_information(order, entry=particulars_of(order), papers=shown, by=seller(order))


def exempt(order: Order) -> None:
    """The order may not be completed while a department has not signed; two others let it pass, and it is completed."""
    try:
        complete(order, warranted=False)
    except Refused:
        acts.request_release(order, term=GATE, act=GATED, reason="财务人员盘点外出，客户急需开票", by=seller(order))
    request = Request.objects.get(order=order, kind=Kind.RELEASE)
    acts.agree_to_release(request, by=actor("lujian"))
    acts.release_gate(request, by=actor("chenli"))
    complete(order, warranted=False)
