"""A small company with a signed order, and its policy in few words, to test the handover with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pytest

from aftersign.chapters.handover.content import BASIC, MATTERS, REQUIREMENTS, Content, Document, Recipient, Section
from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import checks
from aftersign.kernel.acts.checks import Asking
from aftersign.kernel.acts.doing import Doing
from aftersign.kernel.acts.doorway import Act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.units import words
from aftersign.orders.models import Customer, Order, Paper
from aftersign.policy.editions import store

PASSWORD = "a long enough password"
MEMBERS = {
    "handover_sections": (BASIC, REQUIREMENTS, MATTERS),
    "handover_recipients": ("project_department", "customer_service_department", "finance_department"),
    "requirement_document_kinds": ("requirement_statement", "service_specification"),
    "other_document_kinds": ("quotation", "negotiation_record"),
}
ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "handover.submit": (
        ("part_or_signed_none", "handover_sections"),
        ("at_least_one_part", "requirement_document_kinds"),
        ("handover_not_yet_complete", ""),
    ),
    "handover.distribute": (
        ("giver_signed_this_version", ""),
        ("every_recipient_has_a_copy", "handover_recipients"),
        ("part_or_signed_none", "other_document_kinds"),
    ),
    "handover.accept_copy": (("giver_is_not_receiver", ""), ("receiver_signs_latest_version", "")),
    "handover.return_copy": (("receiver_signs_latest_version", ""), ("handover_not_yet_complete", "")),
    "handover.resend_copy": (("giver_signed_this_version", ""), ("handover_not_yet_complete", "")),
}
HOOKS = {
    "ACT_GATEKEEPER": "aftersign.chapters.handover.tests.rig.gatekeep",
    "JOURNAL_PROJECTOR": "aftersign.chapters.handover.tests.rig.derive_nothing",
}


class FewWords:
    """Lists of the policy as the tests need them; every name stands for itself."""

    def label(self, sort: str, name: str, language: str) -> str:
        return name

    def members(self, parameter: str) -> Sequence[str]:
        return MEMBERS.get(parameter, ())


def gatekeep(doing: Doing, act: Act) -> None:
    """Ask the checks of this chapter as the default policy does, over the facts of the order."""
    order = doing.unit if isinstance(doing.unit, Order) else doing.unit.order
    facts = [*journal.of_order(order.pk), *doing.passage.facts]
    refused = []
    for name, parameter in ASKED.get(act.name, ()):
        rule = checks.offered(name)
        assert rule is not None, name
        parts = MEMBERS.get(parameter, ())
        verdict = rule(Asking(act.name, doing.actor, doing.unit, doing.given, facts, {}, parts))
        if not checks.holds(verdict):
            refused.append(Refusal(name, check=name, missing=checks.missing(verdict)))
    if refused:
        raise Refused(tuple(refused))


def derive_nothing(doing: Doing) -> None:
    """A projector without a policy."""


@dataclass
class Firm:
    """The company, its departments by code, its people by first name, and one order with its papers."""

    departments: dict[str, Department]
    people: dict[str, Person]
    order: Order

    def actor(self, name: str) -> Actor:
        """A person of the company about to act."""
        return Actor("person", person=Person.objects.select_related("department").get(pk=self.people[name].pk))

    @property
    def recipients(self) -> tuple[Department, ...]:
        """The three departments that must receive a copy."""
        return tuple(self.departments[code] for code in ("project", "customer_service", "finance"))

    @property
    def handover(self) -> Handover:
        """The handover of the order as it stands now."""
        return Handover.objects.get(order=self.order)

    @property
    def form(self) -> FormVersion:
        """The version submitted last."""
        return FormVersion.objects.filter(order=self.order).latest("number")

    def copy(self, code: str) -> HandoverCopy:
        """The live copy of a department as it stands now."""
        return HandoverCopy.objects.exclude(state="recalled").get(order=self.order, department__code=code)

    def facts(self, name: str = "") -> list[str]:
        """Names of the facts of this chapter stated so far, in their order."""
        stated = [fact.name for fact in journal.of_order(self.order.pk)]
        return [each for each in stated if each.startswith("handover.") and name in ("", each)]


STAFF = (
    ("wumin", "吴敏", "sales"),
    ("lujian", "陆建", "sales"),
    ("linxiaolan", "林晓岚", "project"),
    ("wangqiming", "王启明", "project"),
    ("zhouyan", "周岩", "customer_service"),
    ("hejing", "何静", "finance"),
    ("sunqian", "孙倩", "records"),
    ("zhaoping", "赵平", "quality"),
)
PAPERS = (("contract", "合同.pdf"), ("requirement_statement", "需求书 v1.docx"), ("quotation", "Q-1152.pdf"))
HEADS = {"sales": "lujian", "project": "wangqiming"}
NAMES = {
    "sales": "销售部",
    "project": "项目部",
    "customer_service": "客服部",
    "finance": "财务部",
    "records": "文档管理部",
    "quality": "质量部",
}


def found_firm() -> Firm:
    """Write the company and its order into the database, past the acts of the other rooms."""
    Company.objects.get_or_create(defaults={"name": "恒信科技有限公司"})
    departments = {code: Department.objects.create(code=code, name=name) for code, name in NAMES.items()}
    people = {}
    for account, name, code in STAFF:
        person = Person(account=account, name=name, department=departments[code])
        person.set_password(PASSWORD)
        person.save()
        people[account] = person
    for code, account in HEADS.items():
        departments[code].head = people[account]
        departments[code].save()
    customer = Customer.objects.create(number="C-0168", name="北辰医疗科技股份有限公司")
    order = Order.objects.create(
        number="SO-2026-0203",
        title="北辰医疗检测平台",
        customer=customer,
        contract_no="HT-2026-0231",
        kind="project",
        signed_on=date(2026, 11, 16),
        delivery_on=date(2027, 3, 31),
        amount="860000.00",
        currency="CNY",
        sales_owner=people["wumin"],
    )
    for kind, name in (
        ("contract", "合同.pdf"),
        ("requirement_statement", "需求书 v1.docx"),
        ("quotation", "Q-1152.pdf"),
    ):
        add_paper(order, kind, name)
    return Firm(departments, people, order)


def add_paper(order: Order, kind: str, name: str) -> Paper:
    """A paper of the order, with the digest of its name for that of its bytes."""
    digest = sha256(name.encode()).hexdigest()
    by = order.sales_owner
    return Paper.objects.create(
        order=order, kind=kind, name=name, size=1, sha256=digest, stated_by=by, stated_at=now(), file=f"papers/{digest}"
    )


def content(
    order: Order, *, points: int = 0, requirement: str = "采集 6 类设备的数据", recipients: tuple[Department, ...] = ()
) -> Content:
    """A complete form, with so many key points."""
    matters = tuple(
        {"no": f"S{number}", "text": f"重点 {number}", "nature": "confidentiality", "owner": "", "key": True}
        for number in range(1, points + 1)
    )
    papers = tuple(
        Document(kind=each.kind, name=each.name, paper=str(each.pk), sha256=each.sha256, version="1")
        for each in order.papers.all()
    )
    demanded = {"no": "R1", "statement": requirement, "source": "", "priority": "must", "criterion": ""}
    none = Document(kind="negotiation_record", none_reason="电话议价，没有书面记录", none_by="吴敏")
    return Content(
        sections={
            BASIC: Section({"contract_no": order.contract_no, "acceptance": "按需求书验收"}),
            REQUIREMENTS: Section((demanded,)),
            MATTERS: Section(matters, none_by="" if points else "吴敏"),
        },
        documents=(*papers, none),
        recipients=tuple(Recipient(str(each.pk), each.name) for each in recipients),
    )


@pytest.fixture
def policy(settings: object) -> Iterator[None]:
    """The chapter's own clauses, without the rest of the policy."""
    for name, hook in HOOKS.items():
        setattr(settings, name, hook)
    store.forget()
    before = words._lent
    words.lend(FewWords())
    yield
    words.lend(before)


@pytest.fixture
def firm(db: None, policy: None) -> Firm:
    """The company with its signed order."""
    return found_firm()
