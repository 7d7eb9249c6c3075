"""Registering a signed order: what is written and stated, and that a refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import queries as journal
from aftersign.orders import acts
from aftersign.orders.entries import (
    ContactEntry,
    CriterionEntry,
    CustomerEntry,
    LineEntry,
    MemberEntry,
    MilestoneEntry,
)
from aftersign.orders.models import Customer, Order
from aftersign.orders.tests.rig import Firm, counts, paper

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with frozen(NOON):
        yield


def test_an_order_is_registered_with_everything_it_has(firm: Firm):
    order = firm.order(
        lines=(LineEntry(name="监测站", quantity=Decimal(3), unit_price=Decimal("100.10"), discount=Decimal(5)),),
        milestones=(
            MilestoneEntry(name="预付款", percent=Decimal(30)),
            MilestoneEntry(name="验收款", percent=Decimal(70)),
        ),
        criteria=(CriterionEntry(text="64 个监测点全部上线", source="合同第 7 页"),),
        papers=(paper(), paper("quotation", "报价单.xlsx", mark="b")),
        team=(MemberEntry(post="project_manager", person=firm.people["linxiaolan"].pk),),
    )
    assert order.number == "SO-2026-0001"
    assert order.amount_base == Decimal("1260000.00")
    assert (order.grade, order.stage) == ("", "")
    assert order.lines.get().amount == Decimal("285.28")
    assert [each.amount for each in order.milestones.all()] == [Decimal("378000.00"), Decimal("882000.00")]
    assert order.criteria.get().source == "合同第 7 页"
    assert [each.name for each in order.papers.all()] == ["HT-2026-0236 合同.pdf", "报价单.xlsx"]
    assert not order.team.get().is_named
    assert firm.facts(order) == ["order.signed", "order.registered"]


def test_the_facts_tell_when_it_was_signed_and_when_registered(firm: Firm):
    order = firm.order(signed_on=date(2026, 11, 18), papers=(paper(),))
    signed, registered = journal.of_order(order.pk)
    assert signed.at == datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
    assert signed.entered == registered.at == NOON
    assert signed.payload["amount_base"] == "1260000.00"
    assert signed.payload["customer"] == "海川水务集团有限公司"
    assert signed.units == {"order": str(order.pk), "customer": str(firm.customer.pk)}
    assert registered.files == ["a" * 64]
    known = firm.order(contract_no="HT-9", signed_at=datetime(2026, 11, 20, 2, 30, tzinfo=UTC))
    assert journal.of_order(known.pk)[0].at == datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("currency", "rate", "base"),
    [
        ("USD", Decimal("7.1105"), Decimal("8959230.00")),
        ("USD", None, None),
        ("CNY", Decimal(9), Decimal("1260000.00")),
    ],
)
def test_amount_in_the_base_currency(firm: Firm, currency: str, rate: Decimal | None, base: Decimal | None):
    order = firm.order(currency=currency, rate=rate)
    assert order.amount_base == base
    assert order.rate_on == (date(2026, 11, 20) if currency == "USD" and rate else None)


def test_a_new_customer_is_listed_by_the_same_act(firm: Firm):
    contact = ContactEntry(name="沈知远", role="信息中心主任", decides=True)
    order = firm.order(customer=None, new_customer=CustomerEntry(name="北辰医疗", contacts=(contact,)))
    assert order.customer.number == "C-2026-0001"
    assert order.customer.contacts.get().name == "沈知远"
    assert firm.facts() == ["order.customer_listed"]


REFUSED = [
    ("title", {"title": "  "}),
    ("contract_no", {"contract_no": ""}),
    ("kind", {"kind": "gift"}),
    ("signed_on", {"signed_on": date(2026, 11, 21), "delivery_on": None}),
    ("signed_on", {"signed_on": date(1989, 12, 31)}),
    ("delivery_on", {"delivery_on": date(2026, 2, 26)}),
    ("amount", {"amount": Decimal(-1)}),
    ("currency", {"currency": "yuan"}),
    ("rate", {"currency": "USD", "rate": Decimal(0)}),
    ("tax_rate", {"tax_rate": Decimal(101)}),
    ("customer", {"customer": None}),
    ("customer", {"customer": uuid4()}),
    ("sales_owner", {"sales_owner": uuid4()}),
    ("team", {"team": (MemberEntry(post="finance", person=uuid4()),)}),
    ("title", {"title": "长" * 121}),
    ("amount", {"amount": Decimal(10) ** 14}),
    ("lines-0-quantity", {"lines": (LineEntry(name="阀", quantity=Decimal(0), unit_price=Decimal(1)),)}),
    ("milestones", {"milestones": (MilestoneEntry(name="预付款", percent=Decimal(30)),)}),
    ("milestones", {"milestones": (MilestoneEntry(name="预付款", amount=Decimal(30)),)}),
    ("criteria-0-text", {"criteria": (CriterionEntry(text=" "),)}),
    ("name", {"papers": (paper(name="长" * 201),)}),
    ("customer", {"customer": None, "new_customer": CustomerEntry(name="海川水务集团有限公司")}),
]


@pytest.mark.parametrize(("field", "other"), REFUSED)
def test_a_faulty_entry_is_refused_at_its_field(firm: Firm, field: str, other: dict):
    before = counts()
    with pytest.raises(Refused) as refused:
        firm.order(**other)
    assert field in [each for refusal in refused.value.refusals for each in refusal.missing]
    assert counts() == before
    assert firm.order().number == "SO-2026-0001"


def test_all_faults_are_told_at_once(firm: Firm):
    with pytest.raises(Refused) as refused:
        firm.order(title="", kind="", delivery_on=date(2026, 2, 26))
    assert [each.missing for each in refused.value.refusals] == [("title",), ("kind",), ("delivery_on",)]
    assert "2026-02-26" in refused.value.refusals[2].sentence


def test_a_known_contract_number_needs_a_reason(firm: Firm):
    first = firm.order()
    before = counts()
    with pytest.raises(Refused) as refused:
        firm.order(contract_no=" ht-2026-0236")
    assert refused.value.refusals[0].missing == ("repeat_reason",)
    assert first.number in str(refused.value)
    assert counts() == before
    second = firm.order(repeat_reason="同一框架协议的第二次订货")
    assert firm.last(second, "order.registered").payload["repeat_reason"] == "同一框架协议的第二次订货"


@pytest.mark.parametrize("account", ["wumin", "lujian", "gaoyuan"])
def test_sales_and_heads_register(firm: Firm, account: str):
    assert firm.order(by=account).number == "SO-2026-0001"


@pytest.mark.parametrize("account", ["linxiaolan", "sunhao"])
def test_others_do_not_register(firm: Firm, account: str):
    before = counts()
    with pytest.raises(Forbidden):
        firm.order(by=account)
    assert counts() == before


def test_a_key_registers_once(firm: Firm):
    by = firm.actor("wumin", key="once")
    first = acts.register(firm.company, registration=firm.registration(), by=by)
    again = acts.register(firm.company, registration=firm.registration(), by=by)
    assert first.pk == again.pk
    assert Order.objects.count() == 1


def test_the_number_of_a_customer_bears_the_year_of_the_company(firm: Firm):
    with frozen(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):
        listed = acts.list_customer(firm.company, entry=CustomerEntry(name="北辰医疗"), by=firm.actor("zhouyan"))
    assert listed.number.startswith("C-2027-")


def test_a_customer_is_changed_item_by_item(firm: Firm):
    listed = acts.list_customer(firm.company, entry=CustomerEntry(name="北辰医疗"), by=firm.actor("zhouyan"))
    entry = CustomerEntry(name="北辰医疗科技", code="BC", contacts=(ContactEntry(name="沈知远"),))
    acts.change_customer(listed, entry=entry, by=firm.actor("zhouyan"))
    told = journal.all_of(None, "order.customer_changed")
    assert [each.payload["item"] for each in told] == ["name", "code", "contacts"]
    assert told[0].payload["old"] == "北辰医疗"
    before = counts()
    with pytest.raises(Refused):
        acts.change_customer(listed, entry=replace(entry, name=firm.customer.name), by=firm.actor("zhouyan"))
    with pytest.raises(Forbidden):
        acts.list_customer(firm.company, entry=CustomerEntry(name="新客户"), by=firm.actor("sunhao"))
    assert counts() == before
    assert Customer.objects.get(pk=listed.pk).name == "北辰医疗科技"
