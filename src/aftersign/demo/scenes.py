"""What people do in the sample company, one act each; nothing is written past the acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover import queries
from aftersign.chapters.handover.acts import Ceremony, Returning, Session
from aftersign.chapters.handover.content import BASIC, MATTERS, REQUIREMENTS, Content, Document, Section
from aftersign.chapters.handover.models import HandoverCopy, ReturnItem
from aftersign.demo.cast import TEAM
from aftersign.demo.script import CONTACTS, Plot
from aftersign.demo.sheets import pdf
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Department, Person
from aftersign.kernel.org.queries import company, department_of_code, running_deputyships
from aftersign.kernel.vault.taking import take
from aftersign.orders import acts as orders
from aftersign.orders import papers
from aftersign.orders.entries import (
    ContactEntry,
    CriterionEntry,
    CustomerEntry,
    LineEntry,
    MemberEntry,
    MilestoneEntry,
    PaperEntry,
    Registration,
)
from aftersign.orders.models import Customer, HaltRequest, Order

RECEIVERS = {"project": "linxiaolan", "customer_service": "zhouyan", "finance": "hejing"}
POINTS = ("客户数据不得离开客户机房，开发和测试只用脱敏样本", "上线切换只能在周六 20:00 至周日 06:00")


def actor(account: str) -> Actor:
    """Somebody of the cast, at their desk."""
    person = Person.objects.select_related("department").get(account=account)
    return Actor("person", person=person, address="127.0.0.1", device="demo")


def seller(order: Order) -> Actor:
    """Whoever holds the sale of an order now."""
    return actor(order.sales_owner.account)


def actor_or_deputy(account: str) -> Actor:
    """Somebody of the cast, or, while they are away, whoever acts for them."""
    own = actor(account)
    running = running_deputyships(timezone.localtime(now()).date()).filter(person=own.person)
    deputyship = running.select_related("deputy__department").first()
    return replace(own, person=deputyship.deputy, on_behalf_of=own.person) if deputyship else own


def team_with(**others: str) -> tuple[MemberEntry, ...]:
    """The usual team of an order, with others for some of its posts."""
    usual = TEAM | {post: (account, None) for post, account in others.items()}
    return tuple(
        MemberEntry(post=post, person=_person(one), deputy=_person(two) if two else None)
        for post, (one, two) in usual.items()
    )


def paper(kind: str, name: str) -> PaperEntry:
    """A small file of the sample company, stored like any other."""
    body = pdf(name.rpartition(".")[0], ("恒信科技有限公司", "签后示例文件，内容从略。"))
    return papers.store(ContentFile(body, name=name)).as_paper(kind)


def register(plot: Plot, number: int, day: int) -> Order:
    """The salesperson registers the order with its papers."""
    return orders.register(company(), registration=_entry(plot, number, day), by=actor("wumin"))


def adopt(plot: Plot, number: int, day: int, stage: str) -> Order:
    """The salesperson takes in an order that was running before the policy took effect."""
    entry, reason = _entry(plot, number, day), "制度施行以前已在执行，原有纸质交接单随卷"
    return orders.adopt(company(), registration=entry, stage=stage, reason=reason, by=actor("wumin"))


def _entry(plot: Plot, number: int, day: int) -> Registration:
    signed = now().astimezone().date().fromordinal(day)
    known = Customer.objects.filter(name=plot.customer).first()
    contact = CONTACTS[plot.customer]
    return Registration(
        title=plot.title,
        contract_no=f"HT-{signed.year}-{number:04d}",
        kind=plot.kind,
        signed_on=signed,
        currency="CNY",
        delivery_on=signed + timedelta(days=90),
        amount=plot.amount,
        tax_rate=Decimal(13),
        sales_owner=_person("wumin"),
        customer=known.pk if known else None,
        new_customer=None
        if known
        else CustomerEntry(name=plot.customer, contacts=(ContactEntry(name=contact[0], role=contact[1]),)),
        lines=(LineEntry(name=plot.title, quantity=Decimal(1), unit_price=plot.amount),),
        milestones=_milestones(plot),
        criteria=(CriterionEntry(text="按需求书逐项验收，连续运行 72 小时无故障", source="合同第 7 页"),),
        papers=(
            paper("contract", f"{plot.title}合同.pdf"),
            paper("requirement_statement", f"{plot.title}需求书 v1.pdf"),
            paper("quotation", f"报价单 Q-{1100 + number}.pdf"),
            PaperEntry(kind="negotiation_record", none_reason="电话议价，没有书面记录"),
        ),
        team=team_with(),
    )


def send(order: Order, plot: Plot) -> None:
    """The salesperson fills the form, signs it and sends it out."""
    handover.send_and_sign(
        order,
        content=content_of(order, plot),
        departments=receiving(),
        responsibility="内容属实，材料齐全",
        by=seller(order),
    )


def explain(order: Order) -> None:
    """The salesperson explains the key points to all departments in one meeting."""
    copies = tuple(HandoverCopy.objects.exclude(state="recalled").filter(order=order))
    points = tuple(each["no"] for each in copies[0].form.content.key_points)
    attendees = tuple(Person.objects.filter(account__in=RECEIVERS.values()))
    session = Session(held_at=now(), channel="in_person", attendees=attendees)
    handover.explain(order, copies=copies, session=session, points=points, by=seller(order))


def accept(order: Order, code: str) -> None:
    """A department signs for its copy, having understood the key points."""
    copy = copy_of(order, code)
    points = tuple(each["no"] for each in copy.form.content.key_points)
    handover.sign_for_copy(
        copy,
        check_value=copy.form.check_value,
        points=points,
        ceremony=Ceremony("自签收起，按本版负责计划、执行和交付"),
        by=actor_or_deputy(RECEIVERS[code]),
    )


def send_back(order: Order, code: str) -> None:
    """A department returns its copy with a reason."""
    copy = copy_of(order, code)
    items = (Returning("customer_requirements.R1", "unclear", "验收准则没有可核对的指标"),)
    handover.return_copy(copy, check_value=copy.form.check_value, items=items, by=actor(RECEIVERS[code]))


def resend(order: Order, plot: Plot) -> None:
    """The salesperson corrects what was returned and sends the new version to everybody."""
    content = content_of(order, plot, criterion="32 项指标全部达标，连续运行 72 小时无故障")
    answers = {row.pk: "已与客户确认，写入需求书第 15 页" for row in ReturnItem.objects.filter(order=order)}
    handover.correct_and_resend(
        order, content=content, note="已补正", answers=answers, responsibility="内容属实，材料齐全", by=seller(order)
    )


def keep_original(order: Order) -> None:
    """Records take the original contract into keeping."""
    body = pdf("合同原件收据", (order.number, order.contract_no, "原件一份，已收存。"))
    receipt = take(ContentFile(body, name="合同原件收据.pdf"))
    keeper = Person.objects.get(account="sunqian")
    handover.receive_original(order, keeper=keeper, place="A-12-03 柜", receipt=receipt, by=actor("sunqian"))


def name_team(order: Order) -> None:
    """The head of the project department names the team."""
    orders.name_team(order, team=team_with(), by=actor("wangqiming"))


def complete(order: Order, account: str = "") -> None:
    """The customer has accepted the delivery."""
    today = now().astimezone().date()
    orders.complete(
        order,
        acceptance=paper("acceptance", "验收单.pdf"),
        accepted_by=CONTACTS[order.customer.name][0],
        accepted_on=today,
        warranty_until=today.replace(year=today.year + 1),
        by=actor(account) if account else seller(order),
    )


def suspend(order: Order) -> None:
    """The salesperson asks that the order stand still, and the head of sales approves."""
    orders.request_suspension(order, reason="客户产线检修，机房停电，现场无法进入", by=seller(order))
    orders.suspend(order, request=_asked(order), by=actor("lujian"))


def resume(order: Order) -> None:
    """The salesperson lets the order go on."""
    orders.resume(order, reason="客户恢复供电，现场可以进入", by=seller(order))


def terminate(order: Order) -> None:
    """The salesperson asks that the order end, and the general manager approves."""
    orders.request_termination(
        order, reason="客户取消项目", settled_how="预付款抵扣已发生费用，余款退回客户", by=seller(order)
    )
    orders.terminate(order, request=_asked(order), by=actor("chenli"))


def close(order: Order) -> None:
    """The salesperson closes what is completed or terminated."""
    orders.close(order, by=seller(order))


def _asked(order: Order) -> HaltRequest:
    return HaltRequest.objects.get(order=order, state="asked")


def content_of(order: Order, plot: Plot, criterion: str = "逐项核对") -> Content:
    """The form as the salesperson fills it."""
    proposed = queries.proposed(order, None)
    wish = {
        "no": "R1",
        "statement": f"{plot.title}按合同交付",
        "source": "需求书第 4 页",
        "priority": "must",
        "criterion": criterion,
    }
    matters = tuple(
        {"no": f"S{number}", "text": POINTS[number - 1], "nature": "confidentiality", "owner": "", "key": True}
        for number in range(1, plot.points + 1)
    )
    sections = dict(proposed.sections)
    sections[REQUIREMENTS] = Section((wish,))
    sections[MATTERS] = Section(matters, none_by="" if matters else "吴敏")
    sections.setdefault(BASIC, Section({"subject": plot.title}))
    return replace(proposed, sections=sections, documents=tuple(_answered(each) for each in proposed.documents))


def _answered(document: Document) -> Document:
    if document.is_answered:
        return document
    return replace(document, none_reason=document.none_reason or "没有此类文件", none_by="吴敏")


def _milestones(plot: Plot) -> tuple[MilestoneEntry, ...]:
    shares = (("预付款", 30), ("到货款", 30), ("验收款", 35), ("质保金", 5))
    return tuple(
        MilestoneEntry(name=name, percent=Decimal(share), amount=plot.amount * share / 100) for name, share in shares
    )


def receiving() -> tuple[Department, ...]:
    """The departments that must receive a copy."""
    return tuple(found for code in RECEIVERS if (found := department_of_code(code)))


def copy_of(order: Order, code: str) -> HandoverCopy:
    """The copy that a department holds."""
    return HandoverCopy.objects.exclude(state="recalled").get(order=order, department__code=code)


def _person(account: str) -> UUID:
    return Person.objects.get(account=account).pk
