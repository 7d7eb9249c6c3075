"""What people do in the sample company, one act each; nothing is written past the acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
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
from aftersign.demo.papers import contract, paper, quotation, wishes
from aftersign.demo.script import CONTACTS, FIRST, Crew, Plot
from aftersign.demo.sheets import pdf
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Department, Person
from aftersign.kernel.org.queries import company, department_of_code, running_deputyships
from aftersign.kernel.vault.taking import take
from aftersign.orders import acts as orders
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
from aftersign.orders.models import Customer, Order

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


def day_of(moment: datetime) -> date:
    """The company's day at a moment, wherever the machine stands."""
    return timezone.localtime(moment).date()


def team_of(crew: Crew) -> tuple[MemberEntry, ...]:
    """The team that a crew makes, with the usual people for what it leaves open and to stand in for it."""
    own = {"project_manager": crew.project, "customer_service": crew.customer_service, "finance": crew.finance}
    usual = {post: (who, next(each for each in TEAM[post] if each != who)) for post, who in own.items()}
    return _members(TEAM | usual)


def team_with(**others: str) -> tuple[MemberEntry, ...]:
    """The usual team of an order, with others for some of its posts."""
    return _members({**TEAM, **{post: (account, None) for post, account in others.items()}})


def _members(usual: Mapping[str, tuple[str, str | None]]) -> tuple[MemberEntry, ...]:
    return tuple(
        MemberEntry(post=post, person=_person(one), deputy=_person(two) if two else None)
        for post, (one, two) in usual.items()
    )


def register(plot: Plot, number: int, day: int) -> Order:
    """The salesperson registers the order with its papers."""
    return orders.register(company(), registration=_entry(plot, number, day), by=actor(plot.crew.sales))


def adopt(plot: Plot, number: int, day: int, stage: str) -> Order:
    """The salesperson takes in an order that was running before the policy took effect."""
    entry, reason = _entry(plot, number, day), "制度施行以前已在执行，原有纸质交接单随卷"
    return orders.adopt(company(), registration=entry, stage=stage, reason=reason, by=actor(plot.crew.sales))


def _entry(plot: Plot, number: int, day: int) -> Registration:
    signed = date.fromordinal(day)
    number_of_it = f"HT-{signed.year}-{number:04d}"
    known = Customer.objects.filter(name=plot.customer).first()
    contact = CONTACTS[plot.customer]
    delivery = signed + timedelta(days=plot.delivery)
    return Registration(
        title=plot.title,
        contract_no=number_of_it,
        kind=plot.kind,
        signed_on=signed,
        currency=plot.currency,
        rate=plot.rate,
        delivery_on=delivery,
        amount=plot.amount,
        tax_rate=Decimal(13),
        sales_owner=_person(plot.crew.sales),
        customer=known.pk if known else None,
        new_customer=None
        if known
        else CustomerEntry(name=plot.customer, contacts=(ContactEntry(name=contact[0], role=contact[1]),)),
        lines=_lines(plot),
        milestones=_milestones(plot),
        criteria=(CriterionEntry(text="按需求书逐项验收，连续运行 72 小时无故障", source="合同第 7 页"),),
        papers=(
            contract(plot, number_of_it, signed, delivery),
            wishes(plot, signed),
            quotation(plot, 1100 + number),
            PaperEntry(kind="negotiation_record", none_reason="电话议价，没有书面记录"),
        ),
        team=team_of(plot.crew),
    )


def send(order: Order, plot: Plot, also: str = "") -> None:
    """The salesperson fills the form, signs it and sends it out, to one more department where there is a code."""
    handover.send_and_sign(
        order,
        content=content_of(order, plot),
        departments=receiving(*([also] if also else [])),
        responsibility="内容属实，材料齐全",
        by=seller(order),
    )


def explain(order: Order, crew: Crew = FIRST) -> None:
    """The salesperson explains the key points to all departments in one meeting."""
    copies = tuple(HandoverCopy.objects.exclude(state="recalled").filter(order=order))
    points = tuple(each["no"] for each in copies[0].form.content.key_points)
    attendees = tuple(Person.objects.filter(account__in=[crew.of(code) for code in RECEIVERS]).order_by("pk"))
    session = Session(held_at=now(), channel="in_person", attendees=attendees)
    handover.explain(order, copies=copies, session=session, points=points, by=seller(order))


def accept(order: Order, code: str, crew: Crew = FIRST) -> None:
    """A department signs for its copy, having understood the key points."""
    copy = copy_of(order, code)
    points = tuple(each["no"] for each in copy.form.content.key_points)
    handover.sign_for_copy(
        copy,
        check_value=copy.form.check_value,
        points=points,
        ceremony=Ceremony("自签收起，按本版负责计划、执行和交付"),
        by=actor_or_deputy(crew.of(code)),
    )


def send_back(order: Order, code: str, crew: Crew = FIRST) -> None:
    """A department returns its copy with a reason."""
    copy = copy_of(order, code)
    items = (Returning("customer_requirements.R1", "unclear", "验收准则没有可核对的指标"),)
    handover.return_copy(copy, check_value=copy.form.check_value, items=items, by=actor(crew.of(code)))


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


def name_team(order: Order, crew: Crew = FIRST) -> None:
    """The head of the project department names the team."""
    orders.name_team(order, team=team_of(crew), by=actor("wangqiming"))


def complete(order: Order, account: str = "", *, warranted: bool = True) -> None:
    """The customer has accepted the delivery, and has a year of warranty or none."""
    today = day_of(now())
    orders.complete(
        order,
        acceptance=paper("acceptance", "验收单.pdf", (order.number, order.title, order.customer.name, "验收合格。")),
        accepted_by=CONTACTS[order.customer.name][0],
        accepted_on=today,
        warranty_until=today + timedelta(days=365) if warranted else None,
        by=actor(account) if account else seller(order),
    )


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
    sections[MATTERS] = Section(matters, none_by="" if matters else order.sales_owner.name)
    sections.setdefault(BASIC, Section({"subject": plot.title}))
    return replace(proposed, sections=sections, documents=tuple(_answered(each, order) for each in proposed.documents))


def _answered(document: Document, order: Order) -> Document:
    if document.is_answered:
        return document
    return replace(document, none_reason=document.none_reason or "没有此类文件", none_by=order.sales_owner.name)


def _lines(plot: Plot) -> tuple[LineEntry, ...]:
    """What was ordered: all in one line, or in parts whose shares are given in percent."""
    return tuple(
        LineEntry(name=name, quantity=Decimal(1), unit_price=plot.amount * share / 100)
        for name, share in plot.parts or ((plot.title, 100),)
    )


def _milestones(plot: Plot) -> tuple[MilestoneEntry, ...]:
    shares = (("预付款", 30), ("到货款", 30), ("验收款", 35), ("质保金", 5))
    return tuple(
        MilestoneEntry(name=name, percent=Decimal(share), amount=plot.amount * share / 100) for name, share in shares
    )


def receiving(*also: str) -> tuple[Department, ...]:
    """The departments that must receive a copy, and others by their codes."""
    return tuple(found for code in (*RECEIVERS, *also) if (found := department_of_code(code)))


def copy_of(order: Order, code: str) -> HandoverCopy:
    """The copy that a department holds."""
    return HandoverCopy.objects.exclude(state="recalled").get(order=order, department__code=code)


def _person(account: str) -> UUID:
    return Person.objects.get(account=account).pk
