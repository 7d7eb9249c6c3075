"""A small company that signs orders, with a policy of few words, to test the spine with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import Doing
from aftersign.kernel.acts.doorway import Act
from aftersign.kernel.acts.models import DoneAct
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Company, Department, Person, Post
from aftersign.kernel.units import words
from aftersign.orders import acts
from aftersign.orders.entries import PaperEntry, Registration
from aftersign.orders.models import Customer, InformationChange, Order, Paper, TeamMember

HOOKS = {
    "ACT_GATEKEEPER": "aftersign.orders.tests.rig.let_pass",
    "JOURNAL_PROJECTOR": "aftersign.orders.tests.rig.derive_nothing",
}
MEMBERS = {
    "order_kinds": ("sales", "service", "project", "rental", "maintenance", "call_off", "other"),
    "order_posts": ("sales", "project_manager", "customer_service", "finance"),
    "stages": ("signed", "handed_over", "planned", "executing", "completed", "closed"),
    "requirement_document_kinds": ("requirement_statement", "service_specification"),
    "other_document_kinds": ("quotation", "negotiation_record"),
}
LABELS = {
    "order.register": "登记订单",
    "order.change_information": "更改订单信息",
    "order.name_team": "指定订单责任人",
    "order.complete": "确认订单完成",
    "order.suspend": "暂停订单",
    "order.resume": "恢复订单",
    "order.terminate": "终止订单",
    "order.close": "关闭订单",
    "order.request_suspension": "申请暂停订单",
    "order.request_termination": "申请终止订单",
    "order.list_customer": "登记客户",
    "order.change_customer": "变更客户资料",
    "order.signed": "订单已签订",
    "order.registered": "订单已登记",
    "order.information_changed": "订单信息已变化",
    "order.team_named": "订单责任人已指定",
    "order.completed": "订单已完成（客户已验收）",
    "sales": "销售",
    "service": "服务",
    "project": "项目",
    "rental": "租赁",
    "maintenance": "维护",
    "call_off": "框架协议订单",
    "other": "其他",
    "project_manager": "项目负责人",
    "customer_service": "客服负责人",
    "finance": "财务负责人",
    "signed": "已签订",
    "handed_over": "已交接",
    "planned": "已计划",
    "executing": "执行中",
    "completed": "已完成",
    "closed": "已关闭",
    "contract": "合同",
    "quotation": "报价单",
    "negotiation_record": "谈判记录",
    "requirement_statement": "项目需求书",
    "service_specification": "服务规格书",
    "acceptance": "验收凭证",
    "confidential": "秘密",
    "A": "A 级",
    "B": "B 级",
    "C": "C 级",
}
STAFF = (
    ("wumin", "吴敏", "sales"),
    ("zhengkai", "郑凯", "sales"),
    ("lujian", "陆建", "sales"),
    ("linxiaolan", "林晓岚", "project"),
    ("wangqiming", "王启明", "project"),
    ("zhouyan", "周岩", "customer_service"),
    ("hejing", "何静", "finance"),
    ("sunhao", "孙浩", "canteen"),
)
NAMES = {
    "sales": "销售部",
    "project": "项目部",
    "customer_service": "客服部",
    "finance": "财务部",
    "canteen": "食堂",
}
HEADS = {"sales": "lujian", "project": "wangqiming"}


class FewWords:
    """Lists and labels of the policy as these tests need them."""

    def label(self, sort: str, name: str, language: str) -> str:
        return LABELS.get(name, name)

    def members(self, parameter: str) -> Sequence[str]:
        return MEMBERS.get(parameter, ())


def let_pass(doing: Doing, act: Act) -> None:
    """A gatekeeper without a policy."""


def derive_nothing(doing: Doing) -> None:
    """A projector without a policy."""


@dataclass
class Firm:
    """The company, its departments by code, its people by account, and one customer."""

    company: Company
    departments: dict[str, Department]
    people: dict[str, Person]
    customer: Customer

    def actor(self, account: str, **form: Any) -> Actor:
        """A person of the company about to act."""
        actor = Actor("person", person=Person.objects.select_related("department").get(account=account))
        return replace(actor, **form)

    def registration(self, **other: Any) -> Registration:
        """A registration without fault, with some things said otherwise."""
        said: dict[str, Any] = {
            "customer": self.customer.pk,
            "title": "海川水务三期",
            "contract_no": "HT-2026-0236",
            "kind": "project",
            "signed_on": date(2026, 11, 20),
            "delivery_on": date(2027, 2, 26),
            "amount": Decimal("1260000.00"),
            "currency": "CNY",
            "tax_rate": Decimal(13),
            "sales_owner": self.people["wumin"].pk,
        }
        return Registration(**(said | other))

    def order(self, by: str = "wumin", **other: Any) -> Order:
        """An order that has been registered by the act."""
        return acts.register(self.company, registration=self.registration(**other), by=self.actor(by))

    def last(self, order: Order, name: str) -> Recorded:
        """The last fact of a name that an order has."""
        found = journal.latest(order.pk, name)
        assert found is not None, name
        return found

    def facts(self, order: Order | None = None) -> list[str]:
        """Names of the facts of an order, or of the company, in their order."""
        return [fact.name for fact in journal.of_order(order.pk if order else None)]


def paper(kind: str = "contract", name: str = "HT-2026-0236 合同.pdf", mark: str = "a") -> PaperEntry:
    """A paper as if it had been stored."""
    digest = mark * 64
    return PaperEntry(kind=kind, name=name, file=f"papers/{digest[:2]}/{digest[2:]}", size=1200, sha256=digest)


def counts() -> dict[str, int]:
    """How many rows there are of everything that an act may write."""
    models = (Entry, DoneAct, Order, Customer, Paper, TeamMember, InformationChange)
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.fixture
def no_policy(settings: Any) -> Iterator[None]:
    """Nothing is asked and nothing is derived; a few words are known."""
    for name, hook in HOOKS.items():
        setattr(settings, name, hook)
    before = words._lent
    words.lend(FewWords())
    yield
    words.lend(before)


@pytest.fixture
def firm(db: None, no_policy: None) -> Firm:
    """The company with its people and a customer."""
    company, _made = Company.objects.get_or_create(defaults={"name": "恒信科技有限公司"})
    departments = {
        code: Department.objects.create(code=code, name=name, works_on_orders=code != "canteen")
        for code, name in NAMES.items()
    }
    people = {
        account: Person.objects.create(account=account, name=name, department=departments[code])
        for account, name, code in STAFF
    }
    for code, account in HEADS.items():
        departments[code].head = people[account]
        departments[code].save()
    boss = Person.objects.create(account="gaoyuan", name="高远")
    people["gaoyuan"] = boss
    Post.objects.update_or_create(name="general_manager", defaults={"holder": boss})
    customer = Customer.objects.create(number="C-0168", name="海川水务集团有限公司")
    return Firm(company, departments, people, customer)
