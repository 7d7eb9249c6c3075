"""Changing, staffing and completing an order: what is stated, and that a refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from aftersign.kernel.acts.refusals import Forbidden, Refused, Stale
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import queries as journal
from aftersign.orders import acts
from aftersign.orders.entries import LineEntry, MemberEntry, MilestoneEntry
from aftersign.orders.models import InformationChange, Order
from aftersign.orders.queries.known import particulars_of
from aftersign.orders.tests.rig import Firm, counts, paper

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with frozen(NOON):
        yield


def test_every_item_that_differs_is_one_change(firm: Firm):
    order = firm.order(
        lines=(LineEntry(name="监测站", quantity=Decimal(2), unit_price=Decimal(100)),), papers=(paper(),)
    )
    entry = replace(
        particulars_of(order),
        delivery_on=date(2027, 3, 31),
        amount=Decimal(1300000),
        lines=(
            LineEntry(name="监测站", quantity=Decimal(3), unit_price=Decimal(100)),
            LineEntry(name="备件", quantity=Decimal(1), unit_price=Decimal(50)),
        ),
        milestones=(MilestoneEntry(name="预付款", percent=Decimal(100)),),
    )
    changed = acts.change_information(
        order,
        entry=entry,
        papers=(paper("quotation", "报价单.pdf", mark="b"),),
        voided=(order.papers.get().pk,),
        by=firm.actor("wumin"),
    )
    told = journal.all_of(order.pk, "order.information_changed")
    assert [each.payload["item"] for each in told] == [
        "delivery_on", "amount", "line 1", "line 2", "milestone 1", "paper", "paper",
    ]  # fmt: skip
    assert (told[0].payload["old"], told[0].payload["new"]) == ("2027-02-26", "2027-03-31")
    assert told[2].payload["new"] == "监测站 · 3 · × 100 · = 300"
    assert told[4].payload["new"] == "预付款 · 100% · 1300000"
    assert told[0].payload["department"] == str(firm.departments["sales"].pk)
    assert [each.unit_id for each in told] == [str(pk) for pk in InformationChange.objects.values_list("pk", flat=True)]
    assert changed.amount_base == Decimal(1300000)
    assert order.papers.filter(voided_at=None).get().name == "报价单.pdf"
    assert Order.objects.get(pk=order.pk).version == order.version + 1


def test_a_change_without_difference_is_refused(firm: Firm):
    order = firm.order(milestones=(MilestoneEntry(name="预付款", percent=Decimal(100)),))
    before = counts()
    with pytest.raises(Refused):
        acts.change_information(order, entry=particulars_of(order), by=firm.actor("wumin"))
    assert counts() == before


def test_a_faulty_change_is_refused_and_leaves_the_order(firm: Firm):
    firm.order(contract_no="HT-1")
    order = firm.order(lines=(LineEntry(name="监测站", quantity=Decimal(2), unit_price=Decimal(100)),))
    before, said = counts(), particulars_of(order)
    for field, entry in (
        ("delivery_on", replace(said, delivery_on=date(2020, 1, 1))),
        ("repeat_reason", replace(said, contract_no="HT-1")),
        (
            "lines-0-name",
            replace(said, lines=(LineEntry(name="长" * 300, quantity=Decimal(1), unit_price=Decimal(1)),)),
        ),
    ):
        with pytest.raises(Refused) as refused:
            acts.change_information(order, entry=entry, by=firm.actor("wumin"))
        assert refused.value.refusals[0].missing == (field,)
    assert counts() == before
    assert particulars_of(Order.objects.get(pk=order.pk)) == said


def test_a_repeated_contract_number_is_a_change_of_its_own(firm: Firm):
    firm.order(contract_no="HT-1")
    order = firm.order()
    entry = replace(particulars_of(order), contract_no="HT-1")
    acts.change_information(order, entry=entry, repeat_reason="框架协议", by=firm.actor("lujian"))
    told = journal.all_of(order.pk, "order.information_changed")
    assert [(each.payload["item"], each.payload["new"]) for each in told] == [
        ("contract_no", "HT-1"),
        ("repeat_reason", "框架协议"),
    ]


@pytest.mark.parametrize("account", ["zhengkai", "linxiaolan", "sunhao", "gaoyuan"])
def test_who_has_no_part_in_an_order_changes_nothing(firm: Firm, account: str):
    order = firm.order(team=(MemberEntry(post="project_manager", person=firm.people["linxiaolan"].pk),))
    before = counts()
    entry = replace(particulars_of(order), title="别的名字")
    with pytest.raises(Forbidden):
        acts.change_information(order, entry=entry, by=firm.actor(account))
    assert counts() == before


def test_a_page_that_is_out_of_date_changes_nothing(firm: Firm):
    order = firm.order()
    acts.change_information(order, entry=replace(particulars_of(order), title="一"), by=firm.actor("wumin"))
    before = counts()
    late = firm.actor("wumin", version=order.version)
    with pytest.raises(Stale):
        acts.change_information(order, entry=replace(particulars_of(order), title="二"), by=late)
    assert counts() == before


def team(firm: Firm, **other: str) -> tuple[MemberEntry, ...]:
    """Holders by post, and 王启明 as everybody's deputy."""
    posts = {"project_manager": "linxiaolan", "customer_service": "zhouyan", "finance": "hejing"} | other
    deputy = firm.people["wangqiming"].pk
    return tuple(MemberEntry(post=post, person=firm.people[who].pk, deputy=deputy) for post, who in posts.items())


