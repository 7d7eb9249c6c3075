"""How many queries an act may ask: a hundred acts a second rest on that."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.general import acts as general
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.acts import Ceremony
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.demo import scenes
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.queries import company
from aftersign.orders import acts as orders
from aftersign.orders.entries import LineEntry, Registration
from aftersign.policy.editions.store import shown
from aftersign.policy.models import UNFINISHED, Duty
from aftersign.policy.standing import world
from tests.firm import Firm

BEGINNINGS_AND_ENDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def at_desk(account: str) -> Actor:
    """Somebody who sends a form, which has a key of its own."""
    return scenes.actor(account).with_form(key=str(new_id()), version=None)


def asked(do: Callable[[], Any]) -> int:
    """How many queries something asks, apart from beginnings and ends of transactions, once the company is known."""
    world()
    shown()
    with CaptureQueriesContext(connection) as found:
        do()
    return sum(not each["sql"].startswith(BEGINNINGS_AND_ENDS) for each in found)


def test_registering_an_order(firm: Firm) -> None:
    before, house, by = firm.register(), company(), at_desk("wumin")
    entry = Registration(
        title="又一单",
        contract_no="HT-2026-0900",
        kind="sales",
        signed_on=before.signed_on,
        currency="CNY",
        amount=Decimal(60000),
        sales_owner=before.sales_owner_id,
        customer=before.customer_id,
        lines=(LineEntry(name="设备", quantity=Decimal(1), unit_price=Decimal(60000)),),
    )
    assert asked(lambda: orders.register(house, registration=entry, by=by)) <= 21


def test_sending_and_signing_the_form(firm: Firm) -> None:
    order = firm.register()
    content = scenes.content_of(order, scenes.Plot(order.title, "", "sales", Decimal(1), 0, (), 2))
    departments, by = scenes.receiving(), at_desk("wumin")
    assert (
        asked(
            lambda: handover.send_and_sign(
                order, content=content, departments=departments, responsibility="内容属实", by=by
            )
        )
        <= 30
    )


def test_asking_answering_and_accepting(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    copies = HandoverCopy.objects.select_related("form", "order", "department")
    copy = copies.get(order=order, department__code="project")
    receiver, giver = at_desk("linxiaolan"), at_desk("wumin")
    assert asked(lambda: handover.ask(copy, text="验收由谁主持？", by=receiver)) <= 16
    question = copy.questions.select_related("copy__order").get()
    assert asked(lambda: handover.answer(question, text="见合同附件二", by=giver)) <= 16
    by, check_value, ceremony = at_desk("linxiaolan"), copy.form.check_value, Ceremony("自签收起负责")
    assert (
        asked(lambda: handover.sign_for_copy(copy, check_value=check_value, points=(), ceremony=ceremony, by=by)) <= 18
    )


def test_taking_a_duty(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    by = at_desk("linxiaolan")
    assert by.person is not None
    mine = Duty.objects.filter(order=order, state__in=UNFINISHED, owner=None, owner_department=by.person.department)
    duty = mine.select_related("order").first()
    assert duty is not None
    assert asked(lambda: general.take_duty(duty, by=by)) <= 12
