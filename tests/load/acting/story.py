"""The way of one order through some twenty acts of six people, one act at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from aftersign.chapters.general import acts as general
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.acts import Ceremony, Returning, Session
from aftersign.chapters.handover.models import HandoverCopy, ReturnItem
from aftersign.demo.scenes import content_of, receiving
from aftersign.demo.script import Plot
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import new_id, now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.vault.taking import take
from aftersign.orders import acts as orders
from aftersign.orders.entries import CustomerEntry, LineEntry, MemberEntry, Registration
from aftersign.orders.models import Order
from aftersign.orders.queries.known import particulars_of
from aftersign.policy.models import UNFINISHED, Duty
from tests.load.acting.office import RECEIVING, Office, at_desk

Doing = tuple[str, Actor, Callable[[Actor], Any]]
"""An act by name, whoever does it, and how."""
POSTS = ("project_manager", "customer_service", "finance", "procurement", "quality")
RESPONSIBILITY, RECEIVED = "内容属实，材料齐全", "自签收起，按本版负责计划、执行和交付"
AMOUNT = Decimal(80000)


@dataclass
class Story:
    """One order; `order` is there once it has been registered."""

    office: Office
    seller: Person
    order: Any = None
    asked: Any = None
    answers: dict[str, Any] = field(default_factory=dict)

    def acts(self) -> Iterator[Doing]:
        """The acts in their order; each is worked out when the one before it has been done."""
        yield "register", at_desk(self.seller), self._register
        yield "change information", at_desk(self.seller), self._change
        yield "send and sign", at_desk(self.seller), self._send
        yield "ask", at_desk(self._receiver("project")), self._ask
        yield "answer", at_desk(self.seller), lambda by: handover.answer(self.asked, text="见合同附件二", by=by)
        yield "explain", at_desk(self.seller), self._explain
        yield "return", at_desk(self._receiver("customer_service")), self._return
        yield "correct and resend", at_desk(self.seller), self._resend
        for code in RECEIVING:
            yield "accept", at_desk(self._receiver(code)), lambda by, code=code: self._accept(code, by)
        yield "keep original", at_desk(self.office.heads["records"]), self._keep
        yield "name team", at_desk(self.office.heads["project"]), self._name_team
        if (duty := self._open_duty()) is not None:
            yield "ask for more time", at_desk(duty.owner), lambda by: self._extension(duty, by)
            decider = self.office.heads["sales"]
            yield "extend", at_desk(decider), lambda by: general.extend_duty(self.asked, by=by)
        yield "ask for suspension", at_desk(self.seller), self._ask_suspension
        yield "suspend", at_desk(self.office.heads["sales"]), self._suspend
        yield "resume", at_desk(self.seller), lambda by: orders.resume(self._fresh(), reason="客户现场复工", by=by)

    def _fresh(self) -> Order:
        self.order = Order.objects.select_related("customer").get(pk=self.order.pk)
        return self.order  # type: ignore[no-any-return]

    def _receiver(self, code: str) -> Person:
        return self.office.heads[code]

    def _copy(self, code: str) -> HandoverCopy:
        return HandoverCopy.objects.exclude(state="recalled").get(order=self.order, department__code=code)

    def _register(self, by: Actor) -> Order:
        is_new = self.office.chance.random() < 0.1
        entry = Registration(
            title="检测平台",
            contract_no=f"A-{new_id()}",
            kind="sales",
            signed_on=timezone.localdate() - timedelta(days=1),
            currency="CNY",
            amount=AMOUNT,
            sales_owner=self.seller.pk,
            customer=None if is_new else self.office.chance.choice(self.office.customers),
            new_customer=CustomerEntry(name=f"新客户 {new_id()}") if is_new else None,
            lines=(LineEntry(name="设备", quantity=Decimal(1), unit_price=AMOUNT),),
            papers=self.office.papers,
        )
        self.order = orders.register(company(), registration=entry, by=by)
        return self.order  # type: ignore[no-any-return]

    def _change(self, by: Actor) -> Any:
        entry = replace(particulars_of(self._fresh()), delivery_on=timezone.localdate() + timedelta(days=90))
        return orders.change_information(self.order, entry=entry, by=by)

    def _plot(self) -> Plot:
        return Plot("检测平台", "", "sales", AMOUNT, 0, (), 2)

    def _send(self, by: Actor) -> Any:
        content = content_of(self._fresh(), self._plot())
        return handover.send_and_sign(
            self.order, content=content, departments=receiving(), responsibility=RESPONSIBILITY, by=by
        )

    def _ask(self, by: Actor) -> Any:
        self.asked = handover.ask(self._copy("project"), text="验收由谁主持？", by=by)
        return self.asked

    def _explain(self, by: Actor) -> Any:
        copies = tuple(HandoverCopy.objects.exclude(state="recalled").filter(order=self.order))
        points = tuple(each["no"] for each in copies[0].form.content.key_points)
        attendees = tuple(self._receiver(code) for code in RECEIVING)
        session = Session(held_at=now(), channel="in_person", attendees=attendees)
        return handover.explain(self._fresh(), copies=copies, session=session, points=points, by=by)

    def _return(self, by: Actor) -> Any:
        copy = self._copy("customer_service")
        items = (Returning("customer_requirements.R1", "unclear", "验收准则没有可核对的指标"),)
        return handover.return_copy(copy, check_value=copy.form.check_value, items=items, by=by)

    def _resend(self, by: Actor) -> Any:
        content = content_of(self._fresh(), self._plot(), criterion="32 项指标全部达标")
        answers = {row.pk: "已与客户确认" for row in ReturnItem.objects.filter(order=self.order)}
        return handover.correct_and_resend(
            self.order, content=content, note="已补正", answers=answers, responsibility=RESPONSIBILITY, by=by
        )

    def _accept(self, code: str, by: Actor) -> Any:
        copy = self._copy(code)
        points = tuple(each["no"] for each in copy.form.content.key_points)
        ceremony = Ceremony(RECEIVED)
        return handover.sign_for_copy(copy, check_value=copy.form.check_value, points=points, ceremony=ceremony, by=by)

    def _keep(self, by: Actor) -> Any:
        body = f"%PDF-1.4\n% {self.order.number}\n%%EOF\n".encode()
        receipt = take(ContentFile(body, name="合同原件收据.pdf"))
        keeper = self.office.heads["records"]
        return handover.receive_original(self._fresh(), keeper=keeper, place="A-12-03 柜", receipt=receipt, by=by)

    def _name_team(self, by: Actor) -> Any:
        team = []
        for post in POSTS:
            holder, deputy = self.office.chance.sample(self.office.staff[post.replace("_manager", "")], 2)
            team.append(MemberEntry(post=post, person=holder.pk, deputy=deputy.pk))
        return orders.name_team(self._fresh(), team=tuple(team), by=by)

    def _open_duty(self) -> Duty | None:
        mine = Duty.objects.filter(order=self.order, owner=self.seller, state__in=UNFINISHED, due_at__gt=now())
        return mine.select_related("owner__department", "order").first()

    def _extension(self, duty: Duty, by: Actor) -> Any:
        day = timezone.localtime(duty.due_at).date() + timedelta(days=4)
        new_due = timezone.make_aware(datetime.combine(day, time()))
        self.asked = general.request_extension(duty, reason="客户的补充资料下周才到", new_due=new_due, by=by)
        return self.asked

    def _ask_suspension(self, by: Actor) -> Any:
        return orders.request_suspension(self._fresh(), reason="客户现场停工", by=by)

    def _suspend(self, by: Actor) -> Any:
        request = self._fresh().halt_requests.get(state="asked")
        return orders.suspend(self.order, request=request, by=by)