def test_a_team_is_named_whole(firm: Firm):
    order = firm.order(team=(MemberEntry(post="project_manager", person=firm.people["hejing"].pk),))
    acts.name_team(order, team=team(firm), by=firm.actor("wangqiming"))
    told = firm.last(order, "order.team_named").payload
    assert {row["post"]: row["person"] for row in told["team"]} == {
        "sales": str(firm.people["wumin"].pk),
        "project_manager": str(firm.people["linxiaolan"].pk),
        "customer_service": str(firm.people["zhouyan"].pk),
        "finance": str(firm.people["hejing"].pk),
    }
    assert len(told["deputies"]) == 3
    assert order.team.filter(is_named=True).count() == 3
    acts.name_team(order, team=team(firm, sales="zhengkai")[3:], by=firm.actor("gaoyuan"))
    assert Order.objects.get(pk=order.pk).sales_owner.name == "郑凯"
    assert len(firm.last(order, "order.team_named").payload["team"]) == 4


def test_a_team_with_a_gap_or_a_double_is_refused(firm: Firm):
    order = firm.order()
    left = firm.people["zhouyan"]
    before = counts()
    for entries, post in (
        (team(firm)[:2], "finance"),
        (team(firm, finance="wangqiming"), "finance"),
        (team(firm, gardener="sunhao"), "gardener"),
    ):
        with pytest.raises(Refused) as refused:
            acts.name_team(order, team=entries, by=firm.actor("wangqiming"))
        assert refused.value.refusals[0].missing == (post,)
    left.left_on = date(2026, 11, 1)
    left.save()
    with pytest.raises(Refused):
        acts.name_team(order, team=team(firm), by=firm.actor("wangqiming"))
    for account in ("wumin", "linxiaolan"):
        with pytest.raises(Forbidden):
            acts.name_team(order, team=team(firm), by=firm.actor(account))
    assert counts() == before


def test_who_is_on_the_team_may_change_and_complete(firm: Firm):
    order = firm.order()
    acts.name_team(order, team=team(firm), by=firm.actor("wangqiming"))
    acts.change_information(order, entry=replace(particulars_of(order), title="新名"), by=firm.actor("hejing"))
    acts.complete(
        order,
        acceptance=paper("anything", "验收单.pdf"),
        accepted_by="沈知远",
        accepted_on=date(2026, 11, 23),
        warranty_until=date(2027, 11, 23),
        by=firm.actor("linxiaolan"),
    )
    told = firm.last(order, "order.completed")
    assert told.payload["acceptance"] == "a" * 64
    assert told.files == ["a" * 64]
    assert told.at == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert order.papers.get().kind == "acceptance"


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("accepted_by", {"accepted_by": " "}),
        ("accepted_on", {"accepted_on": date(2026, 11, 25)}),
        ("accepted_on", {"accepted_on": date(2026, 11, 19)}),
        ("warranty_until", {"warranty_until": date(2026, 11, 1)}),
        ("acceptance", {"acceptance": replace(paper(), sha256="", file="")}),
    ],
)
def test_a_completion_without_proof_is_refused(firm: Firm, field: str, other: dict):
    order = firm.order()
    before = counts()
    said = {"acceptance": paper(), "accepted_by": "沈知远", "accepted_on": date(2026, 11, 24)} | other
    with pytest.raises(Refused) as refused:
        acts.complete(order, **said, by=firm.actor("wumin"))
    assert refused.value.refusals[0].missing == (field,)
    with pytest.raises(Forbidden):
        acts.complete(order, **said, by=firm.actor("zhengkai"))
    assert counts() == before
