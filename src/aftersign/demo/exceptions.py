"""What people of the sample company do about duties that cannot be met as they stand, and about a slip of the pen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Kind, Request
from aftersign.demo.scenes import actor, seller
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import UNFINISHED, Duty, StatedFact

HEADS = {"sales": "lujian", "project": "chenli"}
"""Who decides on what a salesperson and the head of the project department ask for."""


def ask_extension(order: Order, term: str) -> None:
    """The owner of a duty asks for three more days."""
    duty = _duty(order, term)
    today = timezone.localtime(now()).date()
    day = max(today, timezone.localtime(duty.due_at).date()) if duty.due_at else today
    new_due = timezone.make_aware(datetime.combine(day + timedelta(days=4), time()))
    acts.request_extension(duty, reason="客户的补充资料下周才到，先办会缺附件", new_due=new_due, by=_owner(duty))


def ask_waiver(order: Order, term: str) -> None:
    """The owner of a duty asks that it need not be met."""
    duty = _duty(order, term)
    until = timezone.localtime(now()).date() + timedelta(days=90)
    acts.request_waiver(duty, reason="本单为电子签约，没有纸质原件，电子原件已入库", until=until, by=_owner(duty))


def approve(order: Order, code: str) -> None:
    """The head grants what was asked for last."""
    request = Request.objects.filter(order=order).latest("asked_at")
    by = actor(HEADS[code])
    if request.kind == Kind.EXTENSION:
        acts.extend_duty(request, by=by)
    else:
        acts.waive_duty(request, by=by)


def refuse(order: Order, code: str) -> None:
    """The head does not grant what was asked for last."""
    request = Request.objects.filter(order=order).latest("asked_at")
    acts.refuse_request(request, reason="班组已经排好，按期办理", by=actor(HEADS[code]))


def slip(order: Order) -> None:
    """The salesperson puts the delivery of another order into this one, and withdraws it."""
    delivery = order.signed_on + timedelta(days=30)
    orders.change_information(order, entry=replace(particulars_of(order), delivery_on=delivery), by=seller(order))
    fact = StatedFact.objects.filter(order=order, fact="order.information_changed").latest("sequence")
    acts.withdraw_fact(fact, reason="看错了合同，这是另一单的交付日期", by=seller(order))


def _duty(order: Order, term: str) -> Duty:
    return (
        Duty.objects.filter(order=order, term=term, state__in=UNFINISHED)
        .select_related("owner", "order")
        .order_by("due_at", "pk")[0]
    )


def _owner(duty: Duty) -> Actor:
    """Whoever owes a duty, at their desk."""
    if duty.owner is None:
        raise TypeError("only what somebody owes is put off here")
    return actor(duty.owner.account)
