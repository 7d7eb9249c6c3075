"""Running orders are taken in at the stage they had reached: nobody is alarmed, and what comes now counts from now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

import pytest

from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import operating
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.queries import company
from aftersign.orders import acts
from aftersign.orders.entries import CustomerEntry, PaperEntry, Registration
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Duty, ToldStep
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
BEFORE, SINCE = date(2026, 3, 2), date(2026, 9, 2)
ACCEPTED = date(2026, 8, 20)


def entry(**other: Any) -> Registration:
    """An order that was running when the rules took effect on 1 September."""
    known = Customer.objects.first()
    said: dict[str, Any] = {
        "customer": known.pk if known else None,
        "new_customer": None if known else CustomerEntry(name="北辰医疗科技股份有限公司"),
        "papers": (
            scenes.paper("contract", "合同.pdf"),
            scenes.paper("requirement_statement", "需求书.pdf"),
            scenes.paper("quotation", "报价单.pdf"),
            PaperEntry(kind="negotiation_record", none_reason="没有书面记录"),
        ),
        "title": "老订单",
        "contract_no": "HT-2025-0099",
        "kind": "sales",
        "signed_on": BEFORE,
        "currency": "CNY",
        "sales_owner": actor("wumin").id,
    }
    return Registration(**(said | other))


def adopt(stage: str, **other: Any) -> Order:
    accepted = {"accepted_on": ACCEPTED} if stage in ("completed", "closed") else {}
    return acts.adopt(company(), registration=entry(), stage=stage, by=actor("wumin"), **(accepted | other))


@contextmanager
def refused(*terms: str) -> Iterator[list[str]]:
    """The block is refused by exactly these terms; no order, no customer and no fact is left behind."""
    said: list[str] = []
    before = (Entry.objects.count(), Order.objects.count(), Customer.objects.count())
    with pytest.raises(Refused) as no:
        yield said
    said += [each.sentence for each in no.value.refusals]
    assert sorted({term for each in no.value.refusals for term in each.terms}) == sorted(terms)
    assert (Entry.objects.count(), Order.objects.count(), Customer.objects.count()) == before


def states_of(order: Order) -> dict[str, str]:
    return dict(Duty.objects.filter(order=order).values_list("term", "state"))


@pytest.mark.parametrize("stage", ["signed", "handed_over", "planned", "executing", "completed", "closed"])
def test_an_adopted_order_stands_at_its_stage_and_alarms_nobody(firm: Firm, later: Later, stage: str) -> None:
    order = adopt(stage)
    assert Order.objects.get(pk=order.pk).stage == stage
    assert not Duty.objects.filter(order=order, state__in=("breached", "done_late")).exists()
    with later("2026-09-07 18:00"):
        run_due()
    assert not ToldStep.objects.filter(order=order).exists()
    assert not Entry.objects.filter(order_id=order.pk, fact__startswith="general.duty_").exists()
    assert rebuild().different == []


def test_what_came_before_is_not_applicable_and_what_comes_counts_from_now(firm: Firm, later: Later) -> None:
    order = adopt("handed_over")
    found = states_of(order)
    assert (found["1.2.1.a"], found["2.1.1.a"], found["2.2.1.a"]) == ("not_applicable",) * 3
    assert found["1.3.4.a"] == "open"
    with later("2026-09-14 10:00"):
        run_due()
    assert states_of(order)["1.3.4.a"] == "breached", "two working days after the adoption"


def test_an_order_adopted_as_signed_begins_with_its_form(firm: Firm) -> None:
    order = adopt("signed")
    assert states_of(order)["2.1.1.a"] == "open"
    firm.send(order)
    assert states_of(order)["2.1.1.a"] == "done"


def test_gates_find_what_the_adoption_stands_for(firm: Firm) -> None:
    order = adopt("executing")
    scenes.complete(order)
    assert Order.objects.get(pk=order.pk).stage == "completed"
    order = acts.adopt(
        company(),
        registration=entry(contract_no="HT-2025-0100"),
        stage="closed",
        accepted_on=ACCEPTED,
        by=actor("wumin"),
    )
    fact = Entry.objects.get(order_id=order.pk, fact="order.adopted")
    assert '"accepted_on":"2026-08-20"' in fact.payload


def test_what_was_signed_since_is_registered_in_the_usual_way(firm: Firm) -> None:
    with refused("1.2.1.b") as said:
        acts.adopt(company(), registration=entry(signed_on=SINCE), stage="executing", by=actor("wumin"))
    assert "请照常登记" in said[0]
    with refused("1.2.1.b"):
        acts.adopt(company(), registration=entry(signed_on=SINCE), stage="executing", by=operating("import"))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"stage": ""}, "选择订单所处的阶段"),
        ({"stage": "shipped"}, "没有“shipped”这个阶段，请从以下阶段中选择：已签订、已交接"),
        ({"stage": "terminated"}, "订单不能按“已终止”纳入"),
        ({"stage": "suspended"}, "订单不能按“已暂停”纳入"),
        ({"stage": "completed"}, "填写客户验收的日期：“已完成”在验收之后"),
        ({"stage": "executing", "accepted_on": ACCEPTED}, "不要填验收日期：“执行中”在验收之前"),
        ({"stage": "completed", "accepted_on": date(2027, 1, 1)}, "2027-01-01"),
        ({"stage": "completed", "accepted_on": date(2026, 1, 1)}, "早于签订日期"),
    ],
)
def test_a_stage_that_makes_no_sense_is_refused_in_words(firm: Firm, said: dict[str, Any], sentence: str) -> None:
    with refused() as found:
        acts.adopt(company(), registration=entry(), by=actor("wumin"), **said)
    assert any(sentence in each for each in found), found


def test_faults_of_the_order_and_of_the_stage_are_told_together(firm: Firm) -> None:
    with refused() as found:
        acts.adopt(company(), registration=entry(title=""), stage="", by=actor("wumin"))
    assert len(found) == 2


def test_a_running_order_is_adopted_once(firm: Firm) -> None:
    adopt("executing")
    with refused() as found:
        adopt("executing")
    assert "HT-2025-0099" in found[0]
